"""Ages as parents say them become the age stages of the taxonomy."""

import pytest

from search.ages import AgeWord, Stage, find, number, stages_of

STAGES = [
    Stage("expecting", None, None),
    Stage("0-3", 0, 3),
    Stage("4-6", 4, 6),
    Stage("7-12", 7, 12),
    Stage("13-15", 13, 15),
    Stage("16-18", 16, 18),
]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("三岁半", ("0-3",)),
        ("8岁写作业", ("7-12",)),
        ("十四岁", ("13-15",)),
        ("六个月大", ("0-3",)),
        ("18个月的宝宝", ("0-3",)),
        ("二年级", ("7-12",)),
        ("初二", ("13-15",)),
        ("上幼儿园小班", ("4-6",)),
        ("怀孕", ("expecting",)),
        ("半岁", ("0-3",)),
        ("仨月大", ("0-3",)),
        ("40天的宝宝", ("0-3",)),
        ("十五六岁", ("13-15", "16-18")),
        ("七八岁", ("7-12",)),
        ("3-6岁", ("0-3", "4-6")),
        ("五到八岁", ("4-6", "7-12")),
        ("小二下学期", ("7-12",)),
        ("胆小一点", ()),
        ("十来岁", ("7-12", "13-15")),
        ("初中学生", ("13-15",)),
        ("未成年", ()),
        ("40岁", ()),
        ("手机", ()),
    ],
)
def test_age_said_means_its_stages(text, codes):
    assert tuple(dict.fromkeys(code for word in find(text, STAGES) for code in word.codes)) == codes


def test_words_do_not_overlap_and_keep_their_order():
    assert find("初二和8岁", STAGES) == [
        AgeWord(0, 2, ("13-15",), is_name=True),
        AgeWord(3, 5, ("7-12",)),
    ]


@pytest.mark.parametrize(("text", "value"), [("9", 9), ("两", 2), ("十", 10), ("十二", 12)])
def test_number_in_digits_or_words(text, value):
    assert number(text) == value


def test_unborn_has_the_stage_without_years():
    assert (stages_of(-1, STAGES), stages_of(30, STAGES)) == (("expecting",), ())
    assert stages_of(5, [Stage("open", 0, None)]) == ()
