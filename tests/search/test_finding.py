"""What parents type finds what was meant; both engines keep these."""

import pytest

from search import door
from search.models import Synonym
from search.query import Query

PHONE, SLEEP, GRANNY = "手机放哪里", "几点上床", "老人带娃，一条心"


@pytest.fixture
def three(shelf):
    shelf(PHONE, "放学回家先写作业，手机放在客厅的盒子里。", topic=["screen-time"], age=["7-12"])
    shelf(SLEEP, "小学生每天要睡够十小时。睡眠不足，第二天没精神。", topic=["sleep"], age=["7-12"])
    shelf(GRANNY, "奶奶和妈妈说好分工。ADHD 的孩子也一样。", circumstance=["grandparents"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("手机", [PHONE]),
        ("孩子玩手机不写作业", [PHONE]),
        ("睡眠", [SLEEP]),
        ("爷爷奶奶带", [GRANNY]),
        ("隔代教养", [GRANNY]),
        ("祖辈", [GRANNY]),
        ("娃儿晚上不睡觉啷个办", [SLEEP]),
        ("shuimian", [SLEEP]),
        ("shui mian", [SLEEP]),
        ("shuimain", [SLEEP]),
        ("gdjy", [GRANNY]),
        ("睡绵", [SLEEP]),
        ("手饥", [PHONE]),
        ("隔代教样", [GRANNY]),
        ("手機", [PHONE]),
        ("睡 眠", [SLEEP]),
        ("ＡＤＨＤ", [GRANNY]),
        ("adhd孩子", [GRANNY]),
        ("溺水", []),
    ],
)
def test_typed_finds_what_was_meant(three, find, typed, found):
    assert find(typed) == found


def test_title_counts_more_than_body(shelf, find):
    shelf("晚饭吃什么", "顺便说一句溺水的事，然后讲讲晚饭、青菜和米饭。")
    shelf("防溺水三句话", "到河边要有大人跟着，顺便带水。")
    assert find("溺水") == ["防溺水三句话", "晚饭吃什么"]


def test_everything_is_found_without_words(three, find):
    assert sorted(find()) == sorted([PHONE, SLEEP, GRANNY, "晒太阳的小板凳"])


def test_choices_of_one_facet_add_up(three, find):
    assert sorted(find(topic=["screen-time", "sleep"])) == sorted([PHONE, SLEEP])


def test_facets_narrow_each_other(three, find):
    assert find(topic=["screen-time", "sleep"], circumstance=["grandparents"]) == []
    assert find("睡眠", topic=["sleep"], age=["7-12"]) == [SLEEP]


def test_newest_first(three, find):
    assert find(order="newest")[1:] == [GRANNY, SLEEP, PHONE]


@pytest.mark.parametrize(
    "typed",
    [
        *["，。！？", '"', "'", '手机" OR "睡眠', "NEAR(", "title:手机 AND", "*", "a*", "(((", "-"],
        *[
            "😀😀",
            "\x00",
            "\u202e手机\u202c",
            "手机\x00",
            "字" * 10_000,
            "手机 " * 3000,
            "a" * 10_000,
        ],
        *["<->", "& | !", "\\", ":*", "%s %(x)s", "\ud800", "{!lucene}", "/.*/", "~1"],
        *["的", "孩子", "怎么办"],
    ],
)
def test_bad_input_gives_a_page(three, find, client, typed):
    found = find(typed)
    answer = client.get("/search/", {"q": typed.encode("utf-8", "replace").decode()})
    assert (answer.status_code, isinstance(found, list)) == (200, True)


def test_marks_that_change_direction_are_left_out(three, find):
    assert find("\u202e手机\u202c\x00") == [PHONE]


@pytest.fixture
def asked_about(shelf):
    """What parents say of it stands in no text of it."""
    return shelf(
        "几点上床",
        "小学生每天要睡够十小时。",
        summary="先定起床，再倒推关灯。",
        parents_say="早上怎么喊都喊不醒\n眼圈乌青",
    )


@pytest.mark.parametrize("typed", ["喊不醒", "眼圈乌青", "娃早上喊不醒咋办"])
def test_how_parents_say_it_finds(asked_about, shelf, find, typed):
    shelf("另一页", "与此无关的话。")
    assert find(typed) == ["几点上床"]


def test_how_parents_say_it_weighs_more_than_a_word_of_the_body(asked_about, shelf, find):
    shelf("晚饭吃什么", "顺便说一句眼圈乌青的事，然后讲讲晚饭、青菜和米饭。")
    assert find("眼圈乌青") == ["几点上床", "晚饭吃什么"]


def test_how_parents_say_it_is_shown_and_suggested_nowhere(asked_about, find, client):
    assert find("眼圈乌青") == ["几点上床"]
    found = client.get("/api/search/", {"q": "眼圈乌青"}).json()
    (result,) = found["results"]
    assert "乌青" not in str(result)
    assert client.get("/api/search/suggest/", {"q": "眼圈"}).json() == {"suggestions": []}
    assert "乌青" not in client.get("/search/", {"q": "喊不醒"}).content.decode()
    assert "乌青" not in client.get(asked_about.url).content.decode()
    address = f"/api/v2/pages/{asked_about.pk}/"
    assert "乌青" not in str(client.get(address, {"fields": "*"}).json())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("自闭正", "自闭症"),
        ("孩子在班里被欺服怎么办", "孩子在班里被欺负怎么办"),
        ("我比他", "我逼他"),
        ("离高考没几天了我比他还慌", ""),
        ("高考前", "高考钱"),
        ("高考前孩子紧张睡不着觉", ""),
        ("离高考 没几天了 我比他", ""),
        ("换手", "还手"),
        ("一个人带娃没个换手的", ""),
    ],
)
def test_who_talks_means_common_words_as_they_are(shelf, find, typed, read):
    """In a name of few characters the same would be slips."""
    Synonym.objects.create(words="逼他 高考钱 还手 欺负 自闭症")
    shelf("被欺负", "说自闭症。")
    find()
    assert door.find(Query(typed)).meaning.instead == read


def test_what_tags_stand_under_is_no_word_to_search_for(find, shelf):
    shelf("一天的作息", age=["7-12"], circumstance=["grandparents"], topic=["sleep"])
    assert find("作息") == ["一天的作息"]
    assert [find(t) for t in ("tagage7z12", "TAGTOPICsleep", "tagcircumstancegrandparents")] == [
        [],
        [],
        [],
    ]
