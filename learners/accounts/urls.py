from django.urls import path

from learners.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("code/", views.code, name="code"),
    path("code/resend/", views.resend, name="resend"),
    path("staff/", views.staff, name="staff"),
    path("privacy/", views.privacy_page, name="privacy"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
