from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image

from cms.lettering import width
from learners.study.certificates import issuing, printing
from learners.study.certificates.sheet import FONT, HIGH, WIDE, Box, Disc, Shape, Text, marks
from learners.study.models import Certificate
from tests.learners.study.conftest import finished_run


@pytest.fixture
def certificate(course, article_lesson, chen_jing):
    return issuing.issue(finished_run(chen_jing, course, completed_offline=True), "陈静")


def texts(certificate):
    return [mark.text for mark in marks(certificate) if isinstance(mark, Text)]


def corners(mark):
    if isinstance(mark, Text):
        half = width(mark.text, FONT, mark.size) / (2 if mark.centred else 1)
        left = mark.x - half if mark.centred else mark.x
        return [(left, mark.y - mark.size), (mark.x + half, mark.y)]
    if isinstance(mark, Box):
        return [(mark.x, mark.y), (mark.x + mark.wide, mark.y + mark.high)]
    if isinstance(mark, Disc):
        return [(mark.x - mark.radius, mark.y - mark.radius)]
    return mark.points


def test_sheet_says_everything(certificate):
    found = texts(certificate)
    assert "陈静" in found
    assert any(certificate.get_check_url().split("/")[2] in text for text in found)
    assert "".join(found).count("手机与孩子") == 1
    certificate.revoked_at = certificate.issued_at
    assert len(texts(certificate)) == len(found) + 1


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("陈静", "手机"),
        ("阿" * 30, "很长的课程名字，" * 31),
        ("W" * 30, "Long words without any space" * 8),
        ("<b>𬱖</b>", "𬱖=1+1"),
    ],
)
def test_everything_stays_on_the_sheet(certificate, name, title):
    certificate.name, certificate.course_title = name, title
    found = marks(certificate)
    assert {type(mark) for mark in found} == {Text, Box, Shape, Disc}
    for mark in found:
        for x, y in corners(mark):
            assert -0.01 <= x <= WIDE + 0.01, mark
            assert -0.01 <= y <= HIGH + 0.01, mark


def test_picture_is_an_upright_png(certificate):
    with Image.open(BytesIO(printing.png(certificate))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1260, 1782))


def test_picture_differs_by_name(certificate):
    before = printing.png(certificate)
    certificate.name = "陈静怡"
    assert printing.png(certificate) != before


def test_paper_is_one_page_with_few_letters_embedded(certificate):
    paper = printing.pdf(certificate)
    assert paper.startswith(b"%PDF-")
    assert paper.count(b"/Type /Page\n") == 1
    assert b"/FontFile3" in paper
    assert len(paper) < 60_000


def test_certificate_is_chinese_whatever_its_owner_reads(certificate):
    chinese = printing.png(certificate)
    with translation.override("en"):
        assert printing.png(Certificate.objects.get()) == chinese


@pytest.mark.parametrize("paint", [printing.draw, printing.put])
def test_unknown_mark_is_refused(paint):
    with pytest.raises(TypeError):
        paint("a line", None)
