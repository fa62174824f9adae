import pytest
from django.core.management import call_command
from django.db.models import ProtectedError

from courses import requirements
from learners.study import popularity, reevaluation
from learners.study.models import Enrolment, Progress
from tests.learners.study.conftest import START, video_lesson


def run_tasks():
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


@pytest.fixture
def half_done(learn, report, course, time, chen_jing):
    """Two lessons, the first complete, the second covered for 50 of 100 seconds."""
    one, two = (video_lesson(course, name, content_hash=name[0] * 64) for name in ("abc", "def"))
    for lesson, played in ((one, (0, 95)), (two, (0, 50))):
        token = learn(chen_jing, lesson)["token"]
        time.advance(120)
        report(token, lesson, played)
    return one, two


def test_reevaluate_lowered_threshold_finishes_the_run(half_done, course):
    _one, two = half_done
    two.coverage_required = 50
    two.save()
    assert reevaluation.reevaluate(course.pk, START + 999) == 1
    run = Enrolment.objects.get()
    assert run.completed_at.timestamp() == START + 999
    assert [rule["coverage_required"] for rule in run.requirements.rules] == [90, 50]


def test_reevaluate_lesson_unpublished_finishes_the_run(half_done, course):
    half_done[1].unpublish()
    assert reevaluation.reevaluate(course.pk, START + 999) == 1


def test_reevaluate_lesson_made_optional_finishes_the_run(half_done, course):
    _one, two = half_done
    two.required = False
    two.save()
    assert reevaluation.reevaluate(course.pk, START + 999) == 1


def test_reevaluate_unchanged_course_finishes_nothing(half_done, course):
    assert reevaluation.reevaluate(course.pk, START + 999) == 0
    assert Enrolment.objects.get().completed_at is None


@pytest.mark.django_db(transaction=True)
def test_publishing_a_change_finishes_the_run_in_the_background(half_done, course):
    _one, two = half_done
    two.coverage_required = 50
    two.save_revision().publish()
    assert Enrolment.objects.get().completed_at is None
    run_tasks()
    assert Enrolment.objects.get().completed_at is not None


def test_completion_is_not_taken_back_when_a_lesson_is_added(half_done, course, time):
    half_done[1].unpublish()
    reevaluation.reevaluate(course.pk, START + 999)
    video_lesson(course, "new", content_hash="9" * 64)
    requirements.record(course)
    reevaluation.reevaluate(course.pk, START + 5000)
    run = Enrolment.objects.get()
    assert run.completed_at.timestamp() == START + 999
    assert len(run.requirements.rules) == 1


def test_delete_page_with_learner_rows_is_refused_with_a_count(admin_client, half_done, course):
    response = admin_client.post(f"/admin/pages/{course.pk}/delete/", follow=True)
    assert type(course).objects.filter(pk=course.pk).exists()
    messages = [str(message) for message in response.context["messages"]]
    assert len(messages) == 1
    assert "3" in messages[0]
    with pytest.raises(ProtectedError):
        course.delete()


def test_popularity_counts_finished_runs_and_lessons(half_done, course):
    assert popularity.write() == 1
    half_done[0].refresh_from_db()
    assert half_done[0].popularity == Progress.objects.completed().count() == 1
    assert popularity.write() == 0
