"""An import from the upload to the roster: checked, answered, applied whole or not at all."""

import base64
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from learners.schools import touching
from learners.schools.models import Child, ClassMembership, RosterContact, RosterImport, SchoolClass
from learners.schools.roster import imports
from learners.schools.tasks import apply_roster, check_roster, forget_rosters
from tests.learners.schools.conftest import TODAY, make_child, make_class
from tests.learners.schools.roster import books


@pytest.fixture
def recounted(monkeypatch):
    """The ids of classes that the figures heard of."""
    heard = []
    monkeypatch.setattr(touching, "_recounts", [heard.extend])
    return heard


def checked(school, data, only=None):
    roster = imports.begin(school, None, "花名册.xlsx", data, only)
    check_roster.func(roster.pk)
    roster.refresh_from_db()
    return roster


def applied(school, data, only=None):
    roster = checked(school, data, only)
    return imports.apply(roster, TODAY)


def counts(**some):
    kinds = ["new", "changed", "unchanged", "moved", "ask", "error", "missing"]
    return {kind: some.get(kind, 0) for kind in kinds}


def state():
    """Everything that an import may touch, without keys."""
    return (
        sorted(Child.objects.values_list("pk", "name", "student_number_hash")),
        sorted(
            ClassMembership.objects.values_list("child_id", "school_class_id", "since", "until")
        ),
        sorted(RosterContact.objects.values_list("child_id", "phone_hash", "relation")),
    )


def test_dry_run_changes_nothing_and_tells_what_it_would_do(school, third):
    make_child(third, "王一一")
    before = state()
    roster = checked(school, books.plain_book(books.XIAOMAN, books.LELE))
    assert (roster.state, roster.counts) == ("checked", counts(new=2, missing=1))
    assert state() == before
    report = imports.report(roster)
    assert [row["what"] for row in report["rows"]] == ["new", "new"]
    assert [gone["name"] for gone in report["missing"]] == ["王一一"]


def test_import_puts_children_with_their_contacts_into_classes(school, recounted):
    data = books.title_and_two_rows_of_header()
    assert applied(school, data) == counts(new=2)
    third = SchoolClass.objects.get()
    assert (third.name, third.grade, third.year) == ("三年级2班", 3, 2026)
    assert (third.district_id, third.school_id) == (school.district_id, school.pk)
    xiaoman = Child.objects.get(name="陈小满")
    assert [(m.school_class, m.since) for m in xiaoman.memberships.all()] == [(third, TODAY)]
    assert [(c.phone, c.relation, c.name) for c in xiaoman.contacts.all()] == [
        ("+8613800138001", "mother", "陈静")
    ]
    assert recounted == [third.pk]


@pytest.mark.parametrize(
    "make",
    [
        books.title_and_two_rows_of_header,
        books.merged_classes,
        books.sheet_for_each_class,
        books.gbk_csv,
        books.numbers_lost,
    ],
)
def test_importing_again_changes_nothing(school, make, recounted):
    new = applied(school, make())["new"]
    before = state()
    recounted.clear()
    assert applied(school, make()) == counts(unchanged=new)
    assert (state(), recounted) == (before, [])


def test_changes_and_moves(school, third, other_class, xiaoman, recounted):
    row = [*books.XIAOMAN]
    row[1], row[5] = "1班", "13800138009"
    assert applied(school, books.plain_book(row)) == counts(moved=1)
    assert [(m.school_class_id, m.since, m.until) for m in xiaoman.memberships.order_by("pk")] == [
        (third.pk, date(2026, 9, 1), TODAY),
        (other_class.pk, TODAY, None),
    ]
    assert [contact.phone for contact in xiaoman.contacts.all()] == ["+8613800138009"]
    assert sorted(recounted) == sorted([third.pk, other_class.pk])


def test_file_is_gone_after_applying_and_the_missing_stay_listed(school, third):
    gone = make_child(third, "王一一")
    roster = checked(school, books.plain_book(books.XIAOMAN))
    imports.apply(roster, TODAY)
    roster.refresh_from_db()
    assert (roster.content, roster.annotated, roster.state) == ("", "", "applied")
    assert imports.report(roster)["missing"] == [
        {"id": gone.pk, "name": "王一一", "class": "三年级2班"}
    ]
    assert list(Child.objects.in_class(third).filter(pk=gone.pk)) == [gone]


def test_errors_and_questions_stop_the_whole_import(school, third):
    make_child(third, "李乐乐")
    make_child(third, "李乐乐")
    row = ["三年级", "2班", "", "李乐乐", "", "", "", ""]
    roster = checked(school, books.plain_book(books.XIAOMAN, row))
    assert roster.counts == counts(new=1, ask=1)
    before = state()
    with pytest.raises(imports.NotReadyError):
        imports.apply(roster, TODAY)
    assert state() == before
    imports.answer(roster, {"花名册!3": "new"})
    check_roster.func(roster.pk)
    roster.refresh_from_db()
    assert roster.counts == counts(new=2, missing=2)


def test_roster_that_changed_after_the_check_is_checked_again(school, third):
    roster = checked(school, books.plain_book(["三年级", "2班", "", "李乐乐", "", "", "", ""]))
    assert roster.counts == counts(new=1)
    make_child(third, "李乐乐")
    make_child(third, "李乐乐")
    RosterImport.objects.update(state="applying")
    apply_roster.func(roster.pk)
    roster.refresh_from_db()
    assert (roster.state, roster.counts) == ("checked", counts(ask=1))
    assert Child.objects.count() == 2


def test_failure_in_the_middle_leaves_nothing_behind(school, third, monkeypatch):
    def broken(_ids):
        raise RuntimeError("figures")

    roster = checked(school, books.plain_book(books.XIAOMAN))
    RosterImport.objects.update(state="applying")
    monkeypatch.setattr(touching, "_recounts", [broken])
    with pytest.raises(RuntimeError, match="figures"):
        apply_roster.func(roster.pk)
    roster.refresh_from_db()
    assert (roster.state, roster.content != "", Child.objects.count()) == ("failed", True, 0)


def test_unreadable_file_says_why_and_is_not_kept(school):
    roster = checked(school, b"PK\x03\x04nothing")
    assert (roster.state, roster.refusal, roster.content) == ("refused", "broken", "")
    assert checked(school, b"a,b\n1,2").refusal == "no_header"
    assert checked(school, "姓名,班级\n".encode()).refusal == "no_rows"


def test_one_class_alone_takes_nobody_from_another(school, third, other_class, xiaoman):
    foreign = [*books.XIAOMAN]
    foreign[1] = ""
    data = books.plain_book(foreign, books.LELE)
    roster = checked(school, data, other_class)
    codes = [f["code"] for row in imports.report(roster)["rows"] for f in row["findings"]]
    assert (codes, roster.counts["error"]) == (["child_elsewhere", "class_not_yours"], 2)
    assert roster.counts["missing"] == 0


def test_class_of_a_list_without_classes(school, third, xiaoman):
    data = books.book(("名单", [["姓名", "家长电话"], ["李乐乐", 13800138003]]))
    assert applied(school, data, third) == counts(new=1, missing=1)
    assert Child.objects.in_class(third).count() == 2


def test_children_of_other_schools_are_left_alone(school, third, foreign_class):
    make_child(foreign_class, "陈小满", "G500105201801010011")
    before = state()
    assert applied(school, books.plain_book(books.XIAOMAN)) == counts(new=1)
    assert [set(old) <= set(new) for old, new in zip(before, state(), strict=True)] == [True] * 3


@pytest.fixture
def last_year(school):
    """A class that nobody rolled forward, with 陈小满 and somebody whose number is unknown."""
    old = make_class(school, "二年级2班", 2, year=2025)
    make_child(old, "陈小满", "G500105201801010011")
    make_child(old, "李乐乐", phones=[("+8613800138003", "mother")])
    make_child(old, "王一一")
    return old


def test_child_of_last_years_class_is_the_same_child(school, last_year, recounted):
    """By number, by a phone of that very row; by a name alone only when somebody says so."""
    xiaoman, lele, yiyi = Child.objects.order_by("pk")
    lele_row = ["三年级", "2班", "", "李乐乐", "李伟", 13800138003, "母亲", ""]
    yiyi_row = ["三年级", "2班", "", "王一一", "", "", "", ""]
    data = books.plain_book(books.XIAOMAN, lele_row, yiyi_row)
    roster = checked(school, data)
    assert roster.counts == counts(moved=2, ask=1)
    (question,) = imports.report(roster)["questions"]
    assert [one["earlier"] for one in question["candidates"]] == ["二年级2班 · 2025—2026"]
    imports.answer(roster, {question["key"]: str(yiyi.pk)})
    check_roster.func(roster.pk)
    roster.refresh_from_db()
    assert imports.apply(roster, TODAY) == counts(moved=3)
    new = SchoolClass.objects.get(year=2026)
    assert list(Child.objects.order_by("pk")) == [xiaoman, lele, yiyi]
    members = ClassMembership.objects.order_by("child", "pk")
    assert (
        list(members.values_list("school_class", "until"))
        == [
            (last_year.pk, TODAY),
            (new.pk, None),
        ]
        * 3
    )
    assert set(recounted) == {last_year.pk, new.pk}
    assert applied(school, data) == counts(unchanged=3)


def test_namesake_of_another_grade_or_number_is_no_question(school, last_year):
    other_grade = ["一年级", "1班", "", "王一一", "", "", "", ""]
    other_number = ["三年级", "2班", "G500105201801010099", "陈小满", "", "", "", ""]
    roster = checked(school, books.plain_book(other_grade, other_number))
    assert roster.counts == counts(new=2)


def test_newcomer_named_like_a_child_of_last_year_is_new_when_somebody_says_so(school, last_year):
    roster = checked(school, books.plain_book(["三年级", "2班", "", "王一一", "", "", "", ""]))
    (question,) = imports.report(roster)["questions"]
    imports.answer(roster, {question["key"]: "new"})
    check_roster.func(roster.pk)
    assert imports.apply(roster, TODAY) == counts(new=1)


@pytest.mark.parametrize("number", ["G500105201801010011", ""])
def test_one_class_alone_takes_nobody_from_last_years(school, third, last_year, number):
    """And its teacher is told nothing of the other class's numbers and phones."""
    row = ["三年级", "2班", number, "陈小满", "", "", "", ""]
    before = state()
    roster = checked(school, books.plain_book(row), third)
    assert roster.counts == counts(error=1)
    (told,) = imports.report(roster)["rows"]
    codes = [finding["code"] for finding in told["findings"]]
    assert "child_last_year" in codes
    assert (imports.report(roster)["questions"], state()) == ([], before)


def test_known_child_of_the_class_is_not_taken_for_one_of_last_year(school, third, last_year):
    make_child(third, "王一一")
    roster = checked(
        school, books.plain_book(["三年级", "2班", "", "王一一", "", "", "", ""]), third
    )
    assert roster.counts == counts(unchanged=1)


def test_annotated_copy_holds_findings_and_nothing_nobody_needs(school):
    roster = checked(school, books.numbers_lost())
    page = load_workbook(io.BytesIO(base64.b64decode(roster.annotated))).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][1:] == books.HEADER
    assert (rows[1][5], rows[3][5]) == (None, "'@SUM(A1)")
    assert [cell.data_type for cell in page[2]].count("f") == 0
    assert "E+17" not in rows[1][0]
    roster = checked(school, books.title_and_two_rows_of_header())
    text = str(
        list(load_workbook(io.BytesIO(base64.b64decode(roster.annotated))).worksheets[0].values)
    )
    assert [word in text for word in ("陈小满", "50010520180101001X", "某路")] == [
        True,
        False,
        False,
    ]
    assert imports.report(roster)["unneeded"] == ["身份证号", "家庭住址"]


def test_what_is_stored_of_an_upload_cannot_be_read(school):
    checked(school, books.plain_book(books.XIAOMAN))
    stored = RosterImport.objects.extra(
        select={"a": "content", "b": "annotated", "c": "report"}
    ).values_list("a", "b", "c")[0]
    assert [value.startswith("gAAAA") for value in stored] == [True] * 3


def test_statements_do_not_grow_with_the_children(school, third):
    def rows(first, number):
        return [
            ["三年级", "2班", f"G{n:06}", f"学生{n}", f"家长{n}", 13800138000 + n % 900, "母亲", ""]
            for n in range(first, first + number)
        ]

    one = checked(school, books.plain_book(*rows(1, 1)))
    hundred = checked(school, books.plain_book(*rows(100, 100)))
    counts = [statements_of(imports.apply, roster, TODAY) for roster in (one, hundred)]
    assert counts[1] <= counts[0] <= 17
    assert Child.objects.count() == 101


def statements_of(act, *arguments):
    with CaptureQueriesContext(connection) as captured:
        act(*arguments)
    return len(captured)


def test_progress_can_be_read_meanwhile(school):
    roster = checked(school, books.plain_book(books.XIAOMAN, books.LELE))
    assert imports.progress_of(roster) == (0, 0)
    imports.apply(roster, TODAY)
    assert imports.progress_of(roster) == (2, 2)


def test_what_was_left_lying_is_forgotten(school, third):
    make_child(third, "王一一")
    lying, done, fresh = (checked(school, books.plain_book(books.XIAOMAN)) for _ in range(3))
    imports.apply(done, TODAY)
    long_ago = timezone.now() - timedelta(days=8)
    RosterImport.objects.filter(pk__in=[lying.pk, done.pk]).update(uploaded_at=long_ago)
    RosterImport.objects.filter(pk=done.pk).update(applied_at=long_ago)
    assert forget_rosters.func() == 2
    assert set(RosterImport.objects.values_list("pk", flat=True)) == {done.pk, fresh.pk}
    done.refresh_from_db()
    assert (done.report, fresh.content != "") == ("", True)


def test_import_leaves_no_names_in_the_log(school, caplog):
    caplog.set_level("DEBUG")
    applied(school, books.merged_classes())
    told = [word for word in ("小满", "13800138001", "陈静") if word in caplog.text]
    assert told == []


def test_check_that_breaks_can_be_tried_again(school, monkeypatch):
    roster = imports.begin(school, None, "a.xlsx", books.plain_book(books.XIAOMAN))
    with monkeypatch.context() as broken, pytest.raises(TypeError):
        broken.setattr(imports, "plan_for", None)
        check_roster.func(roster.pk)
    roster.refresh_from_db()
    assert (roster.state, roster.content != "") == ("failed", True)
    check_roster.func(roster.pk)
    roster.refresh_from_db()
    assert roster.state == "checked"


def test_only_a_list_that_somebody_wants_applied_is_applied(school):
    roster = checked(school, books.plain_book(books.XIAOMAN))
    apply_roster.func(roster.pk)
    assert Child.objects.count() == 0
