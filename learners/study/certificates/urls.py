from django.urls import path

from learners.study.certificates import check

app_name = "certificates"
urlpatterns = [
    path("", check.ask, name="ask"),
    path("<str:number>/", check.check, name="check"),
]
