import secrets

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from learners.study.certificates.numbers import (
    ALPHABET,
    RANDOM_SYMBOLS,
    BadNumber,
    check_symbol,
    make,
    parse,
    shown,
)

bodies = st.builds(
    lambda year, drawn: f"{year:04}{drawn}",
    st.integers(2026, 2999),
    st.text(ALPHABET, min_size=RANDOM_SYMBOLS, max_size=RANDOM_SYMBOLS),
)
numbers = bodies.map(lambda body: body + check_symbol(body))


def readable(text):
    try:
        return parse(text)
    except BadNumber:
        return None


@given(numbers)
def test_number_survives_being_shown_and_read(number):
    assert parse(shown(number)) == number


@given(numbers, st.integers(0, 15), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_seen(number, place, symbol):
    assume(number[place] != symbol)
    assert readable(number[:place] + symbol + number[place + 1 :]) is None


@given(numbers, st.integers(0, 15), st.integers(0, 15))
def test_two_swapped_symbols_are_seen(number, one, other):
    assume(number[one] != number[other])
    swapped = list(number)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert readable("".join(swapped)) is None


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    found = readable(text)
    assert found is None or parse(found) == found


def test_new_number_begins_with_its_year_and_is_drawn():
    drawn = []

    def choose(alphabet):
        drawn.append(alphabet)
        return "7"

    number = make(2026, choose)
    assert number == "202677777777777" + check_symbol("202677777777777")
    assert drawn == [ALPHABET] * 11
    assert parse(make(2026, secrets.choice))[:4] == "2026"


@pytest.mark.parametrize(
    "written",
    [
        "2026-7K3M-9XQ2-4TBM",
        "2026 7k3m 9xq2 4tbm",
        "２０２６－７Ｋ３Ｍ－９ＸＱ２－４ＴＢＭ",
        "2O26-7K3M-9XQ2-4TBM",
    ],
)
def test_number_as_people_write_it(written):
    assert check_symbol("20267K3M9XQ24TB") == "M"
    assert parse(written) == "20267K3M9XQ24TBM"


def test_i_and_l_are_read_as_one():
    body = "202611" + "0" * 9
    number = body + check_symbol(body)
    assert parse("2026IL" + number[6:]) == number


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-7K3M-9XQ2-4TBZ", "2026-UUUU-UUUU-UUUU", "2026-7K3M-9XQ2-4TBM-0"]
)
def test_what_is_no_number_is_refused(text):
    assert readable(text) is None
