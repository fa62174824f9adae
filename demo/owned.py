"""What the demonstration's expert made stands on their desk, with its pictures and recordings."""

from wagtail.models import Page

from cms.models import ResourcePage, ShortVideoPage
from courses.models import LessonPage
from learners.accounts.models import User
from media.models import Picture, Recording


def load(expert: User, slug: str) -> None:
    """Of the expert whose profile has this slug, as far as nobody owns it yet."""
    made = ResourcePage.objects.filter(experts__slug=slug)
    Page.objects.filter(pk__in=made.values("pk"), owner=None).update(owner=expert)
    covers = Picture.objects.filter(pk__in=made.values("cover"), uploaded_by_user=None)
    covers.update(uploaded_by_user=expert)
    for kind in (LessonPage, ShortVideoPage):
        used = kind.objects.filter(experts__slug=slug).values("recording")
        films = Recording.objects.filter(pk__in=used, uploaded_by_user=None)
        films.update(uploaded_by_user=expert)
