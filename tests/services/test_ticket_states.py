"""Show what can happen to a ticket in each state, and nothing else (TIC-1, TIC-2)."""

from typing import get_args

import pytest

from services.ticket_states import STATES, TRANSITIONS, NotInThisState, TicketEvent, TicketState, after

POSSIBLE = {
    "new": {"take": "taken", "customer_writes": "new", "close": "closed", "merge": "closed"},
    "taken": {
        "answer": "waiting",
        "customer_writes": "taken",
        "hand_over": "taken",
        "put_back": "new",
        "solve": "solved",
        "close": "closed",
        "merge": "closed",
    },
    "waiting": {
        "answer": "waiting",
        "customer_writes": "taken",
        "hand_over": "taken",
        "put_back": "new",
        "solve": "solved",
        "close": "closed",
        "merge": "closed",
    },
    "solved": {"customer_writes": "taken", "close": "closed", "reopen": "taken", "merge": "closed"},
    "closed": {"customer_writes": "taken", "reopen": "taken"},
}


@pytest.mark.rule("TIC-2")
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", get_args(TicketEvent))
def test_event_leads_where_it_should_or_is_a_fact(state: TicketState, event: TicketEvent) -> None:
    expected = POSSIBLE[state].get(event)
    if expected is not None:
        assert after("GC-2026-000001", state, event) == expected
        return
    with pytest.raises(NotInThisState) as fact:
        after("GC-2026-000001", state, event)
    assert (fact.value.number, fact.value.state, fact.value.event) == ("GC-2026-000001", state, event)


def test_every_state_can_be_reached_and_left() -> None:
    assert set(TRANSITIONS.values()) == set(STATES)
    assert {state for state, _event in TRANSITIONS} == set(STATES)
