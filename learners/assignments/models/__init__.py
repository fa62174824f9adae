from learners.assignments.models.assignment import Assignment, Scope
from learners.assignments.models.figures import ClassFigure, SchoolSnapshot
from learners.assignments.models.files import FigureFile
from learners.assignments.models.former import FormerGuardian
from learners.assignments.models.reminder_rules import ReminderMonth, ReminderRules
from learners.assignments.models.reminders import Reminder, ReminderOptOut

__all__ = [
    "Assignment",
    "ClassFigure",
    "FigureFile",
    "FormerGuardian",
    "Reminder",
    "ReminderMonth",
    "ReminderOptOut",
    "ReminderRules",
    "SchoolSnapshot",
    "Scope",
]
