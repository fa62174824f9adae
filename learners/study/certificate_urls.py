from django.urls import path

from learners.study import certificate_check

app_name = "certificates"
urlpatterns = [
    path("", certificate_check.ask, name="ask"),
    path("<str:number>/", certificate_check.check, name="check"),
]
