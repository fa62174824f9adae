from django.urls import path

from learners.assignments import file_views
from learners.assignments import statistics_views as views

app_name = "assignment_statistics"
urlpatterns = [
    path("", views.home, name="home"),
    path("files/", file_views.ask, name="ask"),
    path("files/<uuid:public_id>/", file_views.file, name="file"),
    path("files/<str:token>/fetch/", file_views.fetch, name="fetch"),
    path("<uuid:public_id>/", views.assignment, name="assignment"),
    path(
        "<uuid:public_id>/districts/<str:district>/", views.assignment, name="assignment_district"
    ),
    path("<uuid:public_id>/schools/<uuid:school>/", views.assignment, name="assignment_school"),
    path("courses/<int:course_id>/", views.course, name="course"),
    path("courses/<int:course_id>/districts/<str:district>/", views.course, name="course_district"),
    path("courses/<int:course_id>/schools/<uuid:school>/", views.course, name="course_school"),
]
