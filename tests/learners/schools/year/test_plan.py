from datetime import date

from learners.schools.year.plan import CLOSE, LEAVE, MOVE, STAY, Source, Wish, make_plan

TODAY = date(2026, 9, 3)
THIRD = Source(1, "三年级2班", 3, 2025, members=40, teachers=1)
SIXTH = Source(2, "六年级1班", 6, 2025, members=38, teachers=2)
UP = Wish(1, MOVE, "四年级2班", 4, teachers=True)
OUT = Wish(2, LEAVE)


def plan(wishes, sources=(THIRD, SIXTH), members=None, **told):
    facts = {"kind": "primary", "year": 2026, "today": TODAY, **told}
    return make_plan(sources, wishes, members or {}, **facts)


def test_classes_go_up_and_the_last_one_graduates():
    made = plan([UP, OUT])
    assert (made.is_ready, made.blockers, made.remarks) == (True, [], [])
    assert made.counts == {"moved": 40, "left": 38, "new": 1, "closed": 2, "teachers": 1}
    assert [step.line for step in made.steps] == [
        {"source": "三年级2班", "what": "move", "name": "四年级2班", "moving": 40,
         "teachers": 1, "new": True},
        {"source": "六年级1班", "what": "leave", "name": "", "moving": 38, "teachers": 0,
         "new": False},
    ]  # fmt: skip


def test_wish_survives_being_kept_as_json():
    split = Wish(1, MOVE, "四年级2班", 4, True, frozenset({7, 5}))
    assert [Wish.from_dict(wish.as_dict()) for wish in (UP, split)] == [UP, split]


def test_nothing_to_do_stands_in_the_way():
    foreign = Wish(99, MOVE, "四年级9班", 4)
    itself = Wish(3, MOVE, "三年级5班", 3)
    own = Source(3, "三年级5班", 3, 2026, members=9)
    assert plan([Wish(1, STAY), foreign]).blockers == [("nothing", "")]
    assert plan([itself], [own], {"三年级5班": 9}).blockers == [("nothing", "")]


def test_before_september_and_during_an_import_nothing_is_carried_out():
    early = plan([UP], today=date(2026, 8, 31), busy=True)
    assert (early.blockers, early.is_ready) == ([("early", ""), ("busy", "")], False)


def test_name_and_grade_must_be_told():
    assert plan([Wish(1, MOVE)]).blockers == [("name", "三年级2班")]
    assert plan([Wish(1, MOVE, "彩虹班")]).blockers == [("grade", "彩虹班")]
    assert plan([Wish(1, MOVE, "彩虹班")], kind="other").blockers == []


def test_one_name_for_two_classes_is_asked_about():
    twin = Wish(2, MOVE, "四年级2班", 4)
    assert plan([UP, twin]).blockers == [("together", "四年级2班")]
    made = plan([UP, twin], together=True)
    assert (made.blockers, made.counts["new"], made.counts["moved"]) == ([], 1, 78)


def test_existing_class_and_missing_teacher_are_remarked():
    made = plan([Wish(1, MOVE, "四年级2班", 4), Wish(2, MOVE, "七年级1班", 7)],
                members={"四年级2班": 3, "四年级1班": 0})  # fmt: skip
    assert made.remarks == [("teacher", "七年级1班"), ("taken", "四年级2班")]
    assert [step.is_new for step in made.steps] == [False, True]


def test_split_keeps_its_class_and_needs_somebody():
    some = Wish(1, MOVE, "三年级5班", 3, children=frozenset({4, 5}))
    made = plan([some])
    assert made.counts == {"moved": 2, "left": 0, "new": 1, "closed": 0, "teachers": 0}
    nobody = Wish(1, MOVE, "三年级5班", 3, children=frozenset())
    assert plan([nobody]).blockers == [("nobody", "三年级2班")]


def test_only_an_empty_class_is_closed():
    assert plan([Wish(1, CLOSE)]).blockers == [("full", "三年级2班")]
    empty = Source(3, "三年级5班", 3, 2026, members=0)
    made = plan([Wish(3, CLOSE)], [empty])
    assert (made.blockers, made.counts["closed"]) == ([], 1)
