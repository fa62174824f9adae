from django.urls import path

from learners.accounts import account_views, views

app_name = "accounts"
urlpatterns = [
    path("", account_views.account, name="account"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("code/", views.code, name="code"),
    path("code/resend/", views.resend, name="resend"),
    path("staff/", views.staff, name="staff"),
    path("sign-out/", account_views.sign_out, name="sign_out"),
    path("sign-out-everywhere/", account_views.sign_out_everywhere, name="sign_out_everywhere"),
    path("download/", account_views.download, name="download"),
    path("close/", account_views.close, name="close"),
    path("closed/", account_views.closed, name="closed"),
    path("privacy/", account_views.privacy_page, name="privacy"),
]
