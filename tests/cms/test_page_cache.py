import gzip
import subprocess
import sys

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from cms import page_cache
from cms.models import ArticleIndexPage, ArticlePage, Topic
from cms.page_cache import Entry, Generation, PageCacheMiddleware, Pages, generation
from tests.cms import page_cache_urls as views


@pytest.fixture(autouse=True)
def held(settings, db):
    """The cache turned on, nothing held, nothing counted."""
    settings.PAGE_CACHE_ENTRIES = 100
    settings.ROOT_URLCONF = "tests.cms.page_cache_urls"
    generation.bump()
    views.asked.clear()
    views.while_rendering.clear()


@pytest.fixture
def clock(monkeypatch):
    """Seconds, moved by hand."""

    class Clock:
        now = 1000.0

    monkeypatch.setattr(page_cache.time, "monotonic", lambda: Clock.now)
    generation.checked = float("-inf")
    return Clock


@pytest.fixture
def article(home):
    index = ArticleIndexPage.objects.get()
    return index.add_child(instance=ArticlePage(title="Before", slug="phone", body=[]))


def title(client):
    return client.get("/page/phone/").content.split(b"</p>")[0].decode().removeprefix("<p>")


def test_page_asked_twice_is_rendered_once(client):
    first, second = client.get("/page/one/"), client.get("/page/one/")
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)
    assert second["Cache-Control"] == "public, max-age=60"
    assert second["Vary"] == "Accept-Encoding"
    assert second["Content-Length"] == str(len(second.content))
    assert second["X-Frame-Options"] == "SAMEORIGIN"
    assert views.asked == ["/page/one/"]


def test_page_is_rendered_from_its_key_alone(client):
    client.cookies["sessionid"] = "somebody"
    page = client.get("/page/one/?utm_source=x&age=4-6", headers={"Accept": "text/odd"})
    assert page.content.startswith(b"<p>one</p><p>age=4-6|[]|None</p>")


@pytest.mark.parametrize("junk", ["from=groupmessage", "utm_source=a&utm_medium=b", "x=1", "&&&"])
def test_unknown_parameter_shares_the_entry(client, junk):
    first = client.get("/page/one/")
    second = client.get(f"/page/one/?{junk}")
    assert second.content == first.content
    assert views.asked == ["/page/one/"]


def test_unknown_parameter_asked_first_shares_the_entry(client):
    first = client.get("/page/one/?from=groupmessage&age=4-6&isappinstalled=0")
    second = client.get("/page/one/?age=4-6")
    assert second.content == first.content
    assert views.asked == ["/page/one/?age=4-6"]


def test_known_parameters_in_any_order_share_the_entry(client):
    client.get("/page/one/?age=4-6&topic=phone")
    client.get("/page/one/?topic=phone&age=4-6")
    client.get("/page/one/?topic=sleep&age=4-6")
    assert views.asked == ["/page/one/?age=4-6&topic=phone", "/page/one/?age=4-6&topic=sleep"]


def test_repeated_parameter_keeps_its_order(client):
    client.get("/page/one/?age=0-3&age=4-6")
    client.get("/page/one/?age=4-6&age=0-3")
    assert views.asked == ["/page/one/?age=0-3&age=4-6", "/page/one/?age=4-6&age=0-3"]


def test_query_with_too_many_parameters_counts_as_none(client):
    client.get("/page/one/")
    client.get("/page/one/?" + "&".join(f"a{n}={n}" for n in range(60)))
    assert views.asked == ["/page/one/"]


def test_redirect_by_unknown_parameter_still_works(client):
    assert client.get("/moved/?id=5")["Location"] == "/page/five/"
    assert client.get("/moved/").status_code == 404
    assert views.asked == ["/moved/", "/moved/?id=5", "/moved/"]


def test_gzip_is_made_once_and_says_the_same(client):
    plain = client.get("/page/one/")
    packed = client.get("/page/one/", headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(packed.content))
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"]
    assert views.asked == ["/page/one/"]


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("GZIP;q=0.5, br", True),
        ("deflate, gzip;q=1.0", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("br", False),
        ("x-gzip", False),
        ("", False),
    ],
)
def test_accept_encoding(header, accepted):
    assert page_cache.accepts_gzip(header) is accepted


def test_head_answers_as_get_without_a_body(client):
    page = client.get("/page/one/")
    head = client.head("/page/one/")
    assert head.content == b""
    assert dict(head.headers) == dict(page.headers)
    assert views.asked == ["/page/one/"]


def test_head_first_holds_the_page(client):
    head = client.head("/page/one/")
    assert client.get("/page/one/")["Content-Length"] == head["Content-Length"]
    assert views.asked == ["/page/one/"]


@pytest.mark.parametrize("tag", ["{}", '"other", {}', "*"])
def test_page_unchanged_answers_304(client, tag):
    etag = client.get("/page/one/")["ETag"]
    answer = client.get("/page/one/", headers={"If-None-Match": tag.format(etag)})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert answer["Cache-Control"] == "public, max-age=60"


def test_page_changed_answers_whole(client):
    client.get("/page/one/")
    answer = client.get("/page/one/", headers={"If-None-Match": '"other"'})
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["cookie", "varies", "not-public", "no-store", "learn"])
def test_answer_that_is_not_for_everyone_is_never_held(name):
    for _ in range(2):
        assert Client().get(f"/{name}/").status_code == 200
    assert views.asked == [f"/{name}/"] * 2


def test_private_page_is_asked_with_the_cookie_and_never_held(client):
    client.cookies["pass"] = "1"
    assert client.get("/private/").content == b"secret"
    assert Client().get("/private/").content == b"locked"
    assert client.get("/private/").content == b"secret"


def test_other_methods_pass_through(client):
    client.get("/page/one/")
    client.post("/page/one/")
    client.put("/page/one/")
    assert views.asked == ["/page/one/"] * 3


def test_authorization_passes_through(client):
    client.get("/page/one/")
    client.get("/page/one/", headers={"Authorization": "Bearer x"})
    assert views.asked == ["/page/one/"] * 2


def test_preview_neither_reads_nor_writes_what_is_held(article, chen_jing):
    draft = HttpResponse("draft", headers={"Cache-Control": "public"})
    middleware = PageCacheMiddleware(lambda request: draft)
    preview = RequestFactory().get("/page/phone/")
    preview.user, preview.is_dummy = AnonymousUser(), True
    assert middleware(preview).content == b"draft"
    assert not middleware.pages.entries


def test_forged_host_is_refused_and_not_held(client, settings):
    client.get("/page/one/")
    refused = client.get("/page/one/", headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert client.get("/page/one/").status_code == 200
    assert views.asked == ["/page/one/"]


def test_hosts_and_schemes_have_their_own_entries(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.get("/page/one/")
    client.get("/page/one/", headers={"Host": "other.example"})
    client.get("/page/one/", secure=True)
    assert views.asked == ["/page/one/"] * 3


def test_ten_thousand_junk_queries_leave_the_keys_bounded():
    page = HttpResponse("x" * 1000, headers={"Cache-Control": "public"})
    middleware = PageCacheMiddleware(lambda request: page)
    ask = RequestFactory().get
    for n in range(5000):
        middleware(ask(f"/page/one/?junk{n}={n}"))
    assert len(middleware.pages.entries) == 1
    for n in range(5000):
        middleware(ask(f"/page/one/?page={n}"))
    assert len(middleware.pages.entries) == 100
    assert middleware.pages.bytes == sum(e.size for e in middleware.pages.entries.values())


def test_bytes_are_bounded_and_the_least_used_goes_first():
    pages = Pages(most_entries=10, most_bytes=3 * (1000 + 2048))
    for name in ("a", "b", "c"):
        pages.put(("", "", name, ""), Entry("t", 2e9, "", b"x" * 1000, b""))
    pages.get(("", "", "a", ""), "t")
    pages.put(("", "", "d", ""), Entry("t", 2e9, "", b"x" * 1000, b""))
    assert [key[2] for key in pages.entries] == ["c", "a", "d"]
    assert pages.bytes == 3 * 3048


def test_enormous_page_is_not_held():
    page = HttpResponse(b"x" * (page_cache.LONGEST_ENTRY + 1), headers={"Cache-Control": "public"})
    assert not page_cache.is_holdable(page)


def test_entry_grows_old(client, clock):
    client.get("/page/one/")
    clock.now += page_cache.ENTRY_SECONDS - 1
    client.get("/page/one/")
    clock.now += 2
    client.get("/page/one/")
    assert views.asked == ["/page/one/"] * 2


def test_purge_elsewhere_is_seen_within_a_second(client, clock):
    client.get("/page/one/")
    caches.create_connection("default").set(Generation.key, "from the worker", None)
    clock.now += 0.9
    client.get("/page/one/")
    assert len(views.asked) == 1
    clock.now += 0.1
    client.get("/page/one/")
    assert len(views.asked) == 2


def test_purge_by_another_process(client, clock, settings):
    client.get("/page/one/")
    code = (
        f"from django.conf import settings; settings.CACHES = {settings.CACHES!r}; "
        "import django; django.setup(); from cms.page_cache import generation as g; g.bump()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    clock.now += 1
    client.get("/page/one/")
    assert len(views.asked) == 2


def test_generation_evicted_forgets_what_is_held(client, clock):
    client.get("/page/one/")
    caches["default"].delete(Generation.key)
    clock.now += 1
    client.get("/page/one/")
    assert len(views.asked) == 2


def test_unreadable_generation_keeps_serving(client, clock, monkeypatch):
    client.get("/page/one/")
    monkeypatch.setattr(Generation, "read", lambda self: 1 / 0)
    clock.now += 1
    assert client.get("/page/one/").status_code == 200
    assert len(views.asked) == 1


def test_page_published_between_render_and_store_is_not_held_old(client, article):
    def publish():
        views.while_rendering.clear()
        ArticlePage.objects.filter(pk=article.pk).update(title="After")
        generation.bump()

    views.while_rendering.append(publish)
    client.get("/page/phone/")
    client.get("/page/phone/")
    assert title(client) == "After"
    assert len(views.asked) == 2


def changes(article):
    """Everything that changes what the public reads, by name."""
    index = ArticleIndexPage.objects.get()
    topic = Topic.objects.create(code="t", name="t")
    site = Site.objects.get()
    return {
        "publish": lambda: article.save_revision().publish(),
        "unpublish": article.unpublish,
        "move": lambda: article.move(index, pos="last-child"),
        "delete": article.delete,
        "save": article.save,
        "topic": topic.save,
        "topic deleted": topic.delete,
        "site": site.save,
        "redirect": lambda: Redirect.objects.create(old_path="/a", redirect_link="/b"),
        "restriction": lambda: PageViewRestriction.objects.create(
            page=article, restriction_type="login"
        ),
    }


CHANGES = [
    "publish",
    "unpublish",
    "move",
    "delete",
    "save",
    "topic",
    "topic deleted",
    "site",
    "redirect",
    "restriction",
]


@pytest.mark.parametrize("change", CHANGES)
def test_change_purges_once_committed(client, article, change, django_capture_on_commit_callbacks):
    act = changes(article)[change]
    client.get("/page/one/")
    with django_capture_on_commit_callbacks(execute=True):
        act()
        client.get("/page/one/")
        assert len(views.asked) == 1
    client.get("/page/one/")
    assert len(views.asked) == 2


def test_draft_saved_does_not_purge(client, article, django_capture_on_commit_callbacks):
    client.get("/page/one/")
    with django_capture_on_commit_callbacks(execute=True):
        article.title = "Draft"
        article.save_revision()
    client.get("/page/one/")
    assert len(views.asked) == 1


def test_scheduled_publishing_purges(client, article, django_capture_on_commit_callbacks):
    assert title(client) == "Before"
    article.title = "After"
    revision = article.save_revision(
        approved_go_live_at=timezone.now() - timezone.timedelta(minutes=1)
    )
    assert revision.approved_go_live_at
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")
    assert title(client) == "After"
