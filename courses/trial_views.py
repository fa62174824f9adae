"""Behind the quiz that an expert tries in a preview, saved or not yet."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses import trial
from courses.desk_forms import TrialForm
from courses.grading import InvalidAnswers


@require_POST
def trial_answers(request: HttpRequest) -> HttpResponse:
    """Questions without answers; with answers, what came of them."""
    form = TrialForm(request.POST)
    if not form.is_valid():
        return _refusal(dict(form.errors))
    sealed, answers = form.cleaned_data["definition"], form.cleaned_data["answers"]
    try:
        if answers is None:
            return JsonResponse(trial.questions(sealed))
        return JsonResponse(trial.graded(sealed, answers))
    except BadSignature:
        return _refusal({"definition": ["expired"]})
    except InvalidAnswers as wrong:
        return _refusal(wrong.fields)


def _refusal(fields: object) -> HttpResponse:
    words = _("This quiz cannot be tried like that. Please open the preview again.")
    told = {"code": "invalid", "message": words, "fields": fields}
    return JsonResponse({"error": told}, status=400)
