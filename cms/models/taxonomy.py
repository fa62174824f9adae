"""The taxonomy by which every resource is found: age stage, circumstance, topic."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet


class Term(models.Model):
    code = models.SlugField(
        _("code"), unique=True, help_text=_("Used in addresses; never change it.")
    )
    name = models.CharField(_("name"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels: list[Any] = [FieldPanel("code"), FieldPanel("name"), FieldPanel("position")]

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


@register_snippet
class AgeStage(Term):
    """Ages are completed years, both ends included; before birth both are empty."""

    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)

    panels = [*Term.panels, FieldPanel("min_age"), FieldPanel("max_age")]

    class Meta(Term.Meta):
        verbose_name = _("age stage")
        verbose_name_plural = _("age stages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_age=None, max_age=None)
                | models.Q(min_age__lte=models.F("max_age")),
                name="cms_age_stage_in_order",
            )
        ]


def validate_words(value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise ValidationError(_("Enter a list of words."))


@register_snippet
class Circumstance(Term):
    """`also` lists the everyday words that must find the circumstance."""

    also = models.JSONField(
        _("everyday words"), default=list, blank=True, validators=[validate_words]
    )

    panels = [*Term.panels, FieldPanel("also")]

    class Meta(Term.Meta):
        verbose_name = _("circumstance")
        verbose_name_plural = _("circumstances")


@register_snippet
class Topic(Term):
    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
