"""Who is who: by number, else by name in the class; namesakes are asked about."""

from hypothesis import given
from hypothesis import strategies as st

from learners.schools.roster.matching import OnFile, make_plan
from learners.schools.roster.rows import GuardianEntry, RosterRow

PHONE, OTHER_PHONE = "+8613800138001", "+8613800138003"


def row(number, name="陈小满", class_name="三年级2班", student_number="", phone="", **more):
    guardians = [GuardianEntry("", phone, "mother")] if phone else []
    return RosterRow("a", number, name, 3, class_name, student_number, guardians=guardians, **more)


def child(number, name="陈小满", class_name="三年级2班", student_number="", phone="", birth=""):
    contacts = frozenset({(phone, "mother", "")} if phone else ())
    return OnFile(number, name, class_name, student_number, birth, contacts)


def outcomes(rows, on_file, answers=None):
    plan = make_plan(rows, on_file, answers or {})
    return [(o.row.row, o.what, o.child or o.candidates or o.same_as) for o in plan.outcomes]


def test_number_finds_the_child_in_every_class():
    on_file = [child(1, student_number="G001"), child(2, "李乐乐", student_number="G002")]
    rows = [
        row(2, student_number="G001"),
        row(3, "李乐乐", "三年级1班", student_number="G002"),
        row(4, "新同学", student_number="G003"),
    ]
    assert outcomes(rows, on_file) == [(2, "unchanged", 1), (3, "moved", 2), (4, "new", "")]


def test_name_finds_the_child_within_its_class_alone():
    on_file = [child(1), child(2, "李乐乐", "三年级1班")]
    rows = [row(2), row(3, "李乐乐")]
    plan = make_plan(rows, on_file, {})
    assert [(o.what, o.child) for o in plan.outcomes] == [("unchanged", 1), ("new", None)]
    # Nobody of class 1 is in the list, so nobody of it is missing.
    assert plan.missing == []


def test_changes_are_seen():
    on_file = [child(1, student_number="G001", phone=PHONE)]
    changed = [
        row(2, "陈大满", student_number="G001", phone=PHONE),
        row(2, student_number="G001", phone=OTHER_PHONE),
        row(2, student_number="G001", birth_month="2018-01"),
    ]
    assert [outcomes([one], on_file)[0][1] for one in changed] == ["changed"] * 3
    assert outcomes([row(2, student_number="G001")], on_file)[0][1] == "unchanged"
    assert outcomes([row(2, student_number="G001")], [child(1)]) == [(2, "changed", 1)]


def test_namesakes_on_file_are_asked_about_until_somebody_answers():
    on_file = [child(1), child(2)]
    assert outcomes([row(2)], on_file) == [(2, "ask", [1, 2])]
    assert outcomes([row(2)], on_file, {"a!2": "2"}) == [(2, "unchanged", 2)]
    assert outcomes([row(2)], on_file, {"a!2": "new"}) == [(2, "new", "")]
    assert outcomes([row(2)], on_file, {"a!2": "77"}) == [(2, "ask", [1, 2])]


def test_two_rows_answered_with_one_child_are_asked_again():
    on_file = [child(1), child(2)]
    answers = {"a!2": "1", "a!3": "1"}
    assert outcomes([row(2), row(3)], on_file, answers) == [(2, "unchanged", 1), (3, "ask", [1])]


def test_namesakes_in_the_list_are_one_child_or_two():
    rows = [row(2, phone=PHONE), row(3, phone=OTHER_PHONE)]
    assert outcomes(rows, []) == [(2, "new", ""), (3, "ask", "a!2")]
    assert outcomes(rows, [], {"a!3": "new"}) == [(2, "new", ""), (3, "new", "")]
    joined = make_plan(rows, [], {"a!3": "same"})
    assert [len(o.row.guardians) for o in joined.outcomes] == [2]


def test_namesakes_with_numbers_or_phones_of_their_own_are_told_apart():
    rows = [row(2, student_number="G001"), row(3, student_number="G002")]
    assert outcomes(rows, []) == [(2, "new", ""), (3, "new", "")]
    on_file = [child(1, phone=PHONE), child(2, phone=OTHER_PHONE)]
    rows = [row(2, phone=OTHER_PHONE), row(3, phone=PHONE)]
    assert outcomes(rows, on_file) == [(2, "unchanged", 2), (3, "unchanged", 1)]


def test_another_number_is_a_question():
    on_file = [child(1, student_number="G001")]
    assert outcomes([row(2, student_number="G009")], on_file) == [(2, "ask", [1])]
    assert outcomes([row(2, student_number="G009")], on_file, {"a!2": "1"}) == [(2, "changed", 1)]


def test_row_with_an_error_stops_the_plan_and_leaves_its_child_alone():
    bad = row(2, student_number="G001")
    bad.note("class_not_yours", text="x")
    plan = make_plan([bad], [child(1, student_number="G001"), child(2, "李乐乐")], {})
    assert (plan.is_ready, plan.counts["error"]) == (False, 1)


def test_missing_children_are_those_of_the_listed_classes():
    on_file = [child(1), child(2, "李乐乐"), child(3, "王一一", "三年级1班")]
    plan = make_plan([row(2)], on_file, {})
    assert [gone.child for gone in plan.missing] == [2]
    assert plan.counts == {
        "new": 0, "changed": 0, "unchanged": 1, "moved": 0, "ask": 0, "error": 0, "missing": 1
    }  # fmt: skip


NAMES = st.sampled_from(["陈小满", "李乐乐", "王一一"])
CLASSES = st.sampled_from(["三年级1班", "三年级2班"])
NUMBERS = st.sampled_from(["", "", "G001", "G002", "G003"])
PHONES = st.sampled_from(["", PHONE, OTHER_PHONE])


@st.composite
def rosters(draw):
    """Rows as `join_guardians` leaves them: a number belongs to one row."""
    made = draw(st.lists(st.tuples(NAMES, CLASSES, NUMBERS, PHONES), max_size=6))
    seen, rows = set(), []
    for index, (name, class_name, number, phone) in enumerate(made, 2):
        if number in seen:
            continue
        seen |= {number} - {""}
        rows.append(row(index, name, class_name, number, phone))
    return rows


@given(rosters(), rosters())
def test_nobody_is_matched_twice_and_a_second_import_changes_nothing(before, rows):
    on_file = [
        child(
            n, r.name, r.class_name, r.student_number, r.guardians[0].phone if r.guardians else ""
        )
        for n, r in enumerate(before, 1)
    ]
    plan = make_plan(rows, on_file, {})
    matched = [outcome.child for outcome in plan.outcomes if outcome.child]
    assert len(matched) == len(set(matched))
    again = make_plan(before, on_file, {})
    assert {o.what for o in again.outcomes} <= {"unchanged", "ask"}
    assert [gone for gone in again.missing if again.is_ready] == []
