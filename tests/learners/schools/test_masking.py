from hypothesis import given
from hypothesis import strategies as st

from learners.schools.masking import mask_name


def test_names_are_masked():
    assert [mask_name(name) for name in ("", "陈", "陈静", "陈小满", "欧阳小小满")] == [
        "*", "陈*", "陈*", "陈*满", "欧***满"
    ]  # fmt: skip


@given(st.text(min_size=2, max_size=30))
def test_at_most_two_signs_are_shown(name):
    assert len(mask_name(name).replace("*", "")) <= 2
