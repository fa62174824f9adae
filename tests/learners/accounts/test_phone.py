import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.accounts.phone import SEPARATORS, mask_phone, parse_phone


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        " 138-0013-8000 ",
        "+8613800138000",
        "+86 138 0013 8000",
        "8613800138000",
        "0086 138-0013-8000",
        "１３８００１３８０００",
        "＋８６　138 0013 8000",
        "(+86) 138.0013.8000",
        "\u202a+86 138\u00a00013\u00a08000\u202c",
        "138—0013—8000",
        "13800138000\n",
    ],
)
def test_parse_phone_as_people_type_it(typed):
    assert parse_phone(typed) == "+8613800138000"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1380013800",
        "138001380000",
        "12800138000",
        "23800138000",
        "+1 380 013 8000",
        "+85 13800138000",
        "+008613800138000",
        "86 86 13800138000",
        "010-62345678",
        "1380013800a",
        "138001380٠٠",
        "138 0013 8000 分机 1",
    ],
)
def test_parse_phone_of_something_else(typed):
    with pytest.raises(ValueError, match="not a Chinese mobile number"):
        parse_phone(typed)


numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
prefixes = st.sampled_from(["", "+86", "86", "0086", "＋86", "+86 "])
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@given(numbers, prefixes, st.data())
def test_parse_phone_however_it_is_spaced(number, prefix, data):
    separators = data.draw(
        st.lists(st.text(st.sampled_from(sorted(SEPARATORS)), max_size=2), min_size=11, max_size=11)
    )
    spaced = prefix + "".join(s + d for s, d in zip(separators, number, strict=True))
    typed = spaced.translate(FULL_WIDTH) if data.draw(st.booleans()) else spaced
    assert parse_phone(typed) == f"+86{number}"


@given(st.text())
def test_parse_phone_of_anything_gives_a_number_or_value_error(typed):
    try:
        phone = parse_phone(typed)
    except ValueError:
        return
    assert parse_phone(phone) == phone
    assert len(phone) == 14


def test_mask_phone_keeps_seven_digits():
    assert mask_phone("+8613800138001") == "138****8001"


def test_mask_phone_without_one():
    assert mask_phone("") == ""
