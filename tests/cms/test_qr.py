from itertools import pairwise

import segno
from hypothesis import given
from hypothesis import strategies as st

from cms import qr

ADDRESS = "https://school.example/certificates/2026-7K3M-9XQ2-4TBM/"


def test_runs_draw_the_code_with_its_quiet_zone():
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    dark = {(x + n, y) for x, y, length in qr.runs(ADDRESS) for n in range(length)}
    assert dark == {
        (x + qr.QUIET, y + qr.QUIET)
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    }
    assert qr.size(ADDRESS) == len(matrix) + 2 * qr.QUIET


@given(st.lists(st.booleans(), max_size=60))
def test_stretches_are_the_dark_modules_and_never_touch(modules):
    found = qr.stretches(bytes(modules))
    assert [x for start, length in found for x in range(start, start + length)] == [
        x for x, dark in enumerate(modules) if dark
    ]
    assert all(one[0] + one[1] < other[0] for one, other in pairwise(found))
