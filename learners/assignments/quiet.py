"""Nobody is reminded at night: from 21:00 to 08:00 in Asia/Shanghai a message waits for 08:00."""

from datetime import datetime, time, timedelta

from learners.assignments.due import CITY

MORNING, EVENING = time(8), time(21)


def send_at(now: datetime) -> datetime:
    """Now, or the next morning at eight."""
    local = now.astimezone(CITY)
    if MORNING <= local.time() < EVENING:
        return now
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return datetime.combine(day, MORNING, CITY)
