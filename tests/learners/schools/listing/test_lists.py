"""Schools, classes and teachers from a list: within the ground, whole or not at all."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from learners.accounts.models import User
from learners.schools import touching
from learners.schools.ground import Ground, ground_of
from learners.schools.listing.lists import import_list
from learners.schools.listing.rows import parse_kind
from learners.schools.models import School, SchoolClass, StaffAppointment
from learners.schools.roster.opening import FileRefusedError
from tests.conftest import person
from tests.learners.schools.conftest import TODAY, appoint
from tests.learners.schools.roster.books import book

CITY = Ground(city=True)
HEADER = ["学校代码", "学校名称", "区县", "学校类型", "年级", "班级", "班主任", "手机", "职务"]
ROWS = [
    ["2026年学校、班级、班主任一览表"],
    HEADER,
    ["dy01", "大渡口一中", "大渡口区", "初级中学", "1", "（1）班", "赵老师", 13800138021, "班主任"],
    ["DY01", None, None, None, "初二", "3", "钱老师", "138 0013 8022", None],
    ["DY01", None, None, None, None, None, "孙校长", "13800138023", "管理员"],
    [],
    ["DY02", "阳光幼儿园", "大渡口区", "幼儿园", None, "大一班", None, None, None],
]


def listed(*rows):
    return book(("学校", [*rows]))


def told(result):
    return result.schools, result.classes, result.appointments


def state():
    return [School.objects.count(), SchoolClass.objects.count(), StaffAppointment.objects.count(),
            User.objects.count()]  # fmt: skip


def test_list_makes_schools_classes_and_teachers(db, monkeypatch, django_assert_max_num_queries):
    heard = []
    monkeypatch.setattr(touching, "_recounts", [heard.extend])
    with django_assert_max_num_queries(20):
        result = import_list(listed(*ROWS), CITY, TODAY)
    assert (result.errors, told(result)) == ([], (2, 3, 3))
    classes = SchoolClass.objects.order_by("name").values_list("name", "grade", "district__name")
    assert set(classes) == {
        ("七年级1班", 7, "大渡口区"), ("八年级3班", 8, "大渡口区"), ("大1班", 0, "大渡口区")
    }  # fmt: skip
    assert heard == sorted(SchoolClass.objects.values_list("pk", flat=True))
    head = User.objects.with_phone("+8613800138023").get()
    assert (head.name, ground_of(head).schools) == (
        "孙校长", {School.objects.get(code="DY01").pk}
    )  # fmt: skip


def test_again_changes_nothing(db):
    import_list(listed(*ROWS), CITY, TODAY)
    before = state()
    assert told(import_list(listed(*ROWS), CITY, TODAY)) == (0, 0, 0)
    assert state() == before


def test_dry_run_changes_nothing(db):
    before = state()
    assert told(import_list(listed(*ROWS), CITY, TODAY, dry_run=True)) == (2, 3, 3)
    assert state() == before


@pytest.mark.parametrize(
    "row",
    [
        ["", "无代码学校", "大渡口区", "小学"],
        ["X1", "某学校", "无此区", "小学"],
        ["X1", "某学校", "大渡口区", "监狱"],
        ["X1", "", "大渡口区", "小学"],
        ["X1", "某学校", "大渡口区", "小学", "", "彩虹班"],
        ["X1", "某学校", "大渡口区", "小学", "1", "1班", "王", "12"],
        ["X1", "某学校", "大渡口区", "小学", "", "", "王", "13800138024"],
        ["=cmd()", "某学校", "大渡口区", "小学"],
    ],
)
def test_one_wrong_row_stops_the_whole_list(db, row):
    before = state()
    result = import_list(listed(*ROWS, row), CITY, TODAY)
    assert [(sheet, number) for sheet, number, _words in result.errors] == [("学校", 8)]
    assert (told(result), state()) == ((0, 0, 0), before)


def test_nobody_reaches_beyond_the_ground(school, foreign_class, district):
    row = ["SM01", "", "", "", "四", "1班"]
    for ground in (Ground(schools=frozenset({school.pk})), Ground(districts={district.pk})):
        result = import_list(listed(HEADER, row), ground, TODAY)
        assert len(result.errors) == 1
    new = ["NEW1", "新学校", "万州区", "小学"]
    assert len(import_list(listed(HEADER, new), Ground(districts={district.pk}), TODAY).errors) == 1
    own = ["JW01", "", "", "", "四", "1班"]
    ground = Ground(schools=frozenset({school.pk}))
    assert told(import_list(listed(HEADER, own), ground, TODAY)) == (0, 1, 0)


@pytest.mark.parametrize("data", [b"x", listed(["姓名", "班级"], ["陈小满", "1班"]), b"PK\x03\x04"])
def test_file_that_is_no_list(db, data):
    with pytest.raises(FileRefusedError):
        import_list(data, CITY, TODAY)


def test_kinds_by_their_words():
    words = ["九年一贯制学校", "完全小学", "城市社区家长学校", "农村社区家长学校", "普通高中",
             "中等职业学校", "企业", "特殊教育学校", "监狱"]  # fmt: skip
    assert [parse_kind(word) for word in words] == [
        "junior", "primary", "community_urban", "community_rural", "senior", "vocational",
        "workplace", "other", "",
    ]  # fmt: skip


def test_page_is_for_administrators(client, school, teacher, head):
    client.force_login(teacher)
    assert client.get("/school/list/").status_code == 404
    client.force_login(head)
    rows = listed(HEADER, ["JW01", "", "", "", "四", "1班", "何老师", "13800138012"])
    for only_check, count in (("on", 0), ("", 1)):
        file = SimpleUploadedFile("a.xlsx", rows)
        page = client.post("/school/list/", {"file": file, "only_check": only_check})
        assert (told(page.context["result"]), SchoolClass.objects.filter(grade=4).count()) == (
            (0, 1, 1), count
        )  # fmt: skip
    page = client.post("/school/list/", {"file": SimpleUploadedFile("a.xlsx", b"x")})
    assert list(page.context["form"].errors) == ["file"]
    foreign = SimpleUploadedFile("a.xlsx", listed(HEADER, ["SM01", "某校", "万州区", "小学"]))
    page = client.post("/school/list/", {"file": foreign})
    assert (len(page.context["result"].errors), School.objects.count()) == (1, 1)


def run(*options):
    out = StringIO()
    call_command(*options, stdout=out)
    return out.getvalue().splitlines()


def test_command_imports(db, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(listed(*ROWS))
    assert run("import_schools", str(path), "--dry-run") == [
        "2 schools, 3 classes, 3 appointments", "Dry run: nothing was changed."
    ]  # fmt: skip
    assert (run("import_schools", str(path))[0][:9], School.objects.count()) == ("2 schools", 2)
    path.write_bytes(listed(HEADER, ["X1", "", "", ""]))
    for wrong in (path, tmp_path / "none"):
        with pytest.raises(CommandError):
            run("import_schools", str(wrong))
    path.write_bytes(b"x")
    with pytest.raises(CommandError):
        run("import_schools", str(path))


def test_command_appoints_the_first_administrators(school, chen_jing):
    user = person("市管理员", username="city")
    assert run("appoint", "city", "--role=city") == ["Appointed."]
    run("appoint", "138 0013 8001", "--role=school", "--of=JW01")
    run("appoint", "13800138099", "--role=district", "--of=500105", "--name=区县管理员")
    assert (ground_of(user).city, ground_of(chen_jing).schools) == (True, {school.pk})
    named = User.objects.with_phone("+8613800138099").get()
    assert (named.name, len(ground_of(named).districts)) == ("区县管理员", 1)
    for wrong in (["nobody", "--role=city"], ["city", "--role=school", "--of=XX"]):
        with pytest.raises(CommandError):
            run("appoint", *wrong)


def test_administrator_is_not_appointed_twice(school):
    head = person("校长", "+8613800138030")
    appoint(head, "school", school)
    row = ["JW01", "", "", "", "", "", "校长", "13800138030", "管理员"]
    assert told(import_list(listed(HEADER, row), CITY, TODAY)) == (0, 0, 0)
