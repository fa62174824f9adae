from learners.assignments.models.assignment import Assignment, Scope
from learners.assignments.models.figures import ClassFigure, SchoolSnapshot
from learners.assignments.models.files import FigureFile
from learners.assignments.models.former import FormerGuardian
from learners.assignments.models.reminders import Reminder, ReminderOptOut

__all__ = [
    "Assignment",
    "ClassFigure",
    "FigureFile",
    "FormerGuardian",
    "Reminder",
    "ReminderOptOut",
    "SchoolSnapshot",
    "Scope",
]
