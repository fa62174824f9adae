"""What search remembers: one document a resource, words to suggest, and what is to be done.

All of it is disposable (ARCHITECTURE decision 7) except the synonyms, which editors keep.
"""

import secrets
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from search.folding import fold
from search.words import split_words


def new_version() -> int:
    """Microseconds: a later document has a greater one, so an older never replaces it."""
    return time.time_ns() // 1000


class Document(models.Model):
    """A published resource that everybody may see, as it is shown among results.

    `signature` names what it is filtered by, for example " age:7-12 kind:course topic:sleep ".
    `course` is the title of the course that a lesson belongs to, `said` how parents say it: that
    is searched and never shown.
    `tags` are [group, code, name] in the taxonomy's order. The segmented text stands beside
    it in the table search_text, which each database keeps in its own way.
    """

    page = models.OneToOneField(
        "cms.ResourcePage", models.CASCADE, primary_key=True, related_name="+"
    )
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    url = models.TextField()
    told_by = models.CharField(max_length=60, blank=True)
    course = models.CharField(max_length=255, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    lesson_count = models.PositiveSmallIntegerField(default=0)
    cover = models.ForeignKey("media.Picture", models.SET_NULL, null=True, related_name="+")
    tags = models.JSONField(default=list)
    lessons = models.TextField(blank=True)
    body = models.TextField(blank=True)
    said = models.TextField(blank=True)
    signature = models.TextField()
    popularity = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=32)
    version = models.BigIntegerField(default=new_version)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            # All that the catalogue reads: the rows themselves carry whole texts.
            models.Index(
                fields=["page", "signature", "popularity", "published_at"], name="search_ranked"
            ),
        ]

    def __str__(self) -> str:
        return self.title


def new_stamp() -> str:
    return secrets.token_hex(8)


class Change(models.Model):
    """A page whose document is to be made anew; gone once every engine has it.

    `stamp` tells whether the page changed again while it was being indexed.
    """

    page_id = models.PositiveBigIntegerField(primary_key=True)
    stamp = models.CharField(max_length=16, default=new_stamp)
    noted_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.page_id)


class Word(models.Model):
    """A word of published titles, tags, summaries and lesson titles, with how many have it."""

    text = models.CharField(max_length=40, primary_key=True)
    count = models.IntegerField()
    pinyin = models.CharField(max_length=200)
    initials = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.text


class IndexState(models.Model):
    """One row. `version` changes with the words, so that every process reads them again."""

    version = models.CharField(max_length=16, default=new_stamp)
    rebuilt_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.version


def validate_group(value: str) -> None:
    if not split_words(value):
        raise ValidationError(_("Enter at least one word."))


LONGEST_SYNONYM = 30


def refuse_unusable(words: dict[str, list[str]]) -> None:
    """Words, by field, that no search would ever meet."""
    signs, long = (
        _("“%(word)s” has neither letters nor digits."),
        _("“%(word)s…” has over 30 characters."),
    )
    errors: dict[str, list[ValidationError]] = {}
    for name, own in words.items():
        for word in own:
            if len(word) > LONGEST_SYNONYM:
                error = ValidationError(long, params={"word": word[:10]})
            elif not any(map(str.isalnum, fold(word))):
                error = ValidationError(signs, params={"word": word})
            else:
                continue
            errors.setdefault(name, []).append(error)
    if errors:
        raise ValidationError(errors)


class Synonym(models.Model):
    """Words that find the same: any of them is as good as the others. Read at query time.

    With `finds`, one way alone: whoever says one of the words looks for those.
    """

    words = models.TextField(
        _("words"),
        validators=[validate_group],
        help_text=_("Words that mean the same, with spaces or commas between them."),
    )
    finds = models.TextField(
        _("find"),
        blank=True,
        help_text=_(
            "What texts say instead. Whoever types one of the words above then finds these, "
            "and not the other words. Leave it empty where each word finds all the others."
        ),
    )

    panels: list[Any] = [FieldPanel("words"), FieldPanel("finds")]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words[:80]

    def clean(self) -> None:
        refuse_unusable({"words": split_words(self.words), "finds": split_words(self.finds)})
        said = {fold(word) for word in split_words(self.words)}
        meant = {fold(word) for word in split_words(self.finds)}
        if len(split_words(self.words)) < 2 and not meant:
            raise ValidationError({"words": _("Enter at least two words.")})
        if len(said) < 2 and not meant:
            raise ValidationError({"words": _("To search these are one word. Enter another one.")})
        if meant and meant <= said:
            raise ValidationError({"finds": _("Enter other words than above.")})

    def group(self) -> list[str]:
        return split_words(self.words)


class Incident(models.Model):
    """How often on a day the search cluster did not answer in time and the database did."""

    day = models.DateField(primary_key=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"


class Asked(models.Model):
    """What was searched for on a day, by how many searches, and how it went: never by whom.

    `empty` searches found nothing; `clicked` led to a result.
    """

    day = models.DateField()
    text = models.CharField(max_length=30)
    times = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    clicked = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("searched text")
        verbose_name_plural = _("searched texts")
        constraints = [
            models.UniqueConstraint(fields=["day", "text"], name="search_one_row_a_day_and_text")
        ]

    def __str__(self) -> str:
        return self.text


class ClickedPlace(models.Model):
    """How often on a day the result at a place of the list was chosen, counted from one."""

    day = models.DateField()
    place = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "place"], name="search_one_row_a_day_and_place")
        ]

    def __str__(self) -> str:
        return f"{self.day} #{self.place}"
