from wagtail.models import PageViewRestriction


def test_public_page_may_be_kept_by_every_cache(client, course):
    response = client.get("/courses/phone-rules/")
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in response


def test_page_behind_a_password_is_kept_by_none(client, course):
    PageViewRestriction.objects.create(
        page=course, restriction_type=PageViewRestriction.PASSWORD, password="芝麻开门"
    )
    response = client.get("/courses/phone-rules/")
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "立规矩" not in response.content.decode()


def test_posting_to_a_page_is_not_allowed(client, course):
    assert client.post("/courses/phone-rules/").status_code == 405


def test_robots_may_not_walk_personal_pages(client, home):
    lines = client.get("/robots.txt").content.decode().split("\n")
    assert [line for line in lines if line.startswith("Disallow")] == [
        "Disallow: /account/",
        "Disallow: /admin/",
        "Disallow: /learn/",
        "Disallow: /search/",
    ]


def test_sitemap_names_published_pages_only(client, course, article_lesson):
    article_lesson.unpublish()
    content = client.get("/sitemap.xml").content.decode()
    assert "/courses/phone-rules/</loc>" in content
    assert "/courses/phone-rules/why/" not in content
