"""A claim earns at most twice the elapsed time, per person, by the server's clock alone.

ARCHITECTURE.md decision 3: the generic cell rate algorithm over all lessons of one person,
held in one timestamp. All times are seconds since 1970 on the server's clock.
"""

from dataclasses import dataclass

RATE = 2
"""Media seconds that one second on the clock can earn."""
SLACK = 10.0
WINDOW = 6 * 3600.0
"""An evening without signal is credited whole; a day before it earns nothing."""
TOKEN_OPENS_CREDIT = 48 * 3600.0
CONTACT = 5 * 60.0


@dataclass(frozen=True, slots=True)
class Credit:
    granted: int
    """Seconds of the claim that may be covered now."""
    credited_until: float


def opened(now: float, opened_at: float) -> float:
    """When the token began to earn; an old token still identifies, but earns only from now."""
    return opened_at if now - opened_at <= TOKEN_OPENS_CREDIT else now


def grant(*, claimed: int, now: float, credited_until: float, opened_at: float) -> Credit:
    """What of `claimed` new seconds fits the clock, and where the person's clock then stands."""
    base = max(credited_until, opened(now, opened_at), now - WINDOW)
    granted = max(0, min(claimed, int((now + SLACK - base) * RATE)))
    if not granted:
        return Credit(0, credited_until)
    return Credit(granted, base + granted / RATE)


def is_offline(now: float, last_contact: float, opened_at: float) -> bool:
    """Whether seconds reported now were played more than five minutes out of contact."""
    return now - max(last_contact, opened_at) > CONTACT
