from django.http import HttpResponse
from django.urls import path

app_name = "study"
urlpatterns = [path("", HttpResponse, name="learn")]
