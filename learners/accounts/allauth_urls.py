"""The same pages under the names by which allauth itself refers to them."""

from django.urls import path

from learners.accounts import account_views, views

urlpatterns = [
    path("staff/", views.staff, name="account_login"),
    path("code/", views.code, name="account_confirm_login_code"),
    path("sign-out/", account_views.sign_out, name="account_logout"),
    path("inactive/", views.inactive, name="account_inactive"),
]
