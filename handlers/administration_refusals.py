"""Say why a change of rights cannot be made (ACC-4 to ACC-6)."""

from __future__ import annotations

from handlers.notices import rights_in_words
from handlers.reply import Notice, Reply, reply
from locales.phrases import Phrase, say
from services.access import LastAdministrator, MayNotManage, NoColleague, NotHeld
from services.errors import GuichetError


def refused(fact: GuichetError, language: str) -> Reply:
    """Word a fact of the access service."""
    return reply(Notice(_words(fact, language), "warning"), remember={})


def _words(fact: GuichetError, language: str) -> Phrase:
    match fact:
        case MayNotManage("admin"):
            return say("Only somebody who makes administrators can do that.")
        case MayNotManage():
            return say("Only an administrator of your company can do that.")
        case NotHeld(rights):
            return say(
                "You cannot give or take what you do not have yourself: {rights}.",
                rights=rights_in_words(rights, language),
            )
        case LastAdministrator():
            return say(
                "That would leave your company without an administrator. Make somebody else administrator first."
            )
        case NoColleague(email):
            return say("{email} is not among the users of your company yet.", email=email)
    raise fact
