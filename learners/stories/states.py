"""Which way a family's story may go: the family writes, an editor answers, and the family may
withdraw at any time (PRODUCT.md: stories sent in by families are reviewed by editors)."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    REFUSED = "refused"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    SEND = "send"
    TAKE_BACK = "take_back"
    PUBLISH = "publish"
    GIVE_BACK = "give_back"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


WITH_THE_FAMILY = frozenset({State.DRAFT, State.RETURNED})
"""It can be changed, and nobody else sees it."""
SENT = frozenset({State.WAITING, State.RETURNED, State.REFUSED, State.PUBLISHED})
WAYS: dict[Move, tuple[frozenset[State], State]] = {
    Move.SEND: (WITH_THE_FAMILY, State.WAITING),
    Move.TAKE_BACK: (frozenset({State.WAITING}), State.DRAFT),
    Move.PUBLISH: (frozenset({State.WAITING}), State.PUBLISHED),
    Move.GIVE_BACK: (frozenset({State.WAITING}), State.RETURNED),
    Move.REFUSE: (frozenset({State.WAITING}), State.REFUSED),
    Move.WITHDRAW: (SENT, State.WITHDRAWN),
}


class NotThatWay(Exception):
    """The story stands where this move does not begin."""


def may(state: str, move: Move) -> bool:
    return state in WAYS[move][0]


def after(state: str, move: Move) -> State:
    """Raises NotThatWay."""
    if not may(state, move):
        raise NotThatWay(f"{move} from {state}")
    return WAYS[move][1]
