"""What happened to my lesson: pages for experts and editors in the Wagtail admin."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from learners.study.figures import retention
from learners.study.figures.of_lessons import figures, lessons_of, with_totals

PER_PAGE = 30
SMALLEST = retention.SMALLEST_GROUP
HEIGHT = 100


@require_GET
def lesson_list(request: HttpRequest) -> HttpResponse:
    lessons = Paginator(with_totals(lessons_of(request.user)), PER_PAGE)
    page = lessons.get_page(request.GET.get("p"))
    return render(request, "study/lesson_list.html", {"lessons": page, "least": SMALLEST})


@require_GET
def lesson_figures(request: HttpRequest, pk: int) -> HttpResponse:
    lesson = get_object_or_404(lessons_of(request.user).select_related("recording"), pk=pk)
    found = figures(lesson)
    most = max((part.people or 0 for part in found.curve), default=0)
    context = {
        "lesson": lesson,
        "figures": found,
        "bars": bars(found.curve, most),
        "most": most,
        "length": found.curve[-1].end if found.curve else 1,
        "steepest": retention.steepest(found.curve),
        "least": SMALLEST,
    }
    return render(request, "study/lesson_figures.html", context)


def bars(curve: list[retention.Part], most: int) -> list[dict[str, int]]:
    """For a picture as wide as the lesson has seconds, 100 high; withheld parts are gaps."""
    return [
        {"x": part.begin, "width": part.end - part.begin, "y": HEIGHT - high, "height": high}
        for part in curve
        if part.people is not None and (high := round(part.people * HEIGHT / most))
    ]
