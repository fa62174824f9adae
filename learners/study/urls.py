from django.urls import path

from learners.study import heartbeat, history_views, interest_views, views
from learners.study.certificates import views as certificates

app_name = "study"
urlpatterns = [
    path("", views.learn, name="learn"),
    path("history/", history_views.history, name="history"),
    path("certificates/<id:course_id>/<id:run>/", certificates.claim, name="claim"),
    path("certificates/<uuid:certificate_id>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:certificate_id>/name/", certificates.correct, name="correct_name"),
    path(
        "certificates/<uuid:certificate_id>/certificate.png",
        certificates.picture,
        name="certificate_picture",
    ),
    path(
        "certificates/<uuid:certificate_id>/certificate.pdf",
        certificates.paper,
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
