"""The rule modules are named, exist, and anything that never ran in them is told."""

from tests.rule_modules import gaps, rule_modules
from tests.rules.tree import ROOT, product_modules


def test_rule_modules_exist():
    names = rule_modules(ROOT)
    assert names != []
    assert [name for name in names if name not in map(str, product_modules())] == []


def test_gap_is_seen():
    covered = {"missing_lines": [], "missing_branches": []}
    files = {
        "courses/grading.py": covered,
        "learners/study/credit.py": {"missing_lines": [7], "missing_branches": []},
        "learners/study/coverage.py": {"missing_lines": [], "missing_branches": [[3, 5]]},
    }
    assert gaps([*files, "cms/ages.py"], files) == [
        "learners/study/credit.py: lines [7], branches [] never ran",
        "learners/study/coverage.py: lines [], branches [[3, 5]] never ran",
        "cms/ages.py: not measured at all",
    ]
