import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.study.charts import Bar, area, bars, ceiling, line, per_cent

values = st.lists(st.integers(0, 10**7), min_size=1, max_size=400)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (1, 1), (2, 2), (3, 5), (33, 50), (51, 100), (4120, 5000)]
)
def test_ceiling_is_round(highest, top):
    assert ceiling(highest) == top


@given(st.integers(0, 10**9))
def test_ceiling_leaves_room_but_not_much(highest):
    assert highest <= ceiling(highest) <= max(1, highest * 2.5)


def test_bars_stand_on_the_lower_edge():
    assert bars([0, 5, 10], gap=0.4) == [
        Bar(6.67, 100.0, 20.0, 0.0),
        Bar(40.0, 50.0, 20.0, 50.0),
        Bar(73.33, 0.0, 20.0, 100.0),
    ]
    assert bars([]) == []


@given(values)
def test_bars_stay_inside_and_in_order(numbers):
    found = bars(numbers)
    assert len(found) == len(numbers)
    assert all(bar.x >= 0 and bar.x + bar.wide <= 100.01 for bar in found)
    assert all(abs(bar.y + bar.high - 100) <= 0.02 for bar in found)


@given(values)
def test_line_runs_from_edge_to_edge(numbers):
    points = [tuple(map(float, p.split(","))) for p in line(numbers, ceiling(max(numbers))).split()]
    assert len(points) == len(numbers)
    assert points[0][0] == 0
    assert len(numbers) == 1 or points[-1][0] == 100
    assert all(0 <= y <= 100 for _x, y in points)


def test_line_and_area():
    assert line([0, 5, 10], 10) == "0.0,100.0 50.0,50.0 100.0,0.0"
    assert area([0, 5, 10], 10) == "0,100 0.0,100.0 50.0,50.0 100.0,0.0 100,100"
    assert area([], 1) == ""


@pytest.mark.parametrize(("part", "whole", "share"), [(0, 0, 0.0), (1, 3, 33.3), (3, 3, 100.0)])
def test_per_cent(part, whole, share):
    assert per_cent(part, whole) == share
