from django.urls import path

from learners.study import certificate_views, heartbeat, history_views, interest_views, views

app_name = "study"
urlpatterns = [
    path("", views.learn, name="learn"),
    path("history/", history_views.history, name="history"),
    path(
        "certificates/<id:course_id>/<id:run>/",
        certificate_views.claim,
        name="claim",
    ),
    path(
        "certificates/<uuid:certificate_id>/",
        certificate_views.certificate,
        name="certificate",
    ),
    path(
        "certificates/<uuid:certificate_id>/name/",
        certificate_views.correct,
        name="correct_name",
    ),
    path(
        "certificates/<uuid:certificate_id>/certificate.png",
        certificate_views.picture,
        name="certificate_picture",
    ),
    path(
        "certificates/<uuid:certificate_id>/certificate.pdf",
        certificate_views.paper,
        name="certificate_paper",
    ),
    path("interests/", interest_views.interests, name="interests"),
    path("state/<id:page_id>/", views.page_state, name="state"),
    path("progress/", heartbeat.progress, name="progress"),
    path("enrol/", views.enrol, name="enrol"),
    path("save/", views.save, name="save"),
    path("quiz/", views.quiz_answers, name="quiz"),
    path("quiz/<id:lesson_id>/", views.quiz_questions, name="quiz_questions"),
]
