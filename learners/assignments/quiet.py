"""Nobody is reminded at night: from 21:00 to 08:00 in Asia/Shanghai a message waits for 08:00.

A city may let its evening begin earlier and its morning later, and never the other way.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from learners.assignments.due import CITY

MORNING, EVENING = time(8), time(21)


@dataclass(frozen=True, slots=True)
class Hours:
    """Messages go out from `morning` on and before `evening`."""

    morning: time = MORNING
    evening: time = EVENING

    def __post_init__(self) -> None:
        if not MORNING <= self.morning < self.evening <= EVENING:
            raise ValueError("Quiet hours may be longer than from 21:00 to 8:00, not shorter.")


def send_at(now: datetime, hours: Hours = Hours()) -> datetime:
    """Now, or when the next morning begins."""
    local = now.astimezone(CITY)
    if hours.morning <= local.time() < hours.evening:
        return now
    day = local.date() + timedelta(days=local.time() >= hours.evening)
    return datetime.combine(day, hours.morning, CITY)
