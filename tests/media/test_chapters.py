import pytest

from media.chapters import Chapter, Unreadable, parse


def test_chapters_are_read_line_by_line():
    text = "00:00 开场\n\n  01:30  第一步：先听\n1:02:03 问与答\n"
    assert parse(text, 4000) == [
        Chapter(0, "开场"),
        Chapter(90, "第一步：先听"),
        Chapter(3723, "问与答"),
    ]


def test_no_chapters():
    assert parse("", 10) == []


@pytest.mark.parametrize(
    ("text", "line", "kind"),
    [
        ("开场", 1, "form"),
        ("00:00", 1, "form"),
        ("00:61 开场", 1, "form"),
        ("00:05 开场", 1, "first"),
        ("00:00 开场\n00:30 二\n00:30 三", 3, "order"),
        ("00:00 开场\n02:00 二", 2, "end"),
        ("00:00 " + "长" * 81, 1, "long"),
    ],
)
def test_wrong_chapter_is_named(text, line, kind):
    with pytest.raises(Unreadable) as refusal:
        parse(text, 120)
    assert (refusal.value.line, refusal.value.kind) == (line, kind)
