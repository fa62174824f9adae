"""What a check has to say about a row, in plain words; kept as a code so that it can be stored."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

# An error stops the import; a remark does not.
ERRORS = {
    "name_missing": _("The child's name is missing."),
    "name_too_long": _("This name is too long for a person. Is it in the right column?"),
    "class_missing": _("The class is missing. Please fill in the class of this child."),
    "grade_missing": _("No grade can be seen for the class “{text}”. Please add the grade."),
    "number_twice": _("Row {other} has the same student number but another name."),
    "class_not_yours": _("“{text}” is not a class of yours. Please import only your own classes."),
    "child_elsewhere": _(
        "This student number belongs to a child in another class of your school."
        " Your school's administrator can move the child."
    ),
    "child_last_year": _(
        "This may be a child who is still in {text}."
        " Please let your school's administrator take that class into the new school year first."
    ),
}
REMARKS = {
    "phone_unreadable": _("“{text}” is not a mobile number; it was left out."),
    "no_phone": _("No phone on file: these parents will have to ask you to confirm them."),
    "number_unreadable": _("“{text}” is not a student number; it was left out."),
    "number_lossy": _(
        "The student number was stored as a number and lost its last digits; it was left out."
        " Format the column as text."
    ),
    "birth_unreadable": _("“{text}” is not a birth month; it was left out."),
    "class_from_above": _("The class was empty; it was taken from the row above."),
    "row_joined": _("Joined with row {other}: the same child, another guardian."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`row` counts from 1 as the spreadsheet does; `column` is the heading."""

    code: str
    sheet: str
    row: int
    column: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.code in ERRORS

    @property
    def text(self) -> str:
        words = ERRORS.get(self.code) or REMARKS[self.code]
        return str(words).format(**self.values)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
