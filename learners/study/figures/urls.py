from django.urls import path
from django.views.generic import RedirectView

from learners.study.figures import views

app_name = "statistics"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="statistics:courses"), name="home"),
    path("courses/", views.courses, name="courses"),
]
