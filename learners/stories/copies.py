"""The public copies of a story's photos and film: in the library while it is published.

They carry the editor's name as the one who put them there, and random file names of their own.
"""

from typing import Any

from django.core.files.base import File
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learners.stories.models import Film, Photo, Step, Story
from learners.stories.states import Move, State
from media import library
from media.models import Picture, PictureRendition, Recording
from media.storing import delete_on_commit
from media.tasks import look_after_conversions


def make(story: Story, editor: Any, title: str, descriptions: dict[str, str]) -> None:
    """What is there already from an attempt that broke off is taken. Raises Unplayable."""
    for photo in story.photos.filter(picture=None):
        picture = picture_of(photo, editor, title, descriptions[str(photo.pk)])
        if not Photo.objects.filter(pk=photo.pk, picture=None).update(picture=picture):
            picture.delete()
    film = story.film_or_none
    if film and film.recording is None:
        recording = recording_of(film, editor, title)
        if not Film.objects.filter(pk=film.pk, recording=None).update(recording=recording):
            recording.delete()


def picture_of(photo: Photo, editor: Any, title: str, description: str) -> Picture:
    with default_storage.open(str(photo.file.name)) as file:
        picture = Picture(title=title, description=description, uploaded_by_user=editor)
        picture.file = ImageFile(file, name="photo.jpg")
        picture.file_size = file.size
        picture.save()
    return picture


def recording_of(film: Film, editor: Any, title: str) -> Recording:
    name = str(film.file.name)
    with default_storage.open(name) as file:
        recording = library.add_recording(
            title=title, file=File(file, name=name), uploaded_by=editor
        )
    sent = Step.objects.filter(story=film.story, move=Move.SEND).latest("at")
    words = _("The family agreed for everybody shown on %(day)s, version %(version)s.")
    told = {"day": timezone.localtime(sent.at).date().isoformat(), "version": sent.consent}
    recording.consent_note = words % told
    recording.save(update_fields=["consent_note"])
    return recording


@transaction.atomic
def remove(story: Story) -> None:
    """From the library, with files and conversions; wherever else they were used, too."""
    pictures = Picture.objects.filter(pk__in=story.photos.exclude(picture=None).values("picture"))
    names = [*pictures.values_list("file", flat=True)]
    names += PictureRendition.objects.filter(image__in=pictures).values_list("file", flat=True)
    # Wagtail leaves that to the worker; the family is told that it is done.
    delete_on_commit(names)
    for picture in pictures:
        picture.delete()
    film = story.film_or_none
    if film and film.recording:
        delete_on_commit(film.recording.caption_files)
        film.recording.delete()
        transaction.on_commit(look_after_conversions.enqueue)


def remove_unless_published(story: Story) -> None:
    """After an attempt that failed; another editor may have been the one who succeeded."""
    if not Story.objects.filter(pk=story.pk, state=State.PUBLISHED).exists():
        remove(Story.objects.get(pk=story.pk))
