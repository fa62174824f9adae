"""Sets the stage for pictures of every page: the demonstration, and what happens after a while.

In `manage.py shell`: prints a JSON of `sessions` (cookie by role), `values` (what the addresses of
`tests.browser.pages` need) and `broken` (pages that only an accident shows). It may be called
again on the same school.
"""

import json
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from courses.models import CoursePage, LessonPage
from learners.accounts.models import User
from learners.accounts.privacy import VERSION
from learners.accounts.protected import keyed_hash
from learners.assignments import files, following, reminding
from learners.assignments.models import Assignment, FigureFile, Reminder
from learners.schools import joining
from learners.schools.models import (
    Child,
    ClassChange,
    Guardianship,
    JoinRequest,
    RosterImport,
    SchoolClass,
)
from learners.schools.roster import imports
from learners.schools.school_year import coming_year
from learners.schools.year import changes
from learners.stories import editing
from learners.study import completion, enrolment
from learners.study.certificates import issuing
from learners.study.lengths import measure
from learners.study.models import Progress
from media.models import Recording
from tests.learners.schools.roster import books

PHONES = {
    "parent": "+8613800138001",
    "grandfather": "+8613800138002",
    "other_parent": "+8613800138003",
    "teacher": "+8613800138010",
    "school": "+8613800138011",
    "newcomer": "+8613800138099",
}
LOGINS = ("city", "district", "expert", "editor")
ACCIDENTS = ("403", "403_csrf", "404", "429", "500")


def show():
    cast = SimpleNamespace(**{role: person(phone) for role, phone in PHONES.items()})
    for login in LOGINS:
        setattr(cast, login, User.objects.get(username=login))
    learn(cast.parent)
    values = {**of_the_class(cast), **of_the_parent(cast), **of_the_desk()}
    values |= {**of_the_year(cast), **of_the_family(cast)}
    sessions = {role: session(user) for role, user in vars(cast).items()}
    sessions["asked"] = asked_for_a_code()
    print(json.dumps({"sessions": sessions, "values": values, "broken": accidents()}, default=str))


def person(phone):
    found = User.objects.filter(phone_hash=keyed_hash(phone)).first()
    if found is None:
        found = User(name="", phone=phone, phone_hash=keyed_hash(phone), phone_verified=True)
        found.set_unusable_password()
        found.save()
    return found


def session(user):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def asked_for_a_code():
    """The session of somebody who waits for a code; empty when asked again within a minute."""
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=False)
    client.post("/account/sign-in/", {"phone": "13800138098", "consent": "on"})
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def learn(parent):
    """Three courses over five months, one of them not finished."""
    now = timezone.now()
    plan = [("phone-rules", 9, 5), ("school-ready", 130, 9), ("emotion-attention", 40, 1)]
    for slug, days, lessons in plan:
        course = CoursePage.objects.get(slug=slug)
        run = enrolment.enrol(parent, course)
        for number, lesson in enumerate(course.lessons()[:lessons]):
            moment = now - timedelta(days=days - number * 9 if days > 60 else days)
            facts = {"position_at": moment, "first_report_at": moment, "last_report_at": moment}
            facts |= {"quiz_passed_at": moment, "quiz_best": 100}
            facts |= {"media_key": measure(lesson).media_key}
            facts |= {"covered_seconds": measure(lesson).required}
            Progress.objects.get_or_create(enrolment=run, lesson=lesson, defaults=facts)
            completion.mark_started(run.pk, moment.timestamp())
            completion.complete_if_earned(run.pk, lesson.pk, moment.timestamp())


def of_the_parent(cast):
    runs = cast.parent.enrolments.finished().order_by("completed_at")
    valid = issuing.issue(runs[0], "陈静")
    finished = cast.grandfather.enrolments.finished().first() or finish(cast.grandfather)
    revoked = issuing.issue(finished, "陈建国")
    issuing.revoke(revoked, "代他人学习，已核实。", cast.city)
    return {
        "certificate": valid.pk,
        "number": str(valid),
        "revoked": revoked.pk,
        "revoked_number": str(revoked),
        "revocable": valid.number,
        "unclaimed": runs[1].course_id,
        "own_child": own(cast.parent).public_id,
    }


def finish(user):
    course = CoursePage.objects.get(slug="family-law")
    run, now = enrolment.enrol(user, course), timezone.now()
    completion.mark_started(run.pk, now.timestamp())
    for lesson in course.lessons():
        facts = {"position_at": now, "first_report_at": now, "last_report_at": now}
        facts |= {"quiz_passed_at": now, "media_key": measure(lesson).media_key}
        facts |= {"covered_seconds": measure(lesson).required}
        Progress.objects.update_or_create(enrolment=run, lesson=lesson, defaults=facts)
        completion.complete_if_earned(run.pk, lesson.pk, now.timestamp())
    return user.enrolments.finished().get(course=course)


def own(parent):
    return Guardianship.objects.of(parent).order_by("pk").first()


def of_the_class(cast):
    taught = SchoolClass.objects.select_related("school").get(name="三年级2班")
    community = SchoolClass.objects.get(name="秋季班")
    given = Assignment.objects.get(course__slug="phone-rules")
    broad = Assignment.objects.get(course__slug="emotion-attention")
    if not JoinRequest.objects.exists():
        told = {"child_name": "陈小慢", "guardian_name": "陈建军", "relation": "other"}
        joining.ask_teacher(cast.newcomer, taught, version=VERSION, **told)
    remind(cast.teacher, given, taught)
    return {
        "class": taught.public_id,
        "code": taught.join_code,
        "community_code": community.join_code,
        "school": taught.school.public_id,
        "child": Child.objects.in_class(taught).order_by("pk").first().public_id,
        "assignment": given.public_id,
        "broad": broad.public_id,
        "course": given.course_id,
        "district": taught.district.code,
        "no_reminders": Reminder.objects.first().code,
        **lists(cast.teacher, taught),
    }


def remind(teacher, given, taught):
    if not Reminder.objects.exists():
        rows = following.by_state(following.rows(given, taught))[following.ABSENT]
        reminding.queue(teacher, given, taught, reminding.plan(given, taught, rows, timezone.now()))


def lists(teacher, taught):
    """A list in each state: ready, with errors and namesakes, not readable, applied."""
    new = ["三年级", "2班", "G1", "新同学", "高山", "13800138950", "父亲", "2018-01"]
    wrong = ["三年级", "2班", "G2", "", "高水", "1380013895", "舅舅", "2018-13"]
    named = ["三年级", "2班", "", "新同学", "高月", "13800138952", "母亲", "2018-02"]
    files = {
        "list_ready": books.plain_book(new),
        "list_wrong": books.plain_book(new, wrong, named),
        "list_asking": books.plain_book(new, named),
        "list_refused": b"no workbook",
        "list_applied": books.plain_book(new),
    }
    return {name: uploaded(teacher, taught, name, data).public_id for name, data in files.items()}


def uploaded(teacher, taught, name, data):
    file = f"{name}.xlsx"
    found = RosterImport.objects.filter(file_name=file).first()
    if found is None:
        found = imports.begin(taught.school, teacher, file, data, taught)
        imports.check(found)
        if name == "list_applied":
            imports.apply(found, timezone.localdate())
    return found


def of_the_desk():
    lesson = LessonPage.objects.exclude(recording=None).order_by("pk").first()
    recording = Recording.objects.filter(uploaded_by_user__username="expert").order_by("pk").first()
    return {
        "lesson": lesson.pk,
        "recording": recording.pk,
        "staff": User.objects.get(username="editor").pk,
    }


def of_the_year(cast):
    school = SchoolClass.objects.get(name="三年级2班").school
    year = coming_year(timezone.localdate())
    change = school.class_changes.first() or changes.ask(
        school, ClassChange.Kind.ROLL, changes.proposal(school, year), cast.school, year=year
    )
    return {"change": change.public_id, "year": year - 2, "file": file_of(cast.city).public_id}


def file_of(user):
    broad = Assignment.objects.get(course__slug="emotion-attention")
    asked = {"asked_by": user, "assignment": broad, "rows": FigureFile.Rows.CLASSES}
    found = FigureFile.objects.filter(**asked).first()
    if found is None:
        found = FigureFile.objects.create(**asked)
        files.make(found)
    return found


def of_the_family(cast):
    draft = cast.parent.stories.filter(state="draft").first()
    if draft is None:
        words = {"title": "外婆的针线盒", "pen_name": "小院人家"}
        words["text"] = "外婆补衣服从不赶时间。孩子问她累不累，她说慢一点，线就听话。" * 8
        draft = editing.write(cast.parent, uuid4(), **words)
    return {
        "draft": draft.pk,
        "waiting": cast.parent.stories.get(state="waiting").pk,
        "published": cast.other_parent.stories.get(state="published").pk,
    }


@translation.override(settings.LANGUAGE_CODE)
def accidents():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return {name: render_to_string(f"{name}.html", {}, request) for name in ACCIDENTS}
