from django.urls import path

from learners.schools import (
    access_views,
    appointment_views,
    class_views,
    family_views,
    import_views,
    joining_views,
    school_views,
    transfer_views,
    year_views,
)

CLASS = "school/classes/<uuid:public_id>/"
SCHOOL = "school/schools/<uuid:public_id>/"
CHILD = "school/children/<uuid:public_id>/"
CHANGE = "school/changes/<uuid:public_id>/"
REQUEST = "school/requests/<uuid:public_id>/"

app_name = "schools"
urlpatterns = [
    path("join/<str:code>/", joining_views.landing, name="landing"),
    path("learn/join/", joining_views.enter_code, name="enter_code"),
    path("learn/join/<str:code>/", joining_views.join, name="joining"),
    path("learn/join/<str:code>/claim/", joining_views.join, {"way": "claim"}, name="claim"),
    path("learn/join/<str:code>/name/", joining_views.join, {"way": "name"}, name="name"),
    path("learn/join/<str:code>/ask/", joining_views.join, {"way": "ask"}, name="ask"),
    path("learn/children/", family_views.children, name="children"),
    path("learn/children/add/", family_views.add_child, name="add_own_child"),
    path("learn/children/<uuid:public_id>/", family_views.child, name="my_child"),
    path("learn/children/<uuid:public_id>/leave/", family_views.leave_child, name="leave_child"),
    path("learn/classes/<uuid:public_id>/leave/", family_views.leave_class, name="leave_class"),
    path(
        "learn/requests/<uuid:public_id>/withdraw/",
        family_views.withdraw_request,
        name="withdraw_request",
    ),
    path("school/", school_views.home, name="home"),
    path("school/list/", school_views.list_in, name="list_in"),
    path("school/schools/<uuid:public_id>/", school_views.school, name="school"),
    path("school/schools/<uuid:public_id>/classes/add/", school_views.add_class, name="add_class"),
    path("school/schools/<uuid:public_id>/staff/", school_views.staff, name="staff"),
    path("school/schools/<uuid:public_id>/import/", import_views.upload_for_school, name="upload"),
    path("school/staff/<uuid:public_id>/end/", school_views.end_appointment, name="end_post"),
    path("school/classes/<uuid:public_id>/", class_views.school_class, name="class"),
    path("school/classes/<uuid:public_id>/poster/", class_views.poster, name="poster"),
    path(f"{CLASS}qr.svg", class_views.picture, {"kind": "svg"}, name="qr_svg"),
    path(f"{CLASS}qr.png", class_views.picture, {"kind": "png"}, name="qr_png"),
    path(f"{CLASS}code/renew/", class_views.change_code, {"what": "renew"}, name="renew_code"),
    path(f"{CLASS}code/open/", class_views.change_code, {"what": "open"}, name="open_code"),
    path(f"{CLASS}code/close/", class_views.change_code, {"what": "close"}, name="close_code"),
    path(
        "school/classes/<uuid:public_id>/import/",
        import_views.upload_for_class,
        name="upload_for_class",
    ),
    path("school/classes/<uuid:public_id>/children/add/", class_views.add_child, name="add_child"),
    path(f"{REQUEST}accept/", class_views.decide, {"what": "accept"}, name="accept"),
    path(f"{REQUEST}decline/", class_views.decide, {"what": "decline"}, name="decline"),
    path("school/children/<uuid:public_id>/", class_views.child, name="child"),
    path("school/children/<uuid:public_id>/move/", class_views.move_child, name="move_child"),
    path("school/children/<uuid:public_id>/remove/", class_views.remove_child, name="remove_child"),
    path("school/imports/<uuid:public_id>/", import_views.show, name="import"),
    path("school/imports/<uuid:public_id>/checked.xlsx", import_views.annotated, name="annotated"),
    path("school/imports/<uuid:public_id>/answer/", import_views.answer, name="answer"),
    path("school/imports/<uuid:public_id>/apply/", import_views.apply, name="apply"),
    path("school/imports/<uuid:public_id>/missing/", import_views.remove_missing, name="missing"),
    path("school/imports/<uuid:public_id>/discard/", import_views.discard, name="discard"),
    path(f"{SCHOOL}year/", year_views.year, name="year"),
    path(f"{SCHOOL}year/together/", year_views.merge, name="merge"),
    path(f"{SCHOOL}years/<int:year>/", year_views.archive, name="archive"),
    path(f"{CLASS}split/", year_views.split, name="split"),
    path(f"{CLASS}close/", year_views.close, name="close_class"),
    path(CHANGE, year_views.change, name="change"),
    path(f"{CHANGE}apply/", year_views.apply, name="apply_change"),
    path(f"{CHANGE}undo/", year_views.undo, name="undo_change"),
    path(f"{CHANGE}discard/", year_views.discard, name="discard_change"),
    path(f"{SCHOOL}receive/", transfer_views.receive, name="receive"),
    path(f"{CHILD}release/", transfer_views.release, name="release"),
    path(f"{CHILD}release/withdraw/", transfer_views.take_back, name="take_back"),
    path(f"{CHILD}transfer/<uuid:school_id>/", transfer_views.transfer, name="transfer"),
    path("school/appointments/", appointment_views.home, name="appointments"),
    path(
        "school/appointments/<uuid:public_id>/end/", appointment_views.end, name="end_appointment"
    ),
    path("school/access-log/", access_views.log, name="access_log"),
]
