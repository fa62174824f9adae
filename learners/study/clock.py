"""Rules reckon in seconds since 1970 on the server's clock; rows hold moments."""

import time
from datetime import UTC, datetime

EPOCH = datetime.fromtimestamp(0, UTC)


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def now() -> float:
    return time.time()
