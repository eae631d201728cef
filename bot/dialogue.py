"""Lead the conversation: an open form takes the message first, then the router; what is unclear is asked back.

Pure of channels and of the inbox: an `Utterance` and a state in, a `Reply` and the next state out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Protocol

from bot import remarks
from bot.assent import agrees, calls_off, declines, goes_back, objects, skips
from bot.state import ConversationState
from handlers.access import refusal
from handlers.barcodes import with_likely
from handlers.commands import is_command
from handlers.desk import Desk
from handlers.faults import explain
from handlers.forms.declaration import Form, Option, Received
from handlers.forms.filling import Asking, Ready, cannot_be, corrects, fill, open_form, take_text
from handlers.forms.state import FormState
from handlers.forms.stepping import step_back, step_past
from handlers.reply import Block, FormCard, Reply, Text, reply
from handlers.request import Request
from handlers.router import Route, Router
from handlers.session import Session
from intents.understanding import Context, Language, Understanding

# Questions that interrupt a form without ending it (CNV-3).
ASIDES = ("faq", "chat.")
# So sure must it be that free words asked for are none, but the end of the form.
SURELY_OVER = 0.95
# What was being filled in for one customer is no business of the next, nor of the agent alone (ACC-10).
CHANGES_OF_CUSTOMER = ("agent.on_behalf", "agent.end")


class Understander(Protocol):
    """What the dialogue needs of `intents`."""

    def understand(
        self, text: str, *, today: date, language: Language | None = None, context: Context | None = None
    ) -> Understanding:
        """Say what a message means."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a person said: a text already understood, a button's action, or the values of a whole form."""

    text: str = ""
    understood: Understanding | None = None
    action: Mapping[str, Any] | None = None
    form_key: str | None = None
    form_values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    unreadable: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn's outcome; `miss` says what is kept to learn from: `clarify` or `reject`."""

    reply: Reply
    state: ConversationState
    miss: str | None = None


class Dialogue:
    """One turn of one conversation."""

    def __init__(
        self, router: Router, session: Session, desk: Desk, now: datetime, state: ConversationState
    ) -> None:
        self._router = router
        self._session = session
        self._desk = desk
        self._now = now
        self._state = state

    async def answer(self, said: Utterance) -> Answered:
        """Answer what was said."""
        if said.unreadable and not said.text:
            return Answered(remarks.cannot_read(self._session), self._state)
        if said.form_key is not None:
            return await self._submitted(said.form_key, said.form_values)
        if said.action is not None:
            return await self._pressed(said.action)
        assert said.understood is not None
        if not said.text.strip():
            return Answered(remarks.cannot_read(self._session), self._state)
        if is_command(said.text):
            return await self._commanded(said.text, said.understood)
        open_state = self._state.form
        if open_state is not None:
            return await self._in_form(open_state, said.text, said.understood)
        return await self._fresh(said.text, said.understood)

    async def _commanded(self, text: str, understood: Understanding) -> Answered:
        """Do what a command says, whatever form is open; one that nobody knows is read as any other message."""
        command = self._router.commands.read(text, understood.entities)
        if command is None:
            return await self._fresh(text, understood)
        return await self._act(command.intent, command.entities, text, understood)

    async def _fresh(self, text: str, understood: Understanding) -> Answered:
        """Act, ask back, or admit not to have understood (CNV-1)."""
        if understood.decision == "act":
            return await self._act(understood.intent, understood.entities, text, understood)
        if understood.decision == "clarify":
            self._state = replace(self._state, misses=self._state.misses + 1)
            asked = remarks.which_one(understood, self._router, self._session)
            if asked is not None:
                return Answered(asked, self._state, "clarify")
        misses = self._state.misses + 1
        self._state = replace(self._state, misses=misses)
        return Answered(remarks.not_understood(misses, self._session), self._state, "reject")

    async def _act(
        self,
        intent: str,
        entities: Mapping[str, Any],
        text: str = "",
        understood: Understanding | None = None,
    ) -> Answered:
        self._state = replace(self._state, misses=0)
        route = self._router.find(intent)
        if route is None:
            return Answered(remarks.not_here_yet(intent), self._remembering(intent, entities))
        refused = refusal(route, self._session)
        if refused is not None:
            return Answered(refused, self._state)
        request = self._request(route.intent, entities, text, understood)
        explained = await self._explained(request)
        if explained is not None:
            return Answered(explained, self._remembering(intent, entities))
        if route.form is None:
            return await self._handle(route, request)
        received = await route.form.receive(request, self._desk) if route.form.receive else None
        if received is not None and received.entities is None:
            return await self._instead_of_form(request, received)
        before = received.blocks if received else ()
        entities = received.entities if received and received.entities is not None else entities
        borrowed = {**self._replaced(route, route.form), **self._borrowed(route, route.form, entities)}
        return await self._advance(route, route.form, open_form(route.form, borrowed, text), request, *before)

    async def _instead_of_form(self, request: Request, received: Received) -> Answered:
        """Say what a form's subject answers where the form has nothing to take."""
        self._remembering(request.intent, {})
        if request.intent in CHANGES_OF_CUSTOMER and self._session.is_on_behalf:
            self._leave_forms()
        open_state = self._state.form
        again = await self._ask_again(open_state) if open_state is not None else ()
        return Answered(reply(*received.blocks, *again), self._state)

    def _leave_forms(self) -> None:
        for left in self._state.forms:
            self._state = self._state.without_form(left.key)

    async def _explained(self, request: Request) -> Reply | None:
        """Explain what is wrong with a number or a date; a mistyped barcode may be one of theirs (ITM-4)."""
        return explain(replace(request, faults=await with_likely(request.faults, self._desk)))

    def _borrowed(self, route: Route, form: Form, entities: Mapping[str, Any]) -> Mapping[str, Any]:
        """Lend "annexe", said after a search, what the search was for: same matter, nothing else said."""
        last = self._state.intent
        if not form.borrows:
            return entities
        if last is None or last == route.intent or last.partition(".")[0] != route.intent.partition(".")[0]:
            return entities
        names = {form_field.entity or form_field.name for form_field in form.fields}
        if names & entities.keys():
            return entities
        return {**(self._state.entities or {}), **entities}

    def _replaced(self, route: Route, form: Form) -> Mapping[str, Any]:
        """Close an open form of the same wish, whose place the new one takes, and keep what was chosen in it."""
        chosen: dict[str, Any] = {}
        for earlier in self._state.forms:
            if earlier.intent == route.intent:
                self._state = self._state.without_form(earlier.key)
                choices = {declared.name for declared in form.fields if declared.kind == "choice"}
                chosen = {name: value for name, value in earlier.values.items() if name in choices}
        return chosen

    async def _handle(self, route: Route, request: Request) -> Answered:
        answer = await route.handler(request, self._desk)
        remember = answer.remember if answer.remember is not None else request.entities
        self._remembering(route.intent, remember)
        if route.intent in CHANGES_OF_CUSTOMER:
            self._leave_forms()
        form = self._state.form
        if form is not None:
            answer = replace(answer, blocks=(*answer.blocks, *await self._ask_again(form)))
        return Answered(answer, self._state)

    async def _advance(
        self,
        route: Route,
        form: Form,
        form_state: FormState,
        request: Request,
        *before: Block,
        confirmed: bool = False,
    ) -> Answered:
        refused = refusal(route, self._session)
        if refused is not None:
            # A right may be taken away while the form is open.
            self._state = self._state.without_form(form_state.key)
            return Answered(refused, self._state)
        outcome = await fill(form, form_state, request, self._desk, confirmed=confirmed)
        if isinstance(outcome, Asking):
            self._state = self._state.with_form(outcome.state)
            return Answered(reply(*before, FormCard(outcome.view)), self._state)
        self._state = self._state.without_form(form_state.key)
        return await self._handle(route, self._filled(request, outcome))

    def _filled(self, request: Request, ready: Ready) -> Request:
        return replace(request, filled=ready.filled, entities=ready.state.entities)

    async def _in_form(self, form_state: FormState, text: str, understood: Understanding) -> Answered:
        """Take a message while a form is open: an end, an answer, a correction, or something in between."""
        route = self._router.find(form_state.intent)
        if route is None or route.form is None:
            self._state = self._state.without_form(form_state.key)
            return await self._fresh(text, understood)
        if goes_back(text):
            return await self._went_back(route, route.form, form_state)
        if skips(text) and form_state.asked is not None:
            return await self._skipped(route, route.form, form_state)
        holds_values = corrects(route.form, form_state, text, understood)
        if self._ends(form_state, route.form, text, understood) and not holds_values:
            return await self._cancelled(form_state)
        if form_state.stage == "confirming" and agrees(text):
            return await self._confirmed(route, form_state)
        added = _added(route.form, form_state, text)
        if added is not None:
            request = self._request(route.intent, form_state.entities)
            return await self._advance(route, route.form, added, request)
        if _is_another_wish(form_state, route.form, understood):
            return await self._act(understood.intent, understood.entities, text, understood)
        asks = text.rstrip().endswith("?")
        if (asks or not holds_values) and self._is_aside(form_state, route.form, text, understood):
            return await self._act(understood.intent, understood.entities, text, understood)
        request = self._request(route.intent, form_state.entities, text, understood)
        explained = await self._explained(request)
        if explained is not None:
            return Answered(
                replace(explained, blocks=(*explained.blocks, *await self._ask_again(form_state))),
                self._state,
            )
        return await self._taken(route, route.form, form_state, request, understood)

    async def _taken(
        self, route: Route, form: Form, form_state: FormState, request: Request, understood: Understanding
    ) -> Answered:
        """Take a message as an answer or a correction; else it is another wish, or not understood."""
        before: tuple[Block, ...] = ()
        said = replace(request, entities=understood.entities)
        received = await form.receive(said, self._desk) if form.receive else None
        if received is not None:
            if received.entities is None:
                return await self._instead_of_form(said, received)
            before, understood = received.blocks, replace(understood, entities=received.entities)
        options = await self._options(form, form_state, request)
        taken = take_text(form, form_state, request.text, understood, options)
        if taken is not None:
            return await self._advance(route, form, taken, request, *before)
        if understood.decision == "act" and understood.intent != form_state.intent:
            return await self._act(understood.intent, understood.entities, request.text, understood)
        return await self._not_taken(route, form, form_state, request)

    def _ends(self, form_state: FormState, form: Form, text: str, understood: Understanding) -> bool:
        """Hear "annuler / annuleren / stop", or a plain no to the summary (CNV-3)."""
        if calls_off(text):
            return True
        if understood.intent == "chat.cancel" and understood.decision != "reject":
            asked = form.field(form_state.asked) if form_state.asked else None
            dictating = asked is not None and asked.kind == "text" and asked.entity is not None
            # "Il n'est pas venu non plus" is what is to be written, not the end of writing; nor does a no that says
            # more, "non, celle de septembre", end what it corrects.
            correcting = form_state.stage == "confirming" and objects(text)
            return not (dictating or correcting) or understood.confidence >= SURELY_OVER
        return form_state.stage == "confirming" and declines(text)

    def _is_aside(self, form_state: FormState, form: Form, text: str, understood: Understanding) -> bool:
        """Tell a question in the middle of a form from an answer to it (CNV-3)."""
        if understood.decision != "act":
            return False
        asked = form.field(form_state.asked) if form_state.asked else None
        if not understood.intent.startswith(ASIDES):
            if asked is None or asked.kind != "text" or understood.intent == form_state.intent:
                return False
            # "Où est RR389687422BE ?" is nobody's name, and "200 étiquettes" nothing's barcode.
            return text.rstrip().endswith("?") or cannot_be(asked, text, self._request(form_state.intent, {}))
        if asked is not None and asked.kind == "text" and asked.entity is not None:
            # Free words are the answer, unless they plainly ask something.
            return text.rstrip().endswith("?") or understood.intent in {"chat.help", "chat.language"}
        return True

    async def _not_taken(self, route: Route, form: Form, form_state: FormState, request: Request) -> Answered:
        missed = replace(form_state, misses=form_state.misses + 1)
        before: tuple[Block, ...] = (Text(remarks.NOT_AN_ANSWER),)
        if missed.misses >= 2:
            before = (*before, remarks.offer_person())
        return replace(await self._advance(route, form, missed, request, *before), miss="reject")

    async def _submitted(self, key: str, values: Mapping[str, Any]) -> Answered:
        """Take a whole form, if it is the one that is open."""
        form_state = next((form for form in self._state.forms if form.key == key), None)
        route = self._router.find(form_state.intent) if form_state else None
        if form_state is None or route is None or route.form is None:
            return Answered(remarks.form_is_over(), self._state)
        names = {form_field.name for form_field in route.form.fields}
        known = {name: value for name, value in values.items() if name in names}
        request = self._request(route.intent, form_state.entities)
        return await self._advance(route, route.form, form_state.with_values(known), request)

    async def _pressed(self, action: Mapping[str, Any]) -> Answered:
        if action["do"] == "wish":
            return await self._act(action["intent"], action["entities"])
        form_state = next((form for form in self._state.forms if form.key == action["form"]), None)
        if form_state is None:
            return Answered(remarks.form_is_over(), self._state)
        route = self._router.find(form_state.intent)
        assert route is not None
        assert route.form is not None
        if action["command"] == "cancel":
            return await self._cancelled(form_state)
        if action["command"] == "confirm":
            return await self._confirmed(route, form_state)
        if action["command"] == "back":
            return await self._went_back(route, route.form, form_state, action["field"])
        if action["command"] == "skip":
            return await self._skipped(route, route.form, form_state, action["field"])
        request = self._request(route.intent, form_state.entities)
        changed = form_state.with_values({action["field"]: action["value"]})
        return await self._advance(route, route.form, changed, request)

    async def _went_back(
        self, route: Route, form: Form, form_state: FormState, to: str | None = None
    ) -> Answered:
        """Ask the question before this one again; what it was answered with stays until it is answered anew."""
        moved = step_back(form_state, to)
        request = self._request(route.intent, form_state.entities)
        if moved is None:
            return await self._advance(route, form, form_state, request, Text(remarks.NOTHING_BEFORE))
        return await self._advance(route, form, moved, request)

    async def _skipped(
        self, route: Route, form: Form, form_state: FormState, asked: str | None = None
    ) -> Answered:
        """Leave a question open that may stay so; an old button skips only what is still asked."""
        request = self._request(route.intent, form_state.entities)
        if asked is not None and asked != form_state.asked:
            return await self._advance(route, form, form_state, request)
        moved = step_past(form, form_state)
        if moved is None:
            return await self._advance(route, form, form_state, request, Text(remarks.IS_NEEDED))
        return await self._advance(route, form, moved, request)

    async def _confirmed(self, route: Route, form_state: FormState) -> Answered:
        """Carry out what was summed up; an old button of a form that changed since sums up again."""
        assert route.form is not None
        request = self._request(route.intent, form_state.entities)
        was_summed_up = form_state.stage == "confirming"
        return await self._advance(route, route.form, form_state, request, confirmed=was_summed_up)

    async def _cancelled(self, form_state: FormState) -> Answered:
        self._state = self._state.without_form(form_state.key)
        blocks: Sequence[Block] = ()
        if self._state.form is not None:
            blocks = await self._ask_again(self._state.form)
        return Answered(reply(Text(remarks.CANCELLED), *blocks), self._state)

    async def _ask_again(self, form_state: FormState) -> tuple[Block, ...]:
        """Come back to the open form after something in between (CNV-3)."""
        route = self._router.find(form_state.intent)
        if route is None or route.form is None:
            return ()
        request = self._request(route.intent, form_state.entities)
        outcome = await fill(route.form, form_state, request, self._desk)
        if isinstance(outcome, Ready):
            return ()
        return (Text(remarks.BACK_TO_FORM), FormCard(outcome.view))

    async def _options(self, form: Form, form_state: FormState, request: Request) -> Sequence[Option]:
        if form_state.asked is None:
            return ()
        asked = form.field(form_state.asked)
        return await asked.options(request, self._desk, form_state.values) if asked.options else ()

    def _request(
        self,
        intent: str,
        entities: Mapping[str, Any],
        text: str = "",
        understood: Understanding | None = None,
    ) -> Request:
        return Request(
            intent=intent,
            session=self._session,
            now=self._now,
            text=text,
            entities=entities,
            faults=understood.faults if understood else (),
            transcript=self._state.lines,
        )

    def _remembering(self, intent: str, entities: Mapping[str, Any]) -> ConversationState:
        if not intent.startswith("chat."):
            self._state = replace(self._state, intent=intent, entities=dict(entities))
        return self._state


def _is_another_wish(form_state: FormState, form: Form, understood: Understanding) -> bool:
    """Tell a wish of its own from a correction of the summary: it says what the form has no place for.

    "Les récépissés de cette semaine pour CS…" must not change for which operational ID material is ordered.
    """
    if form_state.stage != "confirming" or understood.decision != "act":
        return False
    subject = understood.intent.partition(".")[0]
    if understood.confidence < SURELY_OVER or subject in ("chat", form_state.intent.partition(".")[0]):
        return False
    if any(field.takes is not None for field in form.fields):
        return False
    return bool(understood.entities.keys() - {field.entity or field.name for field in form.fields})


def _added(form: Form, form_state: FormState, text: str) -> FormState | None:
    """Take "no, I mean …", said to a summary, into the form's one free text; None where it is not that (CNV-2).

    Nothing of what was said before is thrown away: whoever reads it sees both.
    """
    texts = [field.name for field in form.fields if field.kind == "text" and not field.many]
    if form_state.stage != "confirming" or len(texts) != 1 or not objects(text):
        return None
    earlier = form_state.values.get(texts[0], "")
    return form_state.with_values({texts[0]: f"{earlier}\n{text.strip()}"})
