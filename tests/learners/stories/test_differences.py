import pytest

from learners.stories.differences import Kind, Part, parts

SAME, NEW, GONE = Kind.SAME, Kind.NEW, Kind.GONE


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", "", []),
        ("一。二。", "一。二。", [Part(SAME, "一。二。")]),
        ("一。二。", "一。三！", [Part(SAME, "一。"), Part(GONE, "二。"), Part(NEW, "三！")]),
        ("一\r\n\r\n二", "一\n\n二\n", [Part(SAME, "一\n\n"), Part(GONE, "二"), Part(NEW, "二\n")]),
        ("一。", "零。一。", [Part(NEW, "零。"), Part(SAME, "一。")]),
        ("一。二", "一。", [Part(SAME, "一。"), Part(GONE, "二")]),
    ],
)
def test_parts(before, after, found):
    assert parts(before, after) == found


def test_long_and_monotonous_text_is_compared_all_the_same():
    before, after = "。a" * 4000, "。b" * 4000
    found = parts(before, after)
    assert "".join(part.words for part in found if part.kind != NEW) == before
    assert "".join(part.words for part in found if part.kind != GONE) == after
