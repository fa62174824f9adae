import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.study.certificates.names import BadName, clean, mask


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("张美华", "张美华"),
        ("  张  美华\t", "张 美华"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("<b>张</b>", "<b>张</b>"),
        (unicodedata.normalize("NFD", "José Álvarez"), "José Álvarez"),
    ],
)
def test_name_is_kept_as_it_reads(written, kept):
    assert clean(written) == kept


@pytest.mark.parametrize(
    "written",
    ["", "   ", "12345", "张\u202e华", "张\u200b华", "张\x00华", "华" * 31, "—·—"],
)
def test_what_is_no_name_is_refused(written):
    with pytest.raises(BadName):
        clean(written)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张美华", "张*华"),
        ("张华", "张*"),
        ("张", "张*"),
        ("", "*"),
        ("欧阳娜娜", "欧**娜"),
        ("阿卜杜拉·买买提", "阿***提"),
        ("张 美 华", "张*华"),
    ],
)
def test_mask_shows_the_ends(name, shown):
    assert mask(name) == shown


@given(st.text(max_size=40))
def test_masked_name_fits_and_shows_at_most_two_characters(name):
    masked = mask(name)
    assert len(masked) <= 5
    assert len(masked.replace("*", "")) <= 2
