"""How long a certificate takes on paper, beside one letter on a bare page in the same font."""

import statistics
import time
from collections.abc import Callable

from django.utils import timezone
from fpdf import FPDF

from cms.lettering import FONTS
from learners.study.certificates import printing
from learners.study.certificates.numbers import check_symbol
from learners.study.models import Certificate

TRIES = 7


def measure() -> dict[str, list[float]]:
    """Name → median seconds of the floor and of ours."""
    certificate = sample()
    floor = median(one_letter)
    return {
        "certificate as PDF": [floor, median(lambda: printing.pdf(certificate))],
        "certificate as PNG": [floor, median(lambda: printing.png(certificate))],
    }


def sample() -> Certificate:
    body = "20267K3M9XQ24TB"
    lesson = {"title": "第一课", "done": True, "required": True}
    return Certificate(
        number=body + check_symbol(body),
        name="张美华",
        masked_name="张*华",
        course_title="隔代带娃：老人和年轻父母怎么搭把手",
        minutes=52,
        completed_at=timezone.now(),
        offline=True,
        rules_version=3,
        lessons=[lesson] * 8,
    )


def one_letter() -> bytes:
    paper = FPDF(format="A4", unit="mm")
    paper.add_font("serif", fname=FONTS["serif"])
    paper.set_font("serif", size=12)
    paper.add_page()
    paper.text(20, 20, "家")
    return bytes(paper.output())


def median(act: Callable[[], bytes]) -> float:
    taken = []
    for _try in range(TRIES):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)
