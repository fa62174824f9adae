from django.urls import path

from learners.study import heartbeat, interest_views, views

app_name = "study"
urlpatterns = [
    path("", views.learn, name="learn"),
    path("interests/", interest_views.interests, name="interests"),
    path("state/<int:page_id>/", views.page_state, name="state"),
    path("progress/", heartbeat.progress, name="progress"),
    path("enrol/", views.enrol, name="enrol"),
    path("save/", views.save, name="save"),
    path("quiz/", views.quiz_answers, name="quiz"),
    path("quiz/<int:lesson_id>/", views.quiz_questions, name="quiz_questions"),
]
