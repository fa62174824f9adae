"""A family takes its story away: page, words, pictures and film go; that it happened stays."""

from django.db import transaction
from django.db.models import QuerySet
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from cms.models import StoryPage
from learners.stories import copies
from learners.stories.editing import delete_files
from learners.stories.models import Story
from learners.stories.sending import moved
from learners.stories.states import Move

WITHDRAWN = "stories.withdrawn"


@transaction.atomic
def withdraw(story: Story) -> None:
    """At once and for good, whatever an editor has done meanwhile. Raises NotThatWay."""
    now = moved(story, Move.WITHDRAW)
    page, now.page = now.page, None
    now.text = now.pen_name = now.answer = ""
    now.suggestion = {}
    now.seen = True
    now.save()
    take_down(now, page)


def take_down(story: Story, page: StoryPage | None) -> None:
    """Unpublished first, so that lists, search and held pages follow; then deleted with its
    revisions. The history names nobody: it must not tell whose story it was."""
    if page is not None:
        if page.live:
            UnpublishPageAction(page).execute(skip_permission_checks=True)
        log(instance=page, action=WITHDRAWN)
        page.delete()
    copies.remove(story)
    delete_files(story)


@transaction.atomic
def forget(story: Story) -> None:
    """With everything, also that it was ever there: its author closes the account."""
    now = Story.objects.select_for_update().get(pk=story.pk)
    page = now.page
    if page is not None:
        now.page, now.state = None, "draft"
        now.save(update_fields=["page", "state"])
    take_down(now, page)
    now.delete()


def count_stories(pages: QuerySet) -> int:
    """Stories whose pages these are: the family takes them away, an editor may hide them."""
    return Story.objects.filter(page__in=pages.values("pk")).count()
