"""Tell whom a message is for: the bot, or the person who has taken the conversation over (TIC-2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.dialogue import Utterance
from bot.state import ConversationState
from handlers.commands import Commanded, Commands, is_command, split
from handlers.desk import Desk
from handlers.reply import Reply
from handlers.ticket_words import carry
from intents.understanding import Understanding

# "guichet, …" and "@guichet …"; "guichet fermé hier" speaks of one, not to it.
ADDRESS = re.compile(r"\s*(?:@guichet\b[\s,:;!]*|guichet\s*(?:[,:;!]\s*|$))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """A message with the way it was addressed taken off: `line` is what a transcript holds of a command."""

    written: str
    text: str
    is_command: bool = False
    is_addressed: bool = False

    @property
    def line(self) -> str:
        """Give the command without what follows it."""
        return f"/guichet {split(self.written)[0]}".strip()

    def command(self, commands: Commands, understood: Understanding | None) -> Commanded | None:
        """Read the command, if it is one of ours; whoever only calls the bot wants to know what it can do."""
        if self.is_addressed and not self.text:
            return Commanded("chat.help", {})
        if not self.is_command:
            return None
        return commands.read(self.written, understood.entities if understood else {})


def read_call(written: str) -> Call:
    """Read how a message begins."""
    if is_command(written):
        _prefix, _space, rest = written.strip().partition(" ")
        return Call(written, rest.strip(), is_command=True, is_addressed=True)
    address = ADDRESS.match(written)
    if address is not None:
        return Call(written, written[address.end() :].strip(), is_addressed=True)
    return Call(written, written)


async def pass_to_person(
    said: Utterance, call: Call, state: ConversationState, desk: Desk, now: datetime
) -> Reply | None:
    """Pass plain words on to the person who has taken over; None where the bot is meant, or nobody has."""
    if said.action is not None or said.form_key is not None or not said.text.strip() or call.is_addressed:
        return None
    if state.addressed and state.form is not None:
        return None
    taken_over = await desk.tickets.taken_over()
    if taken_over is None:
        return None
    _ticket, message = await desk.tickets.write(taken_over.number, said.text, now)
    return Reply((), errands=(carry(message),))


def noting_address(
    state: ConversationState, said: Utterance, call: Call, before: ConversationState
) -> ConversationState:
    """Keep whether the form that is open now was asked of the bot itself."""
    meant = said.action is not None or said.form_key is not None or call.is_addressed or before.addressed
    return replace(state, addressed=meant and state.form is not None)
