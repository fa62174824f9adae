"""A child's age stage: the kind of school decides first, then completed years (PRODUCT.md, Words).

A six-year-old first-grader is `7-12`. Codes are those of the taxonomy; an unborn child's
family is `expecting`. Empty when nothing is known, or when the child has grown up.
"""

from datetime import date

EXPECTING = "expecting"
BY_KIND = {
    "kindergarten": "4-6",
    "primary": "7-12",
    "junior": "13-15",
    "senior": "16-18",
    "vocational": "16-18",
}
# Up to how many completed years, both ends included.
BY_AGE = ((3, "0-3"), (6, "4-6"), (12, "7-12"), (15, "13-15"), (18, "16-18"))
NURSERY = -3  # the grade before the kindergarten's first


def completed_years(birth_month: str, today: date) -> int:
    """`birth_month` is "2019-03"; the day is not known, so the month counts as begun."""
    year, month = (int(part) for part in birth_month.split("-"))
    return today.year - year - (today.month < month)


def age_stage(
    today: date,
    kind: str = "",
    grade: int | None = None,
    birth_month: str = "",
    due_date: date | None = None,
) -> str:
    if kind == "kindergarten" and grade == NURSERY:
        return "0-3"
    if kind in BY_KIND:
        return BY_KIND[kind]
    if due_date and not birth_month:
        if due_date >= today:
            return EXPECTING
        birth_month = f"{due_date:%Y-%m}"
    if not birth_month:
        return ""
    years = completed_years(birth_month, today)
    if years < 0:
        return EXPECTING
    return next((stage for most, stage in BY_AGE if years <= most), "")
