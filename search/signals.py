"""Which events change what search may show. By signal, not by page hook: scheduled publishing
and expiry in the worker count too."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, Site, get_page_models
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.models import AgeStage, Circumstance, ResourcePage, Topic
from courses.models import CoursePage, LessonPage
from media.models import CaptionTrack, Picture, Recording
from search import changes, indexing
from search.documents import RECORDED

TERMS = {AgeStage: "age_stages", Circumstance: "circumstances", Topic: "topics"}


def on_page_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A lesson's title stands in its course too."""
    changes.note(_with_course(instance))


def on_page_saved(sender: Any, instance: Page, update_fields: Any = None, **kwargs: Any) -> None:
    """A page saved whole, without publishing; saving a draft names the fields it writes."""
    if update_fields is None:
        on_page_changed(sender, instance)


def on_page_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Before the database takes the document away and leaves its text behind."""
    indexing.remove([instance.pk])
    changes.note([instance.pk])


def on_page_gone(sender: Any, instance: Page, **kwargs: Any) -> None:
    """After the page is deleted; its course must not say its title any longer."""
    near = _with_course(instance)
    changes.note(near)
    changes.renew_courses(near)


def on_subtree_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Moved or renamed: the addresses of everything below change."""
    parents = (kwargs.get("parent_page_before"), kwargs.get("parent_page_after"))
    below = _below(instance).values_list("pk", flat=True)
    changes.note([*below, *(parent.pk for parent in parents if parent)])


def on_restriction_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    above = Page.objects.ancestor_of(instance.page)
    changes.note_all(ResourcePage.objects.filter(Q(pk__in=_below(instance.page)) | Q(pk__in=above)))


def on_term_changed(sender: Any, instance: Any, created: bool = False, **kwargs: Any) -> None:
    changes.note_all(ResourcePage.objects.filter(**{TERMS[sender]: instance.pk}))


def on_picture_deleted(sender: Any, instance: Picture, **kwargs: Any) -> None:
    """Before the database takes the picture off its pages."""
    changes.note_all(ResourcePage.objects.filter(cover=instance.pk))


def on_captions_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    recording = instance.recording_id if isinstance(instance, CaptionTrack) else instance.pk
    speaks = Q(**{RECORDED[0]: recording}) | Q(**{RECORDED[1]: recording})
    changes.note_all(ResourcePage.objects.filter(speaks))


def on_site_changed(sender: Any, **kwargs: Any) -> None:
    changes.note_all(ResourcePage.objects.all())


def _below(page: Page) -> QuerySet:
    return ResourcePage.objects.descendant_of(page, inclusive=True)


def _with_course(page: Page) -> list[int]:
    """Lessons show in their course and the course in its lessons."""
    near: QuerySet = CoursePage.objects.none()
    if isinstance(page, LessonPage):
        near = CoursePage.objects.parent_of(page)
    elif isinstance(page, CoursePage):
        near = LessonPage.objects.child_of(page)
    return [page.pk, *near.values_list("pk", flat=True)]


def connect() -> None:
    for signal in (page_published, page_unpublished):
        signal.connect(_if_resource, dispatch_uid="search")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(on_subtree_changed, dispatch_uid="search")
    for model in resource_models():
        post_save.connect(on_page_saved, sender=model, dispatch_uid="search")
        post_delete.connect(on_page_gone, sender=model, dispatch_uid="search")
    pre_delete.connect(on_page_deleted, sender=ResourcePage, dispatch_uid="search")
    for model in TERMS:  # afterwards no page has the term any longer
        pre_delete.connect(on_term_changed, sender=model, dispatch_uid="search")
    pre_delete.connect(on_picture_deleted, sender=Picture, dispatch_uid="search")
    listen(on_restriction_changed, PageViewRestriction)
    listen(on_captions_changed, CaptionTrack, Recording)
    listen(on_term_changed, *TERMS)
    listen(on_site_changed, Site)


def listen(receiver: Any, *models: Any) -> None:
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid=f"search {receiver.__name__}")


def resource_models() -> list[type[Page]]:
    return [model for model in get_page_models() if issubclass(model, ResourcePage)]


def _if_resource(sender: Any, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, ResourcePage):
        on_page_changed(sender, instance)
