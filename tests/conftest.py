"""The fixed cast and the ground they stand on, for every test."""

import os

import pytest
from wagtail.models import Page, Site

from cms.models import ArticleIndexPage, HomePage, ShortVideoIndexPage, StoryIndexPage
from courses.models import CourseIndexPage, CoursePage, LessonPage
from learners.accounts.models import User
from learners.accounts.protected import keyed_hash


def pytest_collection_modifyitems(items):
    """Every test with real transactions begins with the rows that the migrations made.

    One that does not ask for them leaves an emptied database with content types of its own,
    which the rows of the next one clash with.
    """
    restored = pytest.mark.django_db(transaction=True, serialized_rollback=True)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.add_marker(restored, append=False)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """No test sees the files or the cache of another."""
    settings.MEDIA_ROOT = tmp_path / "media"
    # Hashed names need collectstatic; what it makes is tested in the browser.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PAGE_CACHE_ENTRIES = 0
    # The database searches; tests/search turns to the cluster where it means to.
    settings.ELASTICSEARCH_URL = ""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # Statements are counted: a session costs one, wherever the cache is.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    settings.CACHES = {"default": own_cache(settings.CACHES["default"], tmp_path)}


def own_cache(configured, folder):
    """Tests run side by side: in one cache they would forget each other's entries."""
    if "filebased" in configured["BACKEND"]:
        return {**configured, "LOCATION": str(folder / "cache")}
    return {**configured, "KEY_PREFIX": folder.name + str(os.getpid())}


def person(name, phone="", **fields):
    user = User(name=name, phone=phone, **fields)
    if phone:
        user.phone_hash, user.phone_verified = keyed_hash(phone), True
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def chen_jing(db):
    """A mother."""
    return person("陈静", "+8613800138001")


@pytest.fixture
def chen_jianguo(db):
    """The grandfather of the same child."""
    return person("陈建国", "+8613800138002")


@pytest.fixture
def li_wei(db):
    """A parent of another class: must not see."""
    return person("李伟", "+8613800138003")


@pytest.fixture
def home(db):
    """The home page with its indexes, as prepare_school makes them."""
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="家长学校", slug="home"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    home.add_child(instance=CourseIndexPage(title="课程", slug="courses"))
    home.add_child(instance=ShortVideoIndexPage(title="短视频", slug="videos"))
    home.add_child(instance=StoryIndexPage(title="家风故事", slug="stories"))
    home.add_child(instance=ArticleIndexPage(title="文章", slug="articles"))
    return home


@pytest.fixture
def course(home):
    """A published course without lessons."""
    index = CourseIndexPage.objects.get()
    return index.add_child(
        instance=CoursePage(title="手机与孩子：立规矩，不伤感情", slug="phone-rules")
    )


@pytest.fixture
def article_lesson(course):
    """Its first lesson: an article of 600 characters."""
    return course.add_child(
        instance=LessonPage(
            title="为什么一收手机就吵",
            slug="why",
            format="article",
            body=[("paragraph", "<p>" + "字" * 600 + "</p>")],
        )
    )
