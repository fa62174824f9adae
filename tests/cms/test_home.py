from datetime import date

import pytest
from django.utils import timezone
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.models import AgeStage
from cms.models.home import CampaignBlock


def curate(home, title, *pages):
    home.sections = [("shelf", {"title": title, "note": "", "resources": list(pages)})]
    home.save_revision().publish()


def test_home_shows_shelves_in_the_editors_order(client, home, add):
    second, first = add("article", "second"), add("story", "first")
    curate(home, "岁末家风", first, second)
    sections = client.get("/").context["sections"]
    assert [section["title"] for section in sections] == ["岁末家风"]
    assert [page.title for page in sections[0]["resources"]] == ["first", "second"]


def test_home_leaves_out_what_is_not_public_and_shelves_without_anything(client, home, add):
    gone = add("article", "gone")
    curate(home, "岁末家风", gone)
    gone.unpublish()
    assert client.get("/").context["sections"] == []


def campaign(page, starts, ends):
    return {"title": "岁末", "note": "", "resources": [page], "starts": starts, "ends": ends}


@pytest.mark.parametrize(("day", "shown"), [(19, []), (20, ["岁末"]), (30, ["岁末"]), (31, [])])
def test_campaign_is_shown_from_its_first_to_its_last_day(
    client, home, add, monkeypatch, day, shown
):
    dates = (date(2026, 12, 20), date(2026, 12, 30))
    home.sections = [("campaign", campaign(add("story", "s"), *dates))]
    home.save_revision().publish()
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 12, day))
    assert [section["title"] for section in client.get("/").context["sections"]] == shown


def test_campaign_that_ends_before_it_starts_is_refused(add):
    block = CampaignBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(campaign_json("2026-12-30", "2026-12-20")))
    assert list(refused.value.block_errors) == ["ends"]


def test_campaign_without_an_end_is_refused(add):
    block = CampaignBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(campaign_json("2026-12-30", None)))
    assert "ends" in refused.value.block_errors


def test_draft_of_a_campaign_may_lack_its_days_and_shows_nothing(rf, home, add):
    story, block = add("story", "s"), CampaignBlock()
    block.defer_required_validation()
    for days in (("2026-12-30", None), (None, "2026-12-30"), (None, None)):
        value = block.clean(block.to_python(campaign_json(*days)))
        home.sections = [("campaign", campaign(story, value["starts"], value["ends"]))]
        assert home.get_context(rf.get("/"))["sections"] == []


def campaign_json(starts, ends):
    return {"title": "岁末", "note": "", "resources": [], "starts": starts, "ends": ends}


def test_home_shows_the_newest_of_every_kind_and_all_age_stages(client, home, add, course):
    add("video", "v")
    add("story", "s", age="7-12")
    context = client.get("/").context
    shown = [context[name] for name in ("short_videos", "courses", "stories", "articles")]
    assert [[page.slug for page in pages] for pages in shown] == [["v"], ["phone-rules"], ["s"], []]
    assert list(context["age_stages"]) == list(AgeStage.objects.all())


def test_experts_are_listed_with_what_they_made(client, expert, add):
    made, _other = add("article", "made"), add("article", "other")
    made.experts = [expert]
    made.save_revision().publish()
    assert [page.title for page in client.get("/experts/").context["experts"]] == ["林教授"]
    resources = client.get("/experts/lin/").context["resources"]
    assert [page.slug for page in resources] == ["made"]


def test_related_share_most_terms_first_and_nothing_private(client, add):
    add("article", "page", age="7-12", circumstance="grandparents", topic="labour")
    add("story", "age", age="7-12")
    add("story", "topic", topic="labour")
    add("video", "all", age="7-12", circumstance="grandparents", topic="labour")
    add("video", "draft", age="7-12", circumstance="grandparents", topic="labour").unpublish()
    add("article", "stranger", age="0-3")
    related = client.get("/articles/page/").context["related"]
    assert [page.slug for page in related] == ["all", "topic", "age"]
