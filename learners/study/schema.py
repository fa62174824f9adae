"""The shapes of JSON that parents' pages send; anything else is refused with the field's name."""

from http import HTTPStatus
from typing import Annotated, TypeVar

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _

from learners.study.refusal import Refusal

MOST_BYTES = 16_384

PageId = Annotated[int, msgspec.Meta(ge=1, le=2**31)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=1_000_000)]
TokenText = Annotated[str, msgspec.Meta(max_length=300)]


class ProgressReport(msgspec.Struct):
    """`played` in media seconds; `read` is the share of an article that was seen;
    `age` is how many seconds ago playback stood at `position`."""

    token: TokenText
    lesson: PageId
    played: Annotated[list[tuple[Seconds, Seconds]], msgspec.Meta(max_length=300)] = []
    position: Seconds = 0.0
    read: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    age: Annotated[float, msgspec.Meta(ge=0)] = 0.0


class QuizAnswers(msgspec.Struct):
    token: TokenText
    lesson: PageId
    answers: Annotated[
        dict[str, Annotated[list[str], msgspec.Meta(max_length=20)]], msgspec.Meta(max_length=100)
    ]


class EnrolRequest(msgspec.Struct):
    """`again` starts a new run of a course that was completed."""

    course: PageId
    lesson: PageId | None = None
    again: bool = False


class SaveRequest(msgspec.Struct):
    page: PageId
    saved: bool


Shape = TypeVar("Shape", ProgressReport, QuizAnswers, EnrolRequest, SaveRequest)


def body(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The request's JSON as `shape`; refuses with 413 or 400 and the reason."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", _("This is too much."))
    try:
        return msgspec.json.decode(request.body, type=shape)
    except msgspec.ValidationError as error:
        problem, _at, path = str(error).partition(" - at `$.")
        field = path.rstrip("`").split("[")[0] or "body"
        raise invalid({field: problem}) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal(HTTPStatus.BAD_REQUEST, "bad-json", _("This is not JSON.")) from None


def invalid(fields: dict[str, str]) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, "invalid", _("Please check what was sent."), fields)
