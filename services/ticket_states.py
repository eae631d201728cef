"""Say which state a ticket has after what happens to it, and what cannot happen in a state (TIC-1, TIC-2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.errors import GuichetError

TicketState = Literal["new", "taken", "waiting", "solved", "closed"]
TicketEvent = Literal[
    "take", "answer", "customer_writes", "hand_over", "put_back", "solve", "close", "reopen", "merge"
]
STATES: tuple[TicketState, ...] = ("new", "taken", "waiting", "solved", "closed")
# In these a colleague has something to do; in those it is the customer's turn, or nobody's.
AT_WORK: frozenset[TicketState] = frozenset({"new", "taken"})
OPEN: frozenset[TicketState] = frozenset({"new", "taken", "waiting"})

TRANSITIONS: dict[tuple[TicketState, TicketEvent], TicketState] = {
    ("new", "take"): "taken",
    ("taken", "answer"): "waiting",
    ("waiting", "answer"): "waiting",
    ("new", "customer_writes"): "new",
    ("taken", "customer_writes"): "taken",
    ("waiting", "customer_writes"): "taken",
    ("solved", "customer_writes"): "taken",
    ("closed", "customer_writes"): "taken",
    ("taken", "hand_over"): "taken",
    ("waiting", "hand_over"): "taken",
    ("taken", "put_back"): "new",
    ("waiting", "put_back"): "new",
    ("taken", "solve"): "solved",
    ("waiting", "solve"): "solved",
    ("new", "close"): "closed",
    ("taken", "close"): "closed",
    ("waiting", "close"): "closed",
    ("solved", "close"): "closed",
    ("solved", "reopen"): "taken",
    ("closed", "reopen"): "taken",
    ("new", "merge"): "closed",
    ("taken", "merge"): "closed",
    ("waiting", "merge"): "closed",
    ("solved", "merge"): "closed",
}


@dataclass
class NotInThisState(GuichetError):
    """Something cannot happen to a ticket as it stands."""

    number: str
    state: TicketState
    event: TicketEvent


def after(number: str, state: TicketState, event: TicketEvent) -> TicketState:
    """Give the state after an event; raises NotInThisState."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise NotInThisState(number, state, event) from None
