"""Word what people are told of changes that others made for them (ACC-9), and what is sent by mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from handlers.access import RIGHTS
from handlers.privacy import WHAT_STAYS, in_other_chats
from handlers.reply import Block, Choice, Choices, Notice, Text, Wish
from locales.phrases import Phrase, as_is, say
from locales.words import words_of

Arguments = Mapping[str, Any]


def rights_in_words(rights: Sequence[str], language: str) -> Phrase:
    """Name rights, one after the other."""
    words = words_of(language)
    return as_is(", ".join(words.write(RIGHTS[right]) for right in rights))


def granted(told: Arguments, language: str) -> tuple[Block, ...]:
    """Tell somebody what they may do from now on."""
    return (
        Notice(
            say(
                "{by} has given you a right at {company}: {rights}.",
                by=told["by"],
                company=told["company"],
                rights=rights_in_words(told["rights"], language),
            ),
            "success",
        ),
    )


def revoked(told: Arguments, language: str) -> tuple[Block, ...]:
    """Tell somebody what they may not do any more."""
    return (
        Notice(
            say(
                "{by} has taken a right away from you at {company}: {rights}.",
                by=told["by"],
                company=told["company"],
                rights=rights_in_words(told["rights"], language),
            )
        ),
    )


def created(told: Arguments, _language: str) -> tuple[Block, ...]:
    """Tell somebody that they were added, and how to begin."""
    return (
        Text(say("{by} has added you to the users of {company}.", by=told["by"], company=told["company"])),
        HOW_TO_BEGIN,
    )


def removed(told: Arguments, _language: str) -> tuple[Block, ...]:
    """Tell somebody that their access has ended."""
    return (Notice(say("Your access for {company} has ended.", company=told["company"])),)


def linked(told: Arguments, _language: str) -> tuple[Block, ...]:
    """Tell somebody, where they were linked before, that another chat is now linked to their account."""
    return (
        Notice(
            say(
                "Another chat ({channel}) has just been linked to your account. Was it not you? Unlink all your chats.",
                channel=told["channel"],
            ),
            "warning",
        ),
        Choices(
            (
                Choice(
                    say("Unlink all my chats"), Wish("access.unlink", {"everywhere": "all"}, repeatable=False)
                ),
            )
        ),
    )


def asked(told: Arguments, _language: str) -> tuple[Block, ...]:
    """Ask an administrator to decide about a request for access (ACC-2)."""
    decide = {"request": told["request"]}
    return (
        Text(
            say(
                "{name} ({email}) asks for access for {company}.",
                name=told["name"],
                email=told["email"],
                company=told["company"],
            )
        ),
        Choices(
            (
                Choice(
                    say("Approve"),
                    Wish("access.decide", {**decide, "approve": True}, repeatable=False),
                    primary=True,
                ),
                Choice(say("Refuse"), Wish("access.decide", {**decide, "approve": False}, repeatable=False)),
            ),
            say("You decide as an administrator."),
        ),
    )


def approved(_told: Arguments, _language: str) -> tuple[Block, ...]:
    """Tell the requester that access was given, and how to begin; no name (ACC-2)."""
    return (Notice(say("Your request for access has been approved."), "success"), HOW_TO_BEGIN)


def refused(told: Arguments, _language: str) -> tuple[Block, ...]:
    """Tell the requester that access was refused; no name (ACC-2)."""
    return (
        Notice(
            say("Your request for access has been refused. Questions? Call {phone}.", phone=told["phone"])
        ),
    )


HOW_TO_BEGIN = Text(
    say(
        "To begin, link your chat: write “link my account” there with this e-mail address, and you get a code by mail."
    )
)


def erased(told: Arguments, _language: str) -> tuple[Block, ...]:
    """Confirm that what was kept about somebody is erased, and what stays."""
    return (
        Text(say("What we kept about you has been erased.")),
        Text(WHAT_STAYS),
        Text(in_other_chats(int(told["days"]))),
    )


def not_erased(_told: Arguments, _language: str) -> tuple[Block, ...]:
    """Tell somebody that what came in the way since they asked has kept them from being erased."""
    return (
        Notice(
            say(
                "I have erased nothing: since you asked, a request was opened, or you have become the only "
                "administrator of a company. Please ask again, and I say what it is."
            ),
            "warning",
        ),
    )


WORDINGS: Mapping[str, Callable[[Arguments, str], tuple[Block, ...]]] = {
    "granted": granted,
    "revoked": revoked,
    "created": created,
    "removed": removed,
    "linked": linked,
    "asked": asked,
    "approved": approved,
    "refused": refused,
    "erased": erased,
    "not_erased": not_erased,
}
SUBJECTS: Mapping[str, Phrase] = {
    "granted": say("You have new rights at the bpost counter"),
    "revoked": say("Your rights at the bpost counter have changed"),
    "created": say("You have access to the bpost counter"),
    "removed": say("Your access to the bpost counter has ended"),
    "linked": say("A chat was linked to your account"),
    "asked": say("Somebody asks for access"),
    "approved": say("You have access to the bpost counter"),
    "refused": say("Your request for access"),
    "erased": say("What we kept about you has been erased"),
    "not_erased": say("What we keep about you has not been erased"),
}
CODE_SUBJECT = say("Your code for the bpost counter")


def code_letter(name: str, code: str) -> tuple[Phrase, ...]:
    """Word the mail that carries a code (ACC-8)."""
    return (
        say("Hello {name},", name=name),
        say("Your code to link your chat is {code}.", code=code),
        say("It works once, for 10 minutes, in the chat where you asked for it."),
        say("Did you not ask for it? Then do nothing, and give this code to nobody: we never ask for it."),
    )
