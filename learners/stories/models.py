"""A family's story on its way to the public, and what belongs to it. Nothing public points here."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.stories import states
from learners.stories.states import Move, State
from media import naming

FOLDER = "stories"
"""Not among media.kinds.FOLDERS: these files have no address of their own."""
MOST_PHOTOS = 9
MOST_TEXT = 8000


def private_name(instance: Any, filename: str) -> str:
    return naming.random_name(FOLDER, filename)


class StoryQuerySet(models.QuerySet["Story"]):
    def of(self, user: Any) -> "StoryQuerySet":
        """Their own ground: what they write themselves."""
        return self.filter(author=user)

    def with_the_family(self) -> "StoryQuerySet":
        return self.filter(state__in=states.WITH_THE_FAMILY)

    def waiting(self) -> "StoryQuerySet":
        """For an editor, the one sent first in front."""
        return self.filter(state=State.WAITING).order_by("sent_at", "pk")

    def answered(self) -> "StoryQuerySet":
        """By editors, the latest first; what is the family's own again is not among them."""
        known = self.filter(state__in=[State.PUBLISHED, State.REFUSED])
        return known.order_by(F("answered_at").desc(), "pk")

    def news(self) -> "StoryQuerySet":
        """Answers that the family has not seen."""
        return self.filter(seen=False).order_by("answered_at", "pk")


class Story(models.Model):
    """`answer` is what the editor wrote last, `seen` whether the family has opened it since.

    `suggestion` is what the editor would have changed of {"title", "text"}: the family takes it
    or leaves it.

    A withdrawn story keeps its title and its steps; words, pictures and film are gone.
    """

    STATES = [
        (State.DRAFT.value, _("Draft")),
        (State.WAITING.value, _("With the editors")),
        (State.RETURNED.value, _("Please change something")),
        (State.REFUSED.value, _("Not taken")),
        (State.PUBLISHED.value, _("Published")),
        (State.WITHDRAWN.value, _("Withdrawn")),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stories")
    state = models.CharField(max_length=10, choices=STATES, default=State.DRAFT.value)
    title = models.CharField(_("title"), max_length=40, blank=True)
    pen_name = models.CharField(_("pen name"), max_length=20, blank=True)
    text = models.TextField(_("story"), max_length=MOST_TEXT, blank=True)
    answer = models.TextField(blank=True)
    suggestion = models.JSONField(default=dict, blank=True)
    seen = models.BooleanField(default=True)
    page = models.OneToOneField("cms.StoryPage", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = StoryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("family's story")
        verbose_name_plural = _("families' stories")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="stories_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="published", page__isnull=False)
                | (~Q(state="published") & Q(page__isnull=True)),
                name="stories_published_has_page",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned", "withdrawn"])
                | (~Q(title="") & ~Q(pen_name="") & ~Q(text="") & Q(sent_at__isnull=False)),
                name="stories_sent_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(text="", pen_name="", answer=""),
                name="stories_withdrawn_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-changed_at"], name="stories_of_author"),
            models.Index(fields=["state", "sent_at"], name="stories_queue"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Without a title"))

    @property
    def is_editable(self) -> bool:
        return self.state in states.WITH_THE_FAMILY

    @property
    def is_whole(self) -> bool:
        """All that must be there before it can be sent."""
        return bool(self.title and self.pen_name and self.text)

    @property
    def may_be_taken_back(self) -> bool:
        return states.may(self.state, Move.TAKE_BACK)

    @property
    def may_be_withdrawn(self) -> bool:
        return states.may(self.state, Move.WITHDRAW)

    @property
    def is_public(self) -> bool:
        """An editor may have hidden the page meanwhile."""
        return self.page is not None and self.page.live

    @property
    def film_or_none(self) -> "Film | None":
        return getattr(self, "film", None)


class Step(models.Model):
    """What happened to a story: never changed. `consent` is the version of the words agreed to."""

    MOVES = [
        (Move.SEND.value, _("Sent to the editors")),
        (Move.TAKE_BACK.value, _("Taken back to go on writing")),
        (Move.PUBLISH.value, _("Published")),
        (Move.GIVE_BACK.value, _("Given back with a comment")),
        (Move.REFUSE.value, _("Not taken")),
        (Move.WITHDRAW.value, _("Withdrawn")),
    ]

    story = models.ForeignKey(Story, models.CASCADE, related_name="steps")
    move = models.CharField(max_length=10, choices=MOVES)
    at = models.DateTimeField(default=timezone.now)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    words = models.TextField(blank=True)
    consent = models.CharField(max_length=20, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("step of a story")
        verbose_name_plural = _("steps of stories")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(move="send") | ~Q(consent=""), name="stories_sent_with_consent"
            ),
            models.CheckConstraint(
                condition=~Q(move__in=["give_back", "refuse"]) | ~Q(words=""),
                name="stories_answer_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.get_move_display()


class Photo(models.Model):
    """`position` from 1 to 9; `picture` is the public copy while the story is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=private_name)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    description = models.CharField(_("what the photo shows"), max_length=120, blank=True)
    picture = models.OneToOneField("media.Picture", models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("photo of a story")
        verbose_name_plural = _("photos of stories")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["story", "position"], name="stories_photo_place"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_PHOTOS), name="stories_nine_photos"
            ),
        ]

    def __str__(self) -> str:
        return self.description


class Film(models.Model):
    """One short video, `duration` in seconds; `recording` is the copy in the library."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="film")
    file = models.FileField(upload_to=private_name)
    duration = models.FloatField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.BigIntegerField()
    recording = models.OneToOneField(
        "media.Recording", models.SET_NULL, null=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("video of a story")
        verbose_name_plural = _("videos of stories")

    def __str__(self) -> str:
        return f"{self.duration:.0f} s"

    @property
    def is_playable(self) -> bool:
        """By every browser; else it is converted when the story is published."""
        return not str(self.file.name).endswith(f".{naming.UNCONVERTED}")


def sent_since(user: Any, moment: datetime) -> int:
    """How often this person has sent a story since then."""
    return Step.objects.filter(story__author=user, move=Move.SEND, at__gte=moment).count()
