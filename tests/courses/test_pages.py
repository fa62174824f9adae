from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import CoursePage, LessonPage


def lesson(course, slug, **fields):
    body = [("paragraph", "<p>" + "字" * 300 + "</p>")]
    return course.add_child(
        instance=LessonPage(title=slug, slug=slug, format="article", body=body, **fields)
    )


def test_course_numbers_its_published_lessons(client, course, article_lesson):
    lesson(course, "draft", live=False)
    lesson(course, "last")
    lessons = client.get("/courses/phone-rules/").context["lessons"]
    assert [(page.number, page.slug) for page in lessons] == [(1, "why"), (2, "last")]


def test_lesson_knows_its_place(client, course, article_lesson):
    lesson(course, "second")
    lesson(course, "third")
    context = client.get("/courses/phone-rules/second/").context
    assert (context["number"], len(context["lessons"])) == (2, 3)
    assert context["previous_lesson"].slug == "why"
    assert context["next_lesson"].slug == "third"
    last = client.get("/courses/phone-rules/third/").context
    assert (last["next_lesson"], last["previous_lesson"].slug) == (None, "second")


def test_course_index_counts_published_lessons(client, course, article_lesson):
    lesson(course, "draft", live=False)
    (found,) = client.get("/courses/").context["resources"]
    assert found.lesson_count == 1


def test_course_without_lessons_counts_none(course):
    assert CoursePage.objects.with_lesson_count().get().lesson_count == 0


def test_query_count_of_course_and_lesson_does_not_grow_with_lessons(
    client, course, article_lesson
):
    addresses = ["/courses/phone-rules/", "/courses/phone-rules/why/"]
    for address in addresses:
        client.get(address)
    counts = [counted(client, address) for address in addresses]
    for number in range(5):
        lesson(course, f"more-{number}")
    assert [counted(client, address) for address in addresses] == counts


def counted(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
