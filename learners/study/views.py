"""Parents' own pages and the small JSON behind public ones."""

import random
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe
from wagtail.models import Page

from cms.filters import PageForm
from cms.models import ResourcePage
from courses import quiz
from courses.models import CoursePage
from learners.schools.ground import ground_of
from learners.study import clock, devices, enrolment, for_you, quizzes, shelf
from learners.study.heartbeat import token_for
from learners.study.refusal import json_view, signed_out
from learners.study.schema import EnrolRequest, QuizAnswers, SaveRequest, body
from learners.study.state import state, visible_page

SAVED_A_PAGE = 12


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def learn(request: HttpRequest) -> HttpResponse:
    cards = shelf.cards(request.user)
    number = PageForm(request.GET).number()
    tasks = shelf.tasks(request.user, cards)
    asked = {task.card.course.pk for task in tasks}
    unfinished = [card for card in cards if not card.completed_at and card.course.pk not in asked]
    context = {
        "person": request.user,
        "tasks": tasks,
        "is_staff": bool(ground_of(request.user)),
        "in_progress": [card for card in unfinished if card.begun],
        "not_started": [card for card in unfinished if not card.begun],
        "finished": [card for card in cards if card.completed_at],
        "news": shelf.news(cards),
        "announced": [card for card in cards if card.announced],
        "for_you": for_you.recommended(request.user),
        "saved": Paginator(shelf.saved(request.user), SAVED_A_PAGE).get_page(number),
    }
    return render(request, "study/learn.html", context)


@require_GET
@json_view
def page_state(request: HttpRequest, page_id: int) -> HttpResponse:
    page = visible_page(page_id)
    if not request.user.is_authenticated:
        sign_in = reverse("accounts:sign_in") + "?" + urlencode({"next": page.get_url(request)})
        return JsonResponse({"signed_in": False, "sign_in": sign_in})
    return _with_csrf(request, page)


def _with_csrf(request: HttpRequest, page: Page) -> HttpResponse:
    response = JsonResponse({**state(request.user, page), "csrf": get_token(request)})
    devices.give(request, response)
    return response


@require_POST
@json_view
def enrol(request: HttpRequest) -> HttpResponse:
    user = _signed_in(request)
    sent = body(request, EnrolRequest)
    course = get_object_or_404(CoursePage.objects.live().public(), pk=sent.course)
    page = visible_page(sent.lesson or course.pk)
    begin = enrolment.start_again if sent.again else enrolment.open_course
    begin(user, course)
    return _with_csrf(request, page)


@require_POST
@json_view
def save(request: HttpRequest) -> HttpResponse:
    user = _signed_in(request)
    sent = body(request, SaveRequest)
    resource = get_object_or_404(ResourcePage.objects.live().public(), pk=sent.page)
    shelf.save(user, resource, sent.saved)
    return JsonResponse({"saved": sent.saved})


def _signed_in(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        raise signed_out()
    return request.user


@require_GET
@json_view
def quiz_questions(request: HttpRequest, lesson_id: int) -> HttpResponse:
    _signed_in(request)
    lesson = quizzes.lesson_with_quiz(lesson_id)
    questions = quiz.shuffled(quiz.questions(lesson), random.SystemRandom())
    return JsonResponse({"pass_mark": lesson.pass_mark, "questions": questions})


@csrf_exempt
@require_POST
@json_view
def quiz_answers(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    sent = body(request, QuizAnswers)
    token, device = token_for(sent.token, sent.lesson, now), devices.mark_of(request)
    tried = quizzes.attempt(token, sent.answers, now, device)
    return JsonResponse(
        {
            "score": tried.grade.score,
            "passed": tried.passed,
            "questions": tried.grade.results,
            "completed": tried.completed,
            "course_completed": tried.course_completed,
        }
    )
