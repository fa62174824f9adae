"""The pages that every school has, made where they are missing."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.models import (
    ArticleIndexPage,
    ExpertIndexPage,
    HomePage,
    ShortVideoIndexPage,
    StoryIndexPage,
)

INDEXES: list[tuple[type[Page], str, str]] = [
    (ShortVideoIndexPage, "短视频", "videos"),
    (StoryIndexPage, "家风故事", "stories"),
    (ArticleIndexPage, "文章", "articles"),
    (ExpertIndexPage, "专家", "experts"),
]


def ensure_tree() -> HomePage:
    """The home page with its indexes, as the root of the default site. Repeatable."""
    home = HomePage.objects.first() or _add_home()
    for model, title, slug in INDEXES:
        ensure_child(home, model, title, slug)
    return home


def ensure_child(parent: Page, model: type[Page], title: str, slug: str) -> Page:
    found = model.objects.child_of(parent).first()
    return found or parent.add_child(instance=model(title=title, slug=slug, show_in_menus=True))


def _add_home() -> HomePage:
    root = Page.objects.get(depth=1)
    welcome = Page.objects.child_of(root).filter(slug="home").first()
    home = root.add_child(instance=HomePage(title="家长学校", slug="school"))
    address = urlsplit(settings.SITE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or (443 if address.scheme == "https" else 80),
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    if welcome is not None:
        welcome.delete()
    return home
