"""From one short video to the next."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from cms.models import ShortVideoIndexPage, ShortVideoPage
from media.models import Recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def videos(home):
    """Three, the newest first."""
    file = ContentFile(b"not played in these tests", name="a.mp4")
    recording = Recording.objects.create(title="短", type="video", duration=9, file=file)
    index = ShortVideoIndexPage.objects.get()
    made = []
    for number in range(3):
        page = ShortVideoPage(title=f"短视频 {number}", slug=f"s{number}", recording=recording)
        index.add_child(instance=page)
        at = timezone.now() - timedelta(days=number)
        ShortVideoPage.objects.filter(pk=page.pk).update(first_published_at=at)
        made.append(ShortVideoPage.objects.get(pk=page.pk))
    return made


def test_feed_goes_from_newer_to_older_and_begins_again(videos):
    newest, middle, oldest = videos
    assert [page.next_video() for page in videos] == [middle, oldest, newest]


def test_unpublished_video_is_left_out(videos):
    newest, middle, oldest = videos
    middle.unpublish()
    assert newest.next_video() == oldest


def test_single_video_has_no_next(videos):
    for page in videos[1:]:
        page.unpublish()
    assert videos[0].next_video() is None


def test_page_leads_on_without_scripts(client, videos):
    page = client.get("/videos/s0/").content.decode()
    assert '<a class="step" rel="next" href="/videos/s1/">' in page
    assert 'data-feed-next="/videos/s1/"' in page
