import json
import re

from cms import structured


def data_of(response):
    text = response.content.decode()
    return json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', text).group(1)
    )


def test_json_ld_cannot_end_its_script_element():
    text = structured.json_ld({"name": "</script><b>&"})
    assert "<" not in text and "&" not in text
    assert json.loads(text)["name"] == "</script><b>&"


def test_duration_is_iso_8601():
    assert structured.duration(95) == "PT1M35S"
    assert structured.duration(3600) == "PT60M0S"


def test_short_video_is_a_video_object(client, add):
    add("video", "hold", title="牵着她", summary="过马路", search_description="牵着她过马路")
    data = data_of(client.get("/videos/hold/"))
    assert data["@type"] == "VideoObject"
    assert data["name"] == "牵着她"
    assert data["description"] == "牵着她过马路"
    assert data["duration"] == "PT1M35S"
    assert data["contentUrl"].startswith("http://testserver/media/")


def test_story_is_an_article_told_by_a_person(client, add):
    add("story", "toolbox", told_by="小杜")
    data = data_of(client.get("/stories/toolbox/"))
    assert (data["@type"], data["author"]) == ("Article", {"@type": "Person", "name": "小杜"})


def test_course_is_a_course_of_the_school(client, course, article_lesson):
    data = data_of(client.get("/courses/phone-rules/"))
    assert data["@type"] == "Course"
    assert data["provider"] == {"@type": "Organization", "name": "家长学校"}


def test_shared_link_says_title_description_and_address(client, add):
    add("article", "sleep", title="睡够觉", summary="睡前一小时", seo_title="孩子睡不够怎么办")
    content = client.get("/articles/sleep/").content.decode()
    assert '<meta property="og:title" content="孩子睡不够怎么办">' in content
    assert '<meta property="og:description" content="睡前一小时">' in content
    assert '<link rel="canonical" href="http://localhost/articles/sleep/">' in content


def test_breadcrumbs_lead_from_home_to_the_index(client, add):
    add("article", "sleep")
    crumbs = client.get("/articles/sleep/").context["breadcrumbs"]
    assert crumbs == [{"title": "家长学校", "url": "/"}, {"title": "文章", "url": "/articles/"}]
