"""What a parent is recommended: for the ages they chose, without what they already learn."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import AgeStage, ArticleIndexPage, ArticlePage, Circumstance, Topic
from learners.accounts.models import Consent
from learners.schools import family
from learners.schools.models import District
from learners.study import enrolment, for_you, interests
from learners.study.interests import Chosen
from learners.study.models import Interests
from search import indexing
from tests.learners.schools.conftest import make_child, make_class, make_guardian, make_school


@pytest.fixture
def article(home):
    def put(title, age="7-12", topic="sleep", circumstance=None):
        index = ArticleIndexPage.objects.get()
        page = ArticlePage(title=title, slug=f"a{index.get_children_count()}", live=False)
        index.add_child(instance=page)
        page.age_stages = AgeStage.objects.filter(code=age)
        page.topics = Topic.objects.filter(code=topic)
        page.circumstances = Circumstance.objects.filter(code=circumstance)
        page.save_revision().publish()
        return page

    return put


@pytest.fixture
def shown(chen_jing):
    def titles():
        indexing.carry_out()
        return [(one.title, one.reason) for one in for_you.recommended(chen_jing)]

    return titles


def test_nothing_without_a_choice(article, shown):
    article("几点睡")
    assert shown() == []


def test_chosen_age_is_the_reason(article, shown, chen_jing):
    article("几点睡")
    article("头三个月", age="0-3")
    interests.choose(chen_jing, Chosen(age_stages=("7-12",)))
    assert shown() == [("几点睡", "适合 7—12岁")]


def test_circumstances_come_first_and_are_not_named(article, shown, chen_jing):
    article("几点睡", topic="sleep")
    article("别人家的", age="13-15", topic="reading", circumstance="left-behind")
    article("一通电话", topic="communication", circumstance="left-behind")
    interests.choose(chen_jing, Chosen(("7-12",), ("left-behind",)))
    assert shown() == [("一通电话", "适合 7—12岁"), ("几点睡", "适合 7—12岁")]


def test_what_is_for_circumstances_nobody_saved_comes_last(article, shown, chen_jing):
    article("跑不快", topic="fitness", circumstance="disability")
    article("一通电话", topic="communication", circumstance="left-behind")
    for title in ("睡一", "睡二"):
        article(title)
    interests.choose(chen_jing, Chosen(("7-12",)))
    titles = [title for title, _reason in shown()]
    assert (set(titles[:2]), set(titles[2:])) == ({"睡一", "睡二"}, {"跑不快", "一通电话"})
    interests.choose(chen_jing, Chosen(("7-12",), ("disability",)))
    titles = [title for title, _reason in shown()]
    assert (titles[0], titles[3]) == ("跑不快", "一通电话")


def test_topics_vary(article, shown, chen_jing):
    for title in ("睡一", "睡二", "睡三", "睡四", "睡五"):
        article(title)
    article("读书", topic="reading")
    interests.choose(chen_jing, Chosen(("7-12",)))
    titles = [title for title, _reason in shown()]
    assert (len(titles), "读书" in titles[:2]) == (4, True)


def test_course_being_learned_is_not_recommended(course, shown, chen_jing):
    course.age_stages = AgeStage.objects.filter(code="7-12")
    course.save_revision().publish()
    interests.choose(chen_jing, Chosen(("7-12",)))
    assert [title for title, _reason in shown()] == [course.title]
    enrolment.enrol(chen_jing, course)
    assert shown() == []


def test_circumstances_are_encrypted_and_consented(chen_jing):
    interests.choose(chen_jing, Chosen(("7-12",), ("left-behind",)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT circumstances FROM study_interests")
        assert "left-behind" not in cursor.fetchone()[0]
    assert list(Consent.objects.values_list("user", "purpose")) == [(chen_jing.pk, "circumstances")]
    interests.choose(chen_jing, Chosen(("7-12",)))
    assert (interests.of(chen_jing), Consent.objects.count()) == (Chosen(("7-12",)), 0)


def test_form_keeps_known_codes_of_the_person_alone(client, chen_jing, li_wei):
    client.force_login(chen_jing)
    sent = {"age_stages": ["7-12"], "circumstances": ["multi-child"]}
    assert client.post("/learn/interests/", sent).headers["Location"] == "/learn/"
    assert client.post("/learn/interests/", {"age_stages": ["nine"]}).status_code == 200
    assert interests.of(chen_jing) == Chosen(("7-12",), ("multi-child",))
    assert interests.of(li_wei) == Chosen()


def test_form_is_for_people_who_signed_in(client, db):
    assert client.get("/learn/interests/").status_code == 302


def test_home_state_has_what_is_recommended(article, client, chen_jing, home):
    article("几点睡")
    indexing.carry_out()
    interests.choose(chen_jing, Chosen(("7-12",)))
    client.force_login(chen_jing)
    (one,) = client.get(f"/learn/state/{home.pk}/").json()["for_you"]
    assert (one["title"], one["reason"]) == ("几点睡", "适合 7—12岁")
    assert "几点睡" in client.get("/learn/").content.decode()


def test_interests_are_taken_away_and_erased(chen_jing):
    interests.choose(chen_jing, Chosen(("7-12",), ("multi-child",)))
    assert interests.export(chen_jing) == {
        "interests": {"age_stages": ["7-12"], "circumstances": ["multi-child"]}
    }
    interests.erase(chen_jing)
    assert Interests.objects.count() == 0


def test_class_of_a_child_says_the_age_without_a_choice(article, shown, chen_jing, li_wei):
    article("几点睡")
    article("头三个月", age="0-3")
    district = District.objects.get(code="500105")
    third = make_class(make_school(district))
    mine, others = make_child(third), make_child(third, "别人的孩子")
    make_guardian(chen_jing, mine)
    make_guardian(li_wei, others)
    assert shown() == [("几点睡", "适合 7—12岁")]


def test_own_child_counts_beside_what_was_chosen(article, shown, chen_jing):
    article("几点睡", age="7-12")
    article("头三个月", age="0-3", topic="early-care")
    article("顶嘴", age="13-15", topic="adolescence")
    family.add_own_child(
        chen_jing,
        nickname="满满",
        birth_month="2026-02",
        due_date="",
        relation="mother",
        version="2026-11",
    )
    interests.choose(chen_jing, Chosen(("7-12",)))
    assert sorted(shown()) == [("几点睡", "适合 7—12岁"), ("头三个月", "适合 0—3岁")]


def test_queries_do_not_grow_with_children(article, chen_jing, django_assert_num_queries):
    article("几点睡")
    indexing.carry_out()
    third = make_class(make_school(District.objects.get(code="500105")))
    make_guardian(chen_jing, make_child(third))
    for_you.recommended(chen_jing)
    with CaptureQueriesContext(connection) as alone:
        for_you.recommended(chen_jing)
    for name in ("老二", "老三"):
        make_guardian(chen_jing, make_child(third, name))
    with django_assert_num_queries(len(alone)):
        for_you.recommended(chen_jing)
