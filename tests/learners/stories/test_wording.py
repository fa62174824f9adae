import pytest

from learners.stories.wording import MOST, findings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("打我电话13800138001就行", [("phone", "13800138001")]),
        ("打 138 0013 8001", [("phone", "138 0013 8001")]),
        ("座机 023-68001234。", [("phone", "023-68001234")]),
        ("证号50010520180101123X", [("identity", "50010520180101123X")]),
        ("加微信号：chenjing_88", [("account", "微信号：chenjing_88")]),
        ("QQ 123456789", [("account", "QQ 123456789")]),
        ("她读三年级2班", [("class", "三年级2班")]),
        ("在三(2)班", [("class", "三(2)班")]),
        ("我叫陈小雨，今年八岁", [("name", "我叫陈小雨")]),
        ("孩子名叫李明", [("name", "名叫李明")]),
        ("孩子在青竹镇中心小学上学", [("school", "青竹镇中心小学")]),
        ("送她去向阳幼儿园", [("school", "向阳幼儿园")]),
        ("住在人民路12号", [("home", "住在人民路12号")]),
        ("阳光花园3栋2单元", [("home", "阳光花园3栋2单元")]),
    ],
)
def test_finding_names_what_tells_too_much(text, found):
    assert [(finding.kind.value, finding.words) for finding in findings(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "外婆有一个旧账本，她记的不是钱。",
        "我上小学的时候，家里没有电视。",
        "他读过乡村小学，家长学校也来听过课。",
        "我叫他起床，他不应。",
        "2018年春天，我们存了 12345 块钱。",
        "一家三口，第三年才还清。",
    ],
)
def test_plain_telling_finds_nothing(text):
    assert findings(text) == []


def test_same_place_is_named_once_and_not_more_than_twelve():
    assert len(findings("13800138001，13800138001")) == 1
    assert len(findings("，".join(f"138001380{n}" for n in range(10, 40)))) == MOST
