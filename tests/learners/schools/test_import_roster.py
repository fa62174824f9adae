"""The command: what it prints, and that a failed or dry run leaves nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from learners.schools.models import Child, RosterImport
from tests.learners.schools.roster import books


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(books.title_and_two_rows_of_header())
    return path


def run(file, *options, school="JW01"):
    out = StringIO()
    call_command("import_roster", str(file), f"--school={school}", *options, stdout=out)
    return out.getvalue().splitlines()


def test_dry_run_and_import(school, file):
    counts = "new 2, changed 0, unchanged 0, moved 0, ask 0, error 0, missing 0"
    dry = run(file, "--dry-run")
    assert dry == ["Not kept: 身份证号, 家庭住址", counts, "Dry run: nothing was changed."]
    assert (Child.objects.count(), RosterImport.objects.count()) == (0, 0)
    assert run(file)[-1] == "Applied."
    assert (Child.objects.count(), RosterImport.objects.get().content) == (2, "")
    assert run(file)[1].startswith("new 0, changed 0, unchanged 2")


@pytest.mark.parametrize("code", ["XX", ""])
def test_unknown_school(school, file, code):
    with pytest.raises(CommandError):
        run(file, school=code)


def test_unreadable_file_and_missing_file(school, tmp_path):
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    for path in (broken, tmp_path / "none.xlsx"):
        with pytest.raises(CommandError):
            run(path)
    assert RosterImport.objects.count() == 0


def test_errors_name_row_and_column_but_no_child(school, tmp_path, capsys):
    path = tmp_path / "a.xlsx"
    row = ["三年级", "2班", "=1", "陈小满", "", "1380013", "", ""]
    path.write_bytes(books.plain_book(row, ["三年级", "2班", "", "", "x", "", "", ""]))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_roster", str(path), "--school=JW01", stdout=out)
    told = out.getvalue()
    assert ("花名册 3 姓名" in told, "小满" in told, "1380013" in told) == (True, False, False)
    assert Child.objects.count() == 0
