"""王老师 gave her class a course nine days ago: some families are done, some are not, some never
joined. Everything happens through the same verbs as in earnest, day by day, so the trend is real.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from courses.models import CoursePage, LessonPage
from demo import schools
from learners.accounts.models import User
from learners.accounts.privacy import VERSION
from learners.accounts.protected import keyed_hash
from learners.assignments import assigning, trends
from learners.assignments.models import Assignment, Scope
from learners.schools import joining
from learners.schools.models import Child, District, RosterContact, SchoolClass
from learners.study import completion, enrolment
from learners.study.lengths import measure
from learners.study.models import Enrolment, Progress

CLASS, TEACHER = "三年级2班", "+8613800138010"
COURSES = ("phone-rules", "emotion-attention")
DAYS = 9
# Of the families that joined: finished, began only. The others have not opened it yet.
JOINED, FINISHED, BEGAN = 24, 13, 4


def load() -> None:
    """Nothing when something is assigned already."""
    if Assignment.objects.exists():
        return
    own = SchoolClass.objects.select_related("school").get(name=CLASS)
    courses = [CoursePage.objects.get(slug=slug) for slug in COURSES]
    parents = [_join(child) for child in Child.objects.in_class(own).order_by("pk")[:JOINED]]
    first = timezone.now() - timedelta(days=DAYS)
    _give(own, courses, first)
    for day in range(DAYS + 1):
        now = first + timedelta(days=day)
        for number, parent in enumerate(parents):
            if number % (DAYS + 1) == day:
                _learn(parent, courses[0], number, now)
        trends.take(timezone.localdate(now))


def _join(child: Child) -> User:
    contact = RosterContact.objects.filter(child=child).order_by("pk")[0]
    parent = User.objects.filter(phone_hash=contact.phone_hash).first()
    if parent is None:
        parent = User(phone=contact.phone, phone_verified=True)
        parent.phone_hash = keyed_hash(contact.phone)
        parent.set_unusable_password()
        parent.save()
    joining.claim(parent, child, relation=contact.relation, basis="phone", version=VERSION)
    return parent


def _give(own: SchoolClass, courses: list[CoursePage], first: datetime) -> None:
    teacher = User.objects.with_phone(TEACHER).get()
    district = District.objects.get(code=schools.DISTRICT)
    due_on = timezone.localdate() + timedelta(days=3)
    wishes = [
        assigning.Wish(
            course=courses[0],
            scope=Scope.CLASSES,
            year=own.year,
            due_on=due_on,
            note="周末和孩子一起看第一课，周一班会聊一聊。",
            school=own.school,
            classes=[own],
        ),
        assigning.Wish(
            course=courses[1],
            scope=Scope.DISTRICT,
            year=own.year,
            due_on=due_on + timedelta(days=20),
            district=district,
        ),
    ]
    for wish in wishes:
        given = assigning.assign(teacher if wish.classes else None, wish)
        Assignment.objects.filter(pk=given.pk).update(created_at=first)
        assigning.prepare(given)


def _learn(parent: User, course: CoursePage, number: int, now: datetime) -> None:
    if number >= FINISHED + BEGAN:
        return
    run = enrolment.enrol(parent, course)
    Enrolment.objects.filter(pk=run.pk).update(enrolled_at=now)
    completion.mark_started(run.pk, now.timestamp())
    lessons = list(course.lessons().select_related("recording"))
    for lesson in lessons if number < FINISHED else lessons[:1]:
        _complete(run, lesson, now)


def _complete(run: Enrolment, lesson: LessonPage, now: datetime) -> None:
    measured = measure(lesson)
    moments = {"position_at": now, "first_report_at": now, "last_report_at": now}
    progress, _created = Progress.objects.get_or_create(
        enrolment=run,
        lesson=lesson,
        defaults={
            "media_key": measured.media_key,
            "covered": f"0-{measured.length}",
            "covered_seconds": measured.length,
            **moments,
        },
    )
    if lesson.quiz:
        progress.quiz_best, progress.quiz_passed_at = 100, now
        progress.save(update_fields=["quiz_best", "quiz_passed_at"])
    completion.complete_if_earned(run.pk, lesson.pk, now.timestamp())
