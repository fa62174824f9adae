"""A family's story, its photos and film as phones make them, and an editor who reads."""

import subprocess
from io import BytesIO, StringIO
from uuid import uuid4

import imageio_ffmpeg
import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from cms.models import AgeStage, Topic
from learners.accounts.models import User
from learners.accounts.roles import EDITORS
from learners.stories import editing, photos, sending

TEXT = "外婆有一个旧账本。\n\n她记的不是钱，是谁帮过我们。\n逢年过节，一家一家去道谢。"
PEN_NAME = "小雨妈妈"
CONSENT = {"people": "on", "children": "on", "public": "on"}


def jpeg(size=(640, 480), **options):
    """A photo with place, camera and upright turn written into it."""
    image = Image.new("RGB", size, (180, 90, 40))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "SecretCamera", "Phone 9", 6
    exif.get_ifd(0x8825)[2] = (29.0, 33.0, 12.0)
    target = BytesIO()
    image.save(target, "JPEG", exif=exif, comment=b"SecretPlace", **options)
    return target.getvalue()


def upload(content, name="IMG_secret_2026.jpg", content_type="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type)


def story_of(user, **words):
    facts = {"title": "外婆的账本", "pen_name": PEN_NAME, "text": TEXT, **words}
    return editing.write(user, uuid4(), **facts)


def sent_by(user, **words):
    story = story_of(user, **words)
    sending.send(story)
    story.refresh_from_db()
    return story


@pytest.fixture(scope="session")
def film_bytes(tmp_path_factory):
    """Two seconds that say where and when they were made."""
    path = tmp_path_factory.mktemp("films") / "film.mp4"
    made = ["-f", "lavfi", "-i", "testsrc=s=180x320:d=2:r=10", "-f", "lavfi", "-i", "sine=d=2"]
    told = ["-metadata", "location=+29.55+106.55/", "-metadata", "comment=SecretPlace"]
    told += ["-metadata", "creation_time=2026-11-01T08:00:00Z", "-movflags", "use_metadata_tags"]
    codecs = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-c:a", "aac"]
    ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
    subprocess.run([*ffmpeg, *made, *codecs, "-shortest", *told, path], check=True, timeout=60)
    return path.read_bytes()


@pytest.fixture
def school(home):
    call_command("prepare_school", stdout=StringIO())


@pytest.fixture
def editor(school):
    user = User.objects.create_user("bianji", password="a-good-long-password", name="编辑小周")
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def mother(client, chen_jing):
    client.force_login(chen_jing)
    return client


@pytest.fixture
def draft(chen_jing):
    return story_of(chen_jing)


@pytest.fixture
def waiting(chen_jing):
    """With one photo."""
    story = story_of(chen_jing)
    photos.add(story, ContentFile(jpeg(), name="a.jpg"))
    sending.send(story)
    story.refresh_from_db()
    return story


def content_of(name):
    with default_storage.open(name) as file:
        return file.read()


def publish_data(story, **changes):
    data = {
        "title": "外婆的旧账本",
        "summary": "记的不是钱，是谁帮过我们。",
        "age_stages": [AgeStage.objects.first().pk],
        "topics": [Topic.objects.first().pk],
    }
    data |= {f"photo-{photo.pk}": "一本摊开的旧账本" for photo in story.photos.all()}
    return {**data, **changes}
