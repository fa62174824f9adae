from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import PageViewRestriction

from cms import share_card
from cms.models import ArticleIndexPage, ArticlePage, HomePage
from media.models import Picture


@pytest.fixture
def article(home):
    index = ArticleIndexPage.objects.get()
    page = index.add_child(
        instance=ArticlePage(title="睡前十分钟", slug="sleep", minutes=4, body=[])
    )
    page.save_revision().publish()
    return ArticlePage.objects.get()


@pytest.fixture
def picture(db):
    drawn = BytesIO()
    Image.new("RGB", (900, 600), "#123456").save(drawn, "PNG")
    return Picture.objects.create(title="p", file=ImageFile(drawn, name="p.png"))


def opened(response):
    return Image.open(BytesIO(response.content)).convert("RGB")


def test_card_is_public_and_may_be_kept(client, article):
    response = client.get(f"/share/{article.pk}.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert {part.strip() for part in response["Cache-Control"].split(",")} == {
        "public",
        "max-age=3600",
    }
    assert "Cookie" not in response.get("Vary", "")
    assert opened(response).size == (750, 1060)


def test_card_shows_the_cover(client, article, picture):
    plain = opened(client.get(f"/share/{article.pk}.png"))
    article.cover = picture
    article.save_revision().publish()
    covered = opened(client.get(f"/share/{article.pk}.png"))
    assert plain.getpixel((5, 5)) == (243, 217, 184)
    assert all(abs(a - b) < 8 for a, b in zip(covered.getpixel((5, 5)), (18, 52, 86), strict=True))


def test_card_is_drawn_once_until_published_anew(article, monkeypatch):
    drawn = []
    monkeypatch.setattr(share_card, "draw", lambda page: drawn.append(page.title) or b"png")
    for _time in range(2):
        assert share_card.png(article) == b"png"
    article.title = "睡前二十分钟"
    article.save_revision().publish()
    share_card.png(ArticlePage.objects.get())
    assert drawn == ["睡前十分钟", "睡前二十分钟"]
    cache.clear()


def test_address_is_the_public_one(article, settings):
    settings.SITE_URL = "https://school.example"
    assert share_card.address(article) == "https://school.example/articles/sleep/"


def test_long_words_stay_on_the_card(client, article):
    article.title, article.summary = "很长的标题，" * 40, "说" * 200
    article.save_revision().publish()
    foot = opened(client.get(f"/share/{article.pk}.png")).crop((740, 430, 750, 1060))
    assert len(foot.getcolors()) == 1


def test_what_is_not_public_has_no_card(client, article):
    assert client.get(f"/share/{HomePage.objects.get().pk}.png").status_code == 404
    assert client.get("/share/999999.png").status_code == 404
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert client.get(f"/share/{article.pk}.png").status_code == 404
    PageViewRestriction.objects.all().delete()
    article.unpublish()
    assert client.get(f"/share/{article.pk}.png").status_code == 404
    assert client.post(f"/share/{article.pk}.png").status_code == 405


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 40])
def test_number_that_no_page_has_is_not_found(client, home, number):
    assert client.get(f"/share/{number}.png").status_code == 404
