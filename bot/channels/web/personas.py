"""Present the demo's people: who they are, and what to try as them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handlers.chat import EXAMPLES, QUESTIONS
from locales.phrases import Phrase, say
from locales.words import LANGUAGES, words_of
from services.demo.cast import COMPANIES, PEOPLE, STRANGER, DemoPerson
from services.demo.loading import FIRST_INVOICE

ROLES: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: the part somebody plays in the demonstration.
        "customer-fr": say("Customer, writes French"),
        # Translators: the part somebody plays in the demonstration.
        "customer-nl": say("Customer, writes Dutch"),
        # Translators: the part somebody plays in the demonstration.
        "customer-de": say("Customer, writes German"),
        # Translators: the part somebody plays in the demonstration.
        "administrator": say("Administrator of the company"),
        # Translators: the part somebody plays in the demonstration.
        "accountant": say("Accountant of two companies"),
        # Translators: the part somebody plays in the demonstration.
        "newcomer": say("New colleague, without rights"),
        # Translators: the part somebody plays in the demonstration.
        "agent": say("Agent of the Service Centre, in French"),
        # Translators: the part somebody plays in the demonstration.
        "agent-nl": say("Agent of the Service Centre, in Dutch"),
        # Translators: the part somebody plays in the demonstration.
        STRANGER: say("Somebody without an account"),
    }
)
# Translators: the name under which the demonstration lists somebody whom nobody knows.
NOBODY = say("A visitor")


def email_of(persona: str) -> str | None:
    """Give the address of the portal user that a persona plays; None for the stranger."""
    return next((person.email for person in PEOPLE if person.persona == persona), None)


def present() -> list[dict[str, Any]]:
    """Describe the personas for the page: names, roles and examples in its four languages."""
    return [*map(_present_person, PEOPLE), _present_stranger()]


def present_agents() -> list[dict[str, str]]:
    """Describe the agents among the demo's people."""
    return [{"id": person.persona, "name": person.name} for person in PEOPLE if person.is_agent]


def examples_for_anybody(language: str) -> list[str]:
    """List questions that everybody may ask, in a language."""
    return [words_of(language).write(question) for _topic, question in QUESTIONS]


def _present_person(person: DemoPerson) -> dict[str, Any]:
    return {
        "id": person.persona,
        "name": dict.fromkeys(LANGUAGES, person.name),
        "role": _in_all(ROLES[person.persona]),
        "company": ", ".join(company for company, _rights in person.rights),
        "language": person.language,
        "examples": {language: _examples(person, language) for language in LANGUAGES},
    }


def _present_stranger() -> dict[str, Any]:
    return {
        "id": STRANGER,
        "name": _in_all(NOBODY),
        "role": _in_all(ROLES[STRANGER]),
        "company": "",
        "language": None,
        "examples": {language: examples_for_anybody(language) for language in LANGUAGES},
    }


def _in_all(phrase: Phrase) -> dict[str, str]:
    return {language: words_of(language).write(phrase) for language in LANGUAGES}


def _examples(person: DemoPerson, language: str) -> list[str]:
    """Choose sentences that work as they stand for this person (CNV-4)."""
    write = words_of(language).write
    held = {right for _company, rights in person.rights for right in rights}
    doing = [write(phrase) for right, _intent, phrase in EXAMPLES if right in held]
    number = _first_invoice(person)
    if "invoices" in held and number is not None:
        doing.insert(1, write(say("Invoice {number}", number=number)))
    return doing or examples_for_anybody(language)


def _first_invoice(person: DemoPerson) -> str | None:
    """Give the number of the first invoice of a person's first company: they are numbered in order of the cast."""
    names = {company for company, _rights in person.rights}
    before = 0
    for company in COMPANIES:
        if company.name in names:
            return str(FIRST_INVOICE + before)
        before += len(company.cost_centres)
    return None
