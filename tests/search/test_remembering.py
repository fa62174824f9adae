"""What could name somebody is not counted."""

import pytest

from search.remembering import may_be_counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("孩子玩手机", True),
        ("8岁写作业", True),
        ("", False),
        ("长" * 31, False),
        ("13800138000", False),
        ("138 0013 8000", False),
        ("50010519900101", False),
        ("a@b.cn", False),
        ("3栋502室", False),
        ("我叫小明", False),
        ("身份证", False),
        ("138.0013.8000", False),
        ("1-3-8-0-0", False),
        ("一三八零零一三八", False),
        ("138零零138零零0", False),
        ("幺三八 零零幺三", False),
        ("壹叁捌零零壹叁捌", False),
        ("?!。,;", False),
        ("\ufffd\ufffd", False),
        ("c语言", True),
        ("一年级一天一课", True),
        ("2025年9月", True),
        ("3岁6个月", True),
    ],
)
def test_only_texts_without_persons_are_counted(text, counted):
    assert may_be_counted(text) is counted
