"""Whatever changes what the public reads forgets the held pages, in every process.

By signal, not by page hook: scheduled publishing in the worker counts too. On commit, so that
nobody renders the old state under the new generation.
"""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site, get_page_models
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.models import AgeStage, Circumstance, Topic
from cms.page_cache import generation
from media.models import CaptionTrack, Recording


def purge_pages(**kwargs: Any) -> None:
    transaction.on_commit(generation.bump, robust=True)


def purge_saved_page(instance: Page, update_fields: Any = None, **kwargs: Any) -> None:
    """A live page saved whole, without publishing; saving a draft names the fields it writes."""
    if instance.live and update_fields is None:
        purge_pages()


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(purge_pages, dispatch_uid="purge_pages")
    for page_type in (Page, *get_page_models()):
        post_save.connect(purge_saved_page, sender=page_type, dispatch_uid="purge_saved_page")
        post_delete.connect(purge_pages, sender=page_type, dispatch_uid="purge_pages")
    for model in shown_models():
        post_save.connect(purge_pages, sender=model, dispatch_uid="purge_pages")
        post_delete.connect(purge_pages, sender=model, dispatch_uid="purge_pages")


def shown_models() -> list[type[models.Model]]:
    """Not pages, but seen on pages or deciding who may see them."""
    return [
        *(AgeStage, Circumstance, Topic),
        *(get_image_model(), Recording, CaptionTrack, get_document_model()),
        *(Redirect, Site, PageViewRestriction),
    ]
