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
    ],
)
def test_only_texts_without_persons_are_counted(text, counted):
    assert may_be_counted(text) is counted
