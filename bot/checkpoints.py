"""Name the steps of a turn, so that tests can end the process at each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Step = Literal[
    "received",  # the event is in the inbox, its turn deferred, the channel not answered yet
    "taken",  # the turn holds its message and conversation
    "answered",  # effects and replies are written, not committed
    "committed",  # the turn is committed, its job not marked done
    "producing",  # a promised file is being made
    "produced",  # the file is made, not stored
    "delivered",  # file and reply are committed, the job not marked done
]
STEPS: tuple[Step, ...] = (
    "received",
    "taken",
    "answered",
    "committed",
    "producing",
    "produced",
    "delivered",
)
Checkpoint = Callable[[Step], None]


def pass_by(_step: Step) -> None:
    """Do nothing: what happens outside tests."""
