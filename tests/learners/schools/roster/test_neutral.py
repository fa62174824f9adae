import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.schools.roster.neutral import DANGEROUS, neutral


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "|a"])
def test_formulas_become_text(text):
    assert neutral(text) == f"'{text}"


@given(st.text())
def test_nothing_that_is_written_starts_like_a_formula(text):
    assert not neutral(text).startswith(DANGEROUS)
    assert not any(sign < " " and sign not in "\t\n\r" for sign in neutral(text))


def test_ordinary_text_stays():
    assert neutral("陈小满 2018-01") == "陈小满 2018-01"
