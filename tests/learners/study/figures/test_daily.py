from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import CourseIndexPage, CoursePage
from learners.accounts import closing
from learners.study.figures import daily, of_courses
from learners.study.figures.of_courses import Figures, Filters
from learners.study.models import CourseDay, DaysAdded, Enrolment
from tests.conftest import person

CITY = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 11, 1)
NOVEMBER = Filters(FIRST, date(2026, 11, 30))


def on(day, hour=12, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=CITY)


def today(day):
    return date(2026, 11, day)


def course_of(slug):
    return CourseIndexPage.objects.get().add_child(instance=CoursePage(title=slug, slug=slug))


def took(user, course, *moments, voluntary=True):
    enrolled, started, finished = [*moments, None, None][:3]
    return Enrolment.objects.create(
        user=user, course=course, enrolled_at=enrolled, started_at=started,
        completed_at=finished, voluntary=voluntary,
    )  # fmt: skip


def everything():
    return of_courses.by_course(NOVEMBER), of_courses.by_day(NOVEMBER)


@pytest.fixture
def phones(home):
    return course_of("phones")


@pytest.fixture
def ground(phones, chen_jing, chen_jianguo, li_wei):
    """Before midnight and behind it, on one day and over several, in two courses."""
    far = course_of("far")
    took(chen_jing, phones, on(2), on(2), on(5))
    took(chen_jianguo, phones, on(2, 0), on(3, 23, 59), voluntary=False)
    took(li_wei, phones, on(4, 23, 59), on(5, 0), on(5, 0))
    took(li_wei, far, on(6), on(6))


@pytest.mark.parametrize("until", range(1, 9))
def test_figures_are_the_same_wherever_the_night_was(ground, until):
    live = everything()
    daily.add_up(today(until))
    assert everything() == live
    assert live[0][0].figures == Figures(3, 3, 2)
    assert daily.drift() == []


def test_days_are_added_once(ground):
    assert daily.add_up(today(4)) == 3
    assert daily.add_up(today(4)) == 0
    assert daily.add_up(today(3)) == 0
    assert DaysAdded.objects.get().until == today(4)
    assert [row.enrolled for row in CourseDay.objects.order_by("day", "voluntary")] == [1, 1, 0]


def test_who_enrolled_days_ago_and_finished_today_counts_for_both_days(phones, chen_jing):
    run = took(chen_jing, phones, on(2))
    daily.add_up(today(3))
    Enrolment.objects.filter(pk=run.pk).update(started_at=on(3), completed_at=on(3))
    live = everything()
    assert live[0][0].figures == Figures(1, 1, 1)
    daily.add_up(today(4))
    assert everything() == live
    rows = CourseDay.objects.order_by("day").values_list("day", *daily.COUNTS)
    assert list(rows) == [(today(2), 1, 0, 0, 1, 1), (today(3), 0, 1, 1, 0, 0)]


@pytest.mark.parametrize("read", [of_courses.by_course, of_courses.by_day])
def test_night_that_is_added_between_two_readings_is_not_counted_twice(ground, monkeypatch, read):
    daily.add_up(today(3))
    live, counted_live = read(NOVEMBER), of_courses._live

    def late(filters):
        daily.add_up(today(9))
        return counted_live(filters)

    monkeypatch.setattr(of_courses, "_live", late)
    assert read(NOVEMBER) == live


def test_account_closed_after_the_night_changes_nothing(ground, chen_jing, li_wei):
    live = everything()
    daily.add_up(today(5))
    closing.close_account(chen_jing)
    closing.close_account(li_wei)
    assert everything() == live
    daily.add_up(today(9))
    assert (everything(), daily.drift()) == (live, [])


def test_moment_written_into_a_day_long_over_is_drift_until_recounted(ground, phones):
    daily.add_up(today(9))
    took(person("王芳"), phones, on(3))
    found = daily.drift()
    assert [(row.course_id, row.day, row.voluntary) for row in found] == [
        (phones.pk, today(3), True)
    ]
    assert (found[0].kept["enrolled"], found[0].true["enrolled"]) == (0, 1)
    daily.recount(today(9))
    assert daily.drift() == []
    assert of_courses.by_course(NOVEMBER)[0].figures == Figures(4, 3, 2)


@pytest.mark.parametrize(("voluntary", "figures"), [(True, (2, 2, 2)), (False, (1, 1, 0))])
@pytest.mark.parametrize("until", [1, 4, 9])
def test_own_accord_is_told_apart_on_both_sides_of_the_night(ground, voluntary, figures, until):
    daily.add_up(today(until))
    chosen = Filters(NOVEMBER.first, NOVEMBER.last, voluntary=voluntary)
    assert of_courses.by_course(chosen)[0].figures == Figures(*figures)
    happened = of_courses.total(day.figures for day in of_courses.by_day(chosen))
    assert happened.finished == figures[2]


@pytest.mark.parametrize("first", [1, 3, 5])
@pytest.mark.parametrize("last", [5, 6])
def test_days_chosen_are_cut_on_both_sides_of_the_night(ground, first, last):
    chosen = Filters(today(first), today(last))
    live = of_courses.by_course(chosen), of_courses.by_day(chosen)
    daily.add_up(today(4))
    assert (of_courses.by_course(chosen), of_courses.by_day(chosen)) == live


MOMENTS = st.integers(0, 20 * 24).map(lambda hour: on(1, 0) + timedelta(hours=hour))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("took"), st.lists(MOMENTS, min_size=1, max_size=3).map(sorted)),
        st.tuples(st.just("night"), st.integers(1, 22)),
    ),
    max_size=12,
)


@given(steps=STEPS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sums_agree_whatever_happened_before_and_after_each_night(phones, chen_jing, steps):
    """A moment before the last night is impossible, so it is moved behind it."""
    Enrolment.objects.all().delete()
    CourseDay.objects.all().delete()
    DaysAdded.objects.all().delete()
    run = 0
    for step, what in steps:
        if step == "night":
            daily.add_up(today(what))
            continue
        run += 1
        floor = max(daily.midnight(daily.until()), on(1, 0))
        moments = [max(floor, moment) for moment in what]
        took(None, phones, *moments, voluntary=run % 2 == 0)
    kept = everything()
    assert daily.drift() == []
    CourseDay.objects.all().delete()
    DaysAdded.objects.all().delete()
    assert everything() == kept
