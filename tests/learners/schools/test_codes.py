from hypothesis import given
from hypothesis import strategies as st

from learners.schools.codes import LENGTH, SIGNS, new_code, parse_code

CODES = st.text(SIGNS, min_size=LENGTH, max_size=LENGTH)


def test_codes_have_signs_nobody_confuses():
    codes = {new_code() for _ in range(50)}
    assert {(len(code), set(code) <= set(SIGNS)) for code in codes} == {(8, True)}
    assert len(codes) == 50


@given(CODES)
def test_code_is_read_as_people_type_it(code):
    assert parse_code(f" {code[:4].lower()}-{code[4:]} ") == code
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert parse_code(wide) == code


def test_what_is_no_code_is_nothing():
    assert [parse_code(text) for text in ("", "2345", "O0I1L234", "22222222 2", "../admin")] == [
        ""
    ] * 5
