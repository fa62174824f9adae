"""What was typed becomes few concepts, each with few ways of saying it."""

import pytest
from django.core.exceptions import ValidationError

from search import indexing, meaning, terms
from search.concepts import MOST_BESIDE, MOST_SAME
from search.models import Synonym
from tests.relevance.measure import SETS, judged

BEDTIME = "关灯以前"


@pytest.fixture
def said(shelf):
    """An article, and what is said instead of what it is called."""
    shelf(BEDTIME, "临睡的半小时，灯调暗，声音放轻。")
    shelf("别的灯", "过年挂灯笼。")
    Synonym.objects.create(words="翻来滚去 死活不闭眼", finds="关灯 临睡")


@pytest.mark.parametrize(
    "typed", ["翻来滚去", "娃死活不闭眼", "娃就是不肯闭眼", "小孩一晚上在床上滚来滚去不闭眼"]
)
def test_what_is_said_finds_what_texts_say(said, find, typed):
    assert find(typed)[0] == BEDTIME


def test_what_texts_say_does_not_find_what_is_said(said, shelf, find):
    shelf("翻来滚去的皮球")
    assert "翻来滚去的皮球" not in find("关灯")


def test_what_is_said_may_be_one_word_when_it_finds_another(db):
    Synonym(words="闹夜", finds="夜醒").full_clean()
    with pytest.raises(ValidationError) as error:
        Synonym(words="闹夜").full_clean()
    assert list(error.value.message_dict) == ["words"]
    with pytest.raises(ValidationError) as error:
        Synonym(words="，", finds="夜醒").full_clean()
    assert list(error.value.message_dict) == ["words"]


@pytest.mark.parametrize(
    ("words", "finds", "problems"),
    [
        ("手機 手机", "", {"words": ["搜索把这些看作同一个词，请再填一个不同的词。"]}),
        ("闹夜 ?!", "", {"words": ["“?!”里没有文字，搜索时用不上。"]}),
        ("闹夜", "…… 夜醒", {"finds": ["“……”里没有文字，搜索时用不上。"]}),
        ("闹夜 夜醒", "鬧夜", {"finds": ["请填写和上面不同的词。"]}),
        ("闹" * 31, "夜醒", {"words": ["“闹闹闹闹闹闹闹闹闹闹…”太长了，一个词最多 30 个字。"]}),
    ],
)
def test_synonyms_that_would_do_nothing_are_refused(words, finds, problems):
    with pytest.raises(ValidationError) as refused:
        Synonym(words=words, finds=finds).full_clean()
    assert refused.value.message_dict == problems


def test_usable_synonyms_are_kept():
    Synonym(words="闹夜 c语言", finds="夜醒 闹夜").full_clean()
    Synonym(words="闹" * 30 + " 夜醒").full_clean()


def test_ways_of_saying_are_bounded(db):
    """Each is one question to the database."""
    indexing.carry_out()
    vocabulary = terms.read()
    ways = [
        (len(concept.alternatives), concept.surface)
        for name in SETS
        for one in judged(name)
        for concept in meaning.read(one.text, vocabulary).concepts
    ]
    assert max(ways)[0] <= MOST_SAME + MOST_BESIDE + 6, max(ways)


def test_queries_are_few_whatever_the_number_of_groups(db, django_assert_num_queries):
    with django_assert_num_queries(4):
        terms.read()
    Synonym.objects.bulk_create([Synonym(words=f"甲{n} 乙{n}") for n in range(3)])
    with django_assert_num_queries(4):
        terms.read()
