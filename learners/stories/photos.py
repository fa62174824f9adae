"""Photos come in as phones make them and are kept as plain pictures: turned upright, at most
2048 pixels long, without place, time, camera or anything else that was written into the file."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from learners.stories import formats
from learners.stories.editing import locked
from learners.stories.files import Refused, stored
from learners.stories.models import MOST_PHOTOS, Photo, Story
from media.storing import delete_on_commit

MOST_BYTES = 20 * 1024 * 1024
LONGEST = 2048
MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
"""A JPEG is read small at once; the others are unpacked whole first."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    content: bytes
    width: int
    height: int


def clean(file: File) -> Cleaned:
    """Raises Refused."""
    if not file.size:
        raise Refused(_("This file is empty. Please choose the photo again."))
    if file.size > MOST_BYTES:
        raise Refused(_("A photo may have 20 MB at most."))
    kind = kind_of(file)
    try:
        with Image.open(file, formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS[kind]:
                raise Refused(_("This picture is too large. Please choose a smaller one."))
            return encoded(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Refused):
            raise
        words = _("This photo is damaged or has not arrived whole. Please choose it again.")
        raise Refused(words) from error


def kind_of(file: File) -> str:
    file.seek(0)
    kind = formats.kind_of(file.read(formats.HEAD))
    file.seek(0)
    if kind == formats.HEIC:
        raise Refused(
            _(
                "This photo is in HEIC format, which many phones cannot show. On the iPhone: "
                "Settings, Camera, Formats, Most Compatible; or send a screenshot of the photo."
            )
        )
    if not kind:
        raise Refused(_("This is not a photo. JPEG, PNG and WebP can be taken."))
    return kind


def encoded(image: Any) -> Cleaned:
    """The pixels alone, in a new file."""
    image.draft("RGB", (LONGEST, LONGEST))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST, LONGEST))
    plain = Image.new("RGB", upright.size, "white")
    coloured = in_plain_colours(upright).convert("RGBA")
    plain.paste(coloured, mask=coloured.getchannel("A"))
    target = BytesIO()
    plain.save(target, "JPEG", quality=86, optimize=True)
    return Cleaned(target.getvalue(), *plain.size)


def in_plain_colours(image: Any) -> Any:
    """What a phone's own colour profile says, told in the colours of the web."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return image


def add(story: Story, file: File) -> Photo:
    """Raises Refused, and NotThatWay when the story is not the family's any more."""
    cleaned = clean(file)
    with stored(ContentFile(cleaned.content), ".jpg") as name, transaction.atomic():
        place = free_place(locked(story))
        return Photo.objects.create(
            story=story, position=place, file=name, width=cleaned.width, height=cleaned.height
        )


def free_place(story: Story) -> int:
    taken = set(story.photos.values_list("position", flat=True))
    free = [place for place in range(1, MOST_PHOTOS + 1) if place not in taken]
    if not free:
        words = _("A story may have %(most)s photos. Please take one away first.")
        raise Refused(words % {"most": MOST_PHOTOS})
    return free[0]


@transaction.atomic
def remove(photo: Photo) -> None:
    """Raises NotThatWay."""
    locked(photo.story)
    delete_on_commit([str(photo.file.name)])
    photo.delete()


@transaction.atomic
def describe(photo: Photo, words: str) -> None:
    """Raises NotThatWay."""
    locked(photo.story)
    photo.description = words
    photo.save(update_fields=["description"])
