from django.http import HttpResponse
from django.urls import path

app_name = "accounts"
urlpatterns = [
    path("sign-in/", HttpResponse, name="sign_in"),
    path("staff/", HttpResponse, name="staff"),
]
