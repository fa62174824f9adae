"""Pages for experts: what happened to a lesson."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from courses.models import LessonPage
from learners.accounts.roles import CITY_ADMINISTRATORS, EDITORS, EXPERTS, ensure_roles
from learners.study.figures.of_lessons import Item, figures
from learners.study.models import Enrolment, Progress, QuizAttempt
from tests.conftest import person
from tests.learners.study.conftest import right_answers, video_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def staff(home):
    ensure_roles()
    made = {}
    for name, group in (("林教授", EXPERTS), ("别的专家", EXPERTS), ("编辑", EDITORS)):
        made[name] = person(name, is_staff=True, language="en")
        made[name].groups.add(Group.objects.get(name=group))
    return made


def learned(lesson, people, covered, completed=False, media_key="a" * 12):
    """So many people whose coverage of the lesson is that text."""
    now = timezone.now()
    for number in range(people):
        user = person(f"家长{Enrolment.objects.count()}-{number}")
        enrolment = Enrolment.objects.create(user=user, course=lesson.get_parent().specific)
        yield Progress.objects.create(
            enrolment=enrolment,
            lesson=lesson,
            media_key=media_key,
            covered=covered,
            position_at=now,
            first_report_at=now,
            last_report_at=now,
            completed_at=now if completed else None,
        )


def test_figures_of_a_lesson(lesson):
    list(learned(lesson, 5, "0-100", completed=True))
    list(learned(lesson, 3, "0-50"))
    list(learned(lesson, 2, "0-100", media_key="b" * 12))
    found = figures(lesson)
    assert (found.starts, found.finishers, found.items) == (10, 5, [])
    assert found.curve[0].people == 8
    assert found.curve[-1].people == 5


def test_small_group_is_withheld(lesson):
    list(learned(lesson, 4, "0-100", completed=True))
    found = figures(lesson)
    assert (found.starts, found.finishers) == (None, None)
    assert {part.people for part in found.curve} == {None}


def test_difficulty_counts_first_tries(quizzed):
    right = right_answers(quizzed)
    single, statement = right
    wrong = {single: right[single], statement: ["true"]}
    for number, progress in enumerate(learned(quizzed, 6, "0-100")):
        tries = [wrong if number else right, right]
        for answers in tries:
            QuizAttempt.objects.create(progress=progress, answers=answers, score=50, passed=False)
    gone = {single: ["gone"]}
    for progress in learned(quizzed, 1, "0-100"):
        QuizAttempt.objects.create(progress=progress, answers=gone, score=0, passed=False)
    found = figures(LessonPage.objects.get(pk=quizzed.pk))
    assert found.items == [Item("先做什么？", 85), Item("规则写好就不能改。", 16)]


def test_figures_cost_the_same_for_one_and_for_many(quizzed, django_assert_num_queries):
    lesson = LessonPage.objects.select_related("recording").get(pk=quizzed.pk)
    with django_assert_num_queries(3):
        figures(lesson)
    for progress in learned(quizzed, 6, "0-100"):
        QuizAttempt.objects.create(
            progress=progress, answers=right_answers(quizzed), score=100, passed=True
        )
    with django_assert_num_queries(3):
        figures(lesson)


def owned_by(lesson, user):
    LessonPage.objects.filter(pk=lesson.pk).update(owner=user)


def test_expert_sees_own_lessons_alone(client, staff, lesson, course):
    owned_by(lesson, staff["林教授"])
    other = video_lesson(course, "two", content_hash="c" * 64)
    owned_by(other, staff["别的专家"])
    list(learned(lesson, 6, "0-40"))
    client.force_login(staff["林教授"])
    page = client.get(reverse("lesson_list")).content.decode()
    assert (lesson.title in page, other.title in page) == (True, False)
    assert "<td>6</td><td>fewer than 5</td>" in page
    assert client.get(reverse("lesson_figures", args=[other.pk])).status_code == 404
    page = client.get(reverse("lesson_figures", args=[lesson.pk])).content.decode()
    assert page.count("<rect") == 24
    assert "Most people left around 00:40." in page
    assert "<td>00:00</td><td>00:01</td><td>6</td>" in page


@pytest.mark.parametrize(("name", "shown"), [("林教授", True), ("编辑", True), ("无关的人", False)])
def test_menu_leads_there(client, staff, name, shown):
    user = staff.get(name) or person(name, is_staff=True, is_superuser=False)
    if name not in staff:
        user.groups.add(Group.objects.get(name=CITY_ADMINISTRATORS))
    client.force_login(user)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("lesson_list") in page) is shown


def test_editor_sees_all(client, staff, lesson):
    client.force_login(staff["编辑"])
    assert lesson.title in client.get(reverse("lesson_list")).content.decode()
    page = client.get(reverse("lesson_figures", args=[lesson.pk])).content.decode()
    assert "nobody can be recognised" in page


def test_parent_sees_nothing(client, chen_jing, lesson):
    client.force_login(chen_jing)
    for address in (reverse("lesson_list"), reverse("lesson_figures", args=[lesson.pk])):
        assert client.get(address).status_code == 302


def test_list_costs_the_same_for_one_and_for_three(
    client, staff, course, lesson, settings, django_assert_num_queries
):
    client.force_login(staff["编辑"])
    client.get(reverse("lesson_list"))
    session = 0 if settings.SESSION_ENGINE.endswith("cached_db") else 1
    with django_assert_num_queries(11 + session):
        client.get(reverse("lesson_list"))
    for number in range(2):
        video_lesson(course, f"more-{number}", content_hash=str(number) * 64)
    with django_assert_num_queries(11 + session):
        client.get(reverse("lesson_list"))
