from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CheckedLink(models.Model):
    """An address outside the school that a text leads to, and what came of trying it."""

    class State(models.TextChoices):
        FINE = "fine", _("answers")
        BROKEN = "broken", _("leads nowhere")
        SILENT = "silent", _("does not answer")
        REFUSED = "refused", _("is no public address")

    url = models.CharField(max_length=1000, unique=True)
    state = models.CharField(max_length=10, choices=State.choices)
    checked_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")

    def __str__(self) -> str:
        return self.url
