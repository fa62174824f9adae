from django.urls import path

from learners.assignments import (
    class_views,
    device_views,
    follow_views,
    reminder_views,
    rule_views,
    views,
)

app_name = "assignments"
given = "school/assignments/<uuid:public_id>/"
followed = f"{given}classes/<uuid:class_id>/"
urlpatterns = [
    path("school/assignments/", views.home, name="home"),
    path("school/assign/<str:kind>/<str:code>/", views.choose, name="choose"),
    path("school/assign/<str:kind>/<str:code>/<int:course_id>/", views.give, name="give"),
    path("school/classes/<uuid:public_id>/assign/", class_views.assign, name="for_class"),
    path("school/classes/<uuid:public_id>/assignments/", class_views.given, name="of_class"),
    path("school/reminders/", rule_views.reminder_rules, name="reminder_rules"),
    path("school/schools/<uuid:public_id>/devices/", device_views.of_school, name="devices"),
    path(given, views.assignment, name="assignment"),
    path(f"{given}change/", views.change, name="change"),
    path(f"{given}withdraw/", views.withdraw, name="withdraw"),
    path(followed, follow_views.follow, name="follow"),
    path(f"{followed}remind/", reminder_views.remind, name="remind"),
    path(f"{followed}reminders/", reminder_views.outcomes, name="outcomes"),
    path("school/files/<str:token>/", follow_views.file, name="file"),
    path("n/<str:code>/", reminder_views.no_reminders, name="no_reminders"),
]
