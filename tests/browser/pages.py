"""Every page of the school, each with who looks at it.

A page is (name of its picture, role, address); a role is a session of `tests.browser.stage`,
"" for a guest. An address is a path, or the name of a route with the names of its values.
"""

from dataclasses import dataclass

from django.urls import reverse

PUBLIC = {
    "home": "/",
    "courses": "/courses/",
    "courses-chosen": "/courses/?age=7-12",
    "course": "/courses/phone-rules/",
    "lesson-video": "/courses/phone-rules/why-the-quarrel/",
    "lesson-article": "/courses/phone-rules/after-school-hours/",
    "lesson-audio": "/courses/grandparents-raising/listen-grandparents/",
    "videos": "/videos/",
    "video": "/videos/water-safety/",
    "stories": "/stories/",
    "story": "/stories/old-account-book/",
    "articles": "/articles/",
    "article": "/articles/two-hours-outdoors/",
    "experts": "/experts/",
    "expert": "/experts/lin/",
    "search": "/search/",
    "search-results": "/search/?q=手机",
    "search-facets": "/search/?q=孩子&age=7-12&kind=course",
    "search-nothing": "/search/?q=量子色动力学",
    "no-page": "/courses/no-such-course/",
    "no-access": "/broken/403/",
    "form-too-old": "/broken/403_csrf/",
    "too-many": "/broken/429/",
    "out-of-order": "/broken/500/",
}
# Route -> roles; the values of a route have the names of its parameters, but for those below.
ROUTES = [
    ("accounts:sign_in", ""),
    ("accounts:code", "asked"),
    ("accounts:staff", ""),
    ("account_inactive", ""),
    ("accounts:account", "parent"),
    ("accounts:close", "parent"),
    ("accounts:closed", ""),
    ("accounts:privacy", ""),
    ("schools:landing", "", "code"),
    ("schools:enter_code", "newcomer"),
    ("schools:joining", "newcomer", "code"),
    ("schools:joining", "newcomer", "community_code"),
    ("schools:children", "parent"),
    ("schools:add_own_child", "parent"),
    ("schools:my_child", "parent", "own_child"),
    ("study:learn", "parent"),
    ("study:learn", "newcomer"),
    ("study:history", "parent"),
    ("study:history", "newcomer"),
    ("study:interests", "parent"),
    ("study:claim", "parent", "unclaimed", "run"),
    ("study:certificate", "parent", "certificate"),
    ("study:certificate", "grandfather", "revoked"),
    ("study:correct_name", "parent", "certificate"),
    ("certificates:ask", ""),
    ("certificates:check", "", "number"),
    ("certificates:check", "", "revoked_number"),
    ("certificates:check", "", "no_number"),
    ("schools:home", "teacher"),
    ("schools:home", "school"),
    ("schools:home", "district"),
    ("schools:home", "city"),
    ("schools:home", "parent"),
    ("schools:list_in", "parent"),
    ("schools:list_in", "district"),
    ("schools:school", "school", "school"),
    ("schools:add_class", "school", "school"),
    ("schools:staff", "school", "school"),
    ("schools:upload", "school", "school"),
    ("schools:class", "teacher", "class"),
    ("schools:poster", "teacher", "class"),
    ("schools:upload_for_class", "teacher", "class"),
    ("schools:add_child", "teacher", "class"),
    ("schools:child", "teacher", "child"),
    ("schools:import", "teacher", "list_ready"),
    ("schools:import", "teacher", "list_wrong"),
    ("schools:import", "teacher", "list_asking"),
    ("schools:import", "teacher", "list_refused"),
    ("schools:import", "teacher", "list_applied"),
    ("schools:year", "school", "school"),
    ("schools:archive", "school", "school", "year"),
    ("schools:merge", "school", "school"),
    ("schools:split", "school", "class"),
    ("schools:change", "school", "change"),
    ("schools:receive", "school", "school"),
    ("schools:release", "school", "child"),
    ("schools:appointments", "city"),
    ("schools:appointments", "district"),
    ("schools:access_log", "city"),
    ("schools:access_log", "school"),
    ("stories:stories", "parent"),
    ("stories:stories", "newcomer"),
    ("stories:write", "parent", "draft"),
    ("stories:pictures", "parent", "draft"),
    ("stories:send", "parent", "draft"),
    ("stories:story", "parent", "waiting"),
    ("stories:story", "other_parent", "published"),
    ("stories:withdraw", "other_parent", "published"),
    ("assignments:home", "teacher"),
    ("assignments:home", "city"),
    ("assignments:choose", "teacher", "classes", "mine"),
    ("assignments:choose", "city", "city", "all"),
    ("assignments:give", "teacher", "classes", "mine", "course"),
    ("assignments:give", "school", "of_school", "school", "course"),
    ("assignments:give", "city", "city", "all", "course"),
    ("assignments:of_class", "teacher", "class"),
    ("assignments:assignment", "teacher", "assignment"),
    ("assignments:change", "teacher", "assignment"),
    ("assignments:withdraw", "teacher", "assignment"),
    ("assignments:follow", "teacher", "assignment", "class"),
    ("assignments:outcomes", "teacher", "assignment", "class"),
    ("assignments:no_reminders", "", "no_reminders"),
    ("assignments:reminder_rules", "city"),
    ("assignments:devices", "school", "school"),
    ("assignment_statistics:home", "city"),
    ("assignment_statistics:assignment", "city", "broad"),
    ("assignment_statistics:assignment_district", "district", "broad", "district"),
    ("assignment_statistics:assignment_school", "school", "broad", "school"),
    ("assignment_statistics:course", "city", "course"),
    ("assignment_statistics:course_district", "district", "course", "district"),
    ("assignment_statistics:course_school", "school", "course", "school"),
    ("assignment_statistics:file", "city", "file"),
    ("statistics:courses", "city"),
    ("my_courses", "expert"),
    ("my_courses", "editor"),
    ("course_desk", "expert", "course"),
    ("compare_course", "expert", "course"),
    ("preview_course", "expert", "course", "course"),
    ("story_desk", "editor"),
    ("story_desk_read", "editor", "waiting"),
    ("lesson_list", "editor"),
    ("lesson_figures", "editor", "lesson"),
    ("upload_recordings", "expert"),
    ("edit_captions", "expert", "recording", "zh"),
    ("certificate_admin", "city"),
    ("certificate_revoke", "city", "revocable"),
    ("search_report", "editor"),
]
# Routes that nobody sees as a page of ours: answers to a button, files, JSON, other people's.
NO_PAGES = {
    "accounts": {"resend", "sign_out", "sign_out_everywhere", "download"},
    "schools": {
        *("claim", "name", "ask", "leave_child", "leave_class", "withdraw_request", "end_post"),
        *("qr_svg", "qr_png", "renew_code", "open_code", "close_code", "accept", "decline"),
        *("move_child", "remove_child", "annotated", "answer", "apply", "missing", "discard"),
        *("close_class", "apply_change", "undo_change", "discard_change", "take_back"),
        *("transfer", "end_appointment"),
    },
    "stories": {
        *(
            "new",
            "take_back",
            "take_suggestion",
            "discard",
            "add_photos",
            "photo",
            "describe",
            "remove_photo",
        ),
        *("film", "add_film", "remove_film"),
    },
    "assignments": {"for_class", "remind", "file"},
    "assignment_statistics": {"ask", "fetch"},
    "pages": {"listing", "detail", "find", "action"},
    "images": {"listing", "detail", "find"},
    "documents": {"listing", "detail", "find"},
    "study": {
        *("certificate_picture", "certificate_paper", "state", "progress", "enrol", "save"),
        *("quiz", "quiz_questions"),
    },
    "search": {"search", "search_json", "suggest", "clicked"},
    "": {
        *("upload_part", "finish_upload", "conversion_states", "convert_recording"),
        *("wagtail_serve", "feed", "robots", "share_card"),
        *("order_lessons", "move_lesson", "fill_in_minutes", "try_links", "take_back"),
        *("decide_course", "trial_answers"),
        *("story_desk_photo", "story_desk_film", "story_desk_publish", "story_desk_give_back"),
        "story_desk_refuse",
        *("choose_poster", "account_login", "account_confirm_login_code", "account_logout"),
    },
}
FIXED = {"mine": "mine", "all": "all", "classes": "classes", "city": "city"}
FIXED |= {"of_school": "school", "zh": "zh-Hans", "run": 1, "no_number": "2026-0000-0000-0001"}


@dataclass(frozen=True)
class View:
    name: str
    role: str
    path: str

    @property
    def is_desk(self):
        """In Wagtail's own frame, whose width and type are not ours."""
        return self.path.startswith("/admin/")


def views(values):
    """All of them, with addresses; `values` come from the stage."""
    known = {**FIXED, **values}
    found = [View(name, "", path) for name, path in PUBLIC.items()]
    for route, role, *names in ROUTES:
        path = reverse(route, args=[known[name] for name in names])
        found.append(View("-".join([*route.split(":"), role, *names]).strip("-"), role, path))
    return found
