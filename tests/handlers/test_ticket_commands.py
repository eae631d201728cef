"""Read the commands of tickets in four languages, with what follows them."""

from typing import Any

import pytest

from handlers.ticket_commands import ticket_commands
from handlers.ticket_forms import canonical

NUMBER = "GC-2026-000318"


@pytest.mark.parametrize(
    ("line", "intent", "entities"),
    [
        ("/guichet queue", "ticket.list", {}),
        ("/guichet file nouveaux fr", "ticket.list", {"state": "new", "language": "fr"}),
        ("/guichet wachtrij mijn optie", "ticket.list", {"mine": True, "subject": "option"}),
        ("/guichet Warteschlange überfällig", "ticket.list", {"overdue": True}),
        (f"/guichet take {NUMBER}", "ticket.take", {"ticket_number": NUMBER}),
        ("/guichet prendre gc 2026 000318", "ticket.take", {"ticket_number": NUMBER}),
        ("/GUICHET neem 2026-000318", "ticket.take", {"ticket_number": NUMBER}),
        ("/guichet take", "ticket.take", {}),
        (
            f"/guichet répondre {NUMBER} : c'est réglé : demain",
            "ticket.reply",
            {"ticket_number": NUMBER, "message": "c'est réglé : demain"},
        ),
        (
            f"/guichet note {NUMBER}\nclient connu\nrappeler",
            "ticket.note",
            {"ticket_number": NUMBER, "message": "client connu\nrappeler"},
        ),
        (f"/guichet schließen {NUMBER}", "ticket.close", {"ticket_number": NUMBER}),
        (
            f"/guichet handover {NUMBER} lotte@sc.example",
            "ticket.hand_over",
            {"ticket_number": NUMBER, "email": "lotte@sc.example"},
        ),
        (
            f"/guichet merge {NUMBER} GC-2026-000319",
            "ticket.merge",
            {"ticket_number": NUMBER, "into": "GC-2026-000319"},
        ),
        (f"/guichet macro {NUMBER} merci", "ticket.macro", {"ticket_number": NUMBER, "code": "merci"}),
        ("/guichet chiffres 90", "ticket.figures", {"days": 90}),
        (
            "/guichet pour els@example.be, elle m'appelle",
            "agent.on_behalf",
            {"customer": "els@example.be", "reason": "elle m'appelle"},
        ),
        (
            "/guichet behalf 400125 invoice question",
            "agent.on_behalf",
            {"customer": "400125", "reason": "invoice question"},
        ),
        ("/guichet fin", "agent.end", {}),
    ],
)
def test_command_is_read_with_what_follows(line: str, intent: str, entities: dict[str, Any]) -> None:
    commanded = ticket_commands().read(line, {})
    assert commanded is not None
    assert commanded.intent == intent
    assert dict(commanded.entities) == entities


def test_word_that_commands_nothing_is_left_to_the_understanding() -> None:
    assert ticket_commands().read("/guichet factures d'octobre", {}) is None


@pytest.mark.parametrize("said", ["GC-2026-00031", "1046123456", "CS400125000001", ""])
def test_other_numbers_are_no_tickets(said: str) -> None:
    assert canonical(said) is None
