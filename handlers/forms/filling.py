"""Bring a form forward: take what a message gives, find what is missing or wrong, know when it is complete."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Refusal
from handlers.forms.reading import find_named, labelled, one_of, read_value
from handlers.forms.rows import number_of, said_rows, settle, shown_rows, what_is_open, with_number
from handlers.forms.shapes import has_form_of
from handlers.forms.state import FieldView, FormState, FormView
from handlers.forms.stepping import settle_step
from handlers.request import Request
from intents.understanding import Understanding
from locales.phrases import Days, Phrase, Value, as_is, say


@dataclass(frozen=True, slots=True)
class Ready:
    """A complete form, confirmed where that is asked: `filled` satisfies the form's model."""

    state: FormState
    filled: BaseModel


@dataclass(frozen=True, slots=True)
class Asking:
    """A form that needs the person: something is missing or wrong, or the summary is to be confirmed."""

    state: FormState
    view: FormView


def open_form(form: Form, entities: Mapping[str, Any], text: str = "") -> FormState:
    """Open a form with all that the message already said filled in (CNV-2)."""
    state = FormState(key=secrets.token_urlsafe(8), intent=form.intent, entities=dict(entities))
    return state.with_values(prefill(form, entities, text))


def prefill(form: Form, entities: Mapping[str, Any], text: str = "") -> dict[str, Any]:
    """Choose from a message's entities those that fill fields, one-element lists where a field holds many."""
    values: dict[str, Any] = {}
    for field in form.fields:
        value = _entity_for(field, entities, text)
        if value is None:
            continue
        if field.kind == "rows":
            values[field.name] = value
            continue
        if field.many:
            values[field.name] = value if isinstance(value, list) else [value]
        else:
            values[field.name] = one_of(field.kind, value)
    return values


def _entity_for(field: Field, entities: Mapping[str, Any], text: str) -> Any:
    if field.takes is not None:
        return field.takes(entities, text)
    return said_rows(entities) if field.kind == "rows" else entities.get(field.entity or field.name)


async def fill(
    form: Form, state: FormState, request: Request, desk: Desk, *, confirmed: bool = False
) -> Ready | Asking:
    """Check the values and say whether the form is ready or what it asks next.

    A form with a summary is ready only where `confirmed` says that the person agreed to that summary (CNV-2).
    """
    views: list[FieldView] = []
    # Pages send empty fields too: nothing was said there, and no condition must meet it.
    values = {name: value for name, value in state.values.items() if value not in (None, "", [])}
    asked = form.field(state.asked) if state.asked else None
    # A name or an address that was asked for names nothing else.
    is_free = (asked is not None and asked.kind == "text") or labelled(form.fields, request.text)
    naming = "" if is_free else request.text
    for field in form.fields:
        if not await _has_place(field, values, request, desk):
            values.pop(field.name, None)
            continue
        _adapt(field, values, request)
        options = tuple(await field.options(request, desk, values)) if field.options else ()
        _use_what_is_named_or_only(field, options, values, naming)
        if field.kind == "rows" and has_form_of(field, values.get(field.name)):
            values[field.name] = settle(values[field.name], options)
            views.append(_rows_view(field, options, values))
            continue
        refusal = _refuse(field, options, values.get(field.name), request)
        if refusal is None and field.examine is not None and values.get(field.name) is not None:
            refusal = await field.examine(values[field.name], request, desk, values)
        if refusal:
            values.pop(field.name, None)
        if refusal or not _goes_without_saying(field, options, values):
            views.append(_view(field, options, values, refusal))
    view = FormView(
        state.key, form.intent, form.title, state.stage, tuple(views), confirm_label=form.confirm_label
    )
    outcome = _decide(form, replace(state, values=values), view, confirmed=confirmed)
    if isinstance(outcome, Asking) and outcome.view.stage == "confirming" and form.looked_up_summary:
        rows = await form.looked_up_summary(request, desk, values)
        return replace(outcome, view=replace(outcome.view, summary=rows))
    return outcome


async def _has_place(field: Field, values: Mapping[str, Any], request: Request, desk: Desk) -> bool:
    if not field.is_asked(values):
        return False
    return field.depends is None or await field.depends(request, desk, values)


def _decide(form: Form, state: FormState, view: FormView, *, confirmed: bool) -> Ready | Asking:
    asked = _asked_next(state, view)
    if asked is not None:
        return Asking(*settle_step(replace(state, stage="filling"), replace(view, stage="filling"), asked))
    try:
        filled = form.model.model_validate(dict(state.values))
    except ValidationError as error:
        return _asking_again(state, view, error)
    if (form.summary or form.looked_up_summary) and not confirmed:
        rows = form.summary(state.values) if form.summary else ()
        summed_up = replace(view, stage="confirming", summary=rows)
        return Asking(*settle_step(replace(state, stage="confirming"), summed_up, None))
    return Ready(state, filled)


def _asked_next(state: FormState, view: FormView) -> str | None:
    """Choose the field to ask: what is wrong first, for later nobody would know any more what they had said."""
    wrong = next((field.name for field in view.missing if field.error), None)
    returned = next((field.name for field in view.fields if field.name == state.returned), None)
    return wrong or returned or (view.missing[0].name if view.missing else None)


def _asking_again(state: FormState, view: FormView, error: ValidationError) -> Asking:
    """Point at the first field that the model refuses; what no check foresaw is worded generally."""
    location = error.errors()[0]["loc"]
    names = [field.name for field in view.fields]
    asked = str(location[0]) if location and location[0] in names else names[0]
    values = {name: value for name, value in state.values.items() if name != asked}
    fields = tuple(
        replace(field, value=None, error=say("This value does not fit here."))
        if field.name == asked
        else field
        for field in view.fields
    )
    return Asking(
        replace(state, values=values, asked=asked, stage="filling"),
        replace(view, fields=fields, asked=asked, stage="filling"),
    )


def take_text(
    form: Form, state: FormState, text: str, understood: Understanding, options: Sequence[Option]
) -> FormState | None:
    """Take a message as the answer to what was asked, or as a correction; None where it is neither."""
    changes = _said(form, state, text, understood)
    if state.asked is not None and not labelled(form.fields, text):
        field = form.field(state.asked)
        if field.kind == "rows":
            answer = _answer_rows(field, state, text, understood, options)
        else:
            answer = read_value(field, text, understood.entities, options)
        if answer is not None and not (
            field.kind == "text" and _is_about_others(form, field, changes, understood)
        ):
            changes = {name: said for name, said in changes.items() if not _doubles(form.field(name), field)}
            changes[field.name] = answer
    if not changes:
        return None
    return replace(state.with_values(changes), asked=state.asked)


def cannot_be(field: Field, text: str, request: Request) -> bool:
    """Tell words that a free text which must look like something, a barcode, does not take."""
    if field.kind != "text" or field.check is None:
        return False
    return field.check([text] if field.many else text, request) is not None


def _is_about_others(form: Form, asked: Field, changes: Mapping[str, Any], understood: Understanding) -> bool:
    """Tell a correction of other fields ("finalement 300 enveloppes") from the free words that were asked for."""
    surely = understood.decision == "act" and understood.intent in {form.intent, "chat.cancel"}
    return asked.name in changes or (bool(changes) and surely)


def corrects(form: Form, state: FormState, text: str, understood: Understanding) -> bool:
    """Tell whether a message holds values for a form, whatever else it says ("non, plutôt 300")."""
    if _said(form, state, text, understood):
        return True
    rows = next((field for field in form.fields if field.kind == "rows"), None)
    return rows is not None and state.asked == rows.name and number_of(text, understood.entities) is not None


def _said(form: Form, state: FormState, text: str, understood: Understanding) -> dict[str, Any]:
    """Find the values of fields in a message: named by their label, by their entities, or a lone number for a row."""
    named = labelled(form.fields, text)
    if named:
        return named
    said = prefill(form, understood.entities, text)
    for field in form.fields:
        if field.kind != "rows":
            continue
        rows = state.values.get(field.name) or []
        if field.name in said:
            said[field.name] = [*rows, *said[field.name]]
        elif not said and len(rows) == 1 and (state.asked is None or understood.intent == "chat.cancel"):
            numbered = with_number(rows, number_of(text, understood.entities), ())
            said.update({field.name: numbered} if numbered else {})
    return said


def _answer_rows(
    field: Field, state: FormState, text: str, understood: Understanding, options: Sequence[Option]
) -> Any | None:
    """Read products, a quantity for the row that lacks one, or one of the options for a new row."""
    rows = state.values.get(field.name) or []
    if said_rows(understood.entities) is None:
        numbered = with_number(rows, number_of(text, understood.entities), options)
        if numbered is not None:
            return numbered
    said = read_value(field, text, understood.entities, options)
    return None if said is None else [*rows, *said]


def _doubles(field: Field, answered: Field) -> bool:
    """Tell another day field than the one that was asked: one day is not both."""
    return field is not answered and field.kind == answered.kind == "date"


def _adapt(field: Field, values: dict[str, Any], request: Request) -> None:
    if field.adapt is None:
        return
    adapted = field.adapt(values.pop(field.name, None), request)
    if adapted is not None:
        values[field.name] = adapted


def _use_what_is_named_or_only(
    field: Field, options: Sequence[Option], values: dict[str, Any], text: str
) -> None:
    """Fill a choice that the message names, or that has one option only (GEN-7)."""
    if field.kind != "choice":
        return
    open_options = [option for option in options if option.reason is None]
    chosen = find_named(text, open_options) if field.named and text else None
    if chosen is None and values.get(field.name) not in (None, []):
        return
    if chosen is None and len(open_options) == 1 and field.is_required(values):
        chosen = open_options[0]
    if chosen is not None:
        values[field.name] = [chosen.value] if field.many else chosen.value


def _goes_without_saying(field: Field, options: Sequence[Option], values: Mapping[str, Any]) -> bool:
    """Tell a choice that leaves none: it is neither asked nor shown."""
    return field.kind == "choice" and len(options) == 1 and values.get(field.name) not in (None, [])


def _refuse(field: Field, options: Sequence[Option], value: Any, request: Request) -> Refusal | None:
    if value in (None, "", []):
        return None
    if not has_form_of(field, value):
        return Refusal(say("This value does not fit here."))
    if field.kind == "choice" and (refusal := _refuse_choice(field, options, value)):
        return refusal
    if field.kind == "number" and (refusal := _refuse_number(field, value)):
        return refusal
    parts = value if isinstance(value, list) else [value]
    if field.kind == "text" and any(len(part) > field.max_length for part in parts):
        return Refusal(say("That is too long: at most {maximum} characters.", maximum=field.max_length))
    return field.check(value, request) if field.check else None


def _refuse_choice(field: Field, options: Sequence[Option], value: Any) -> Refusal | None:
    allowed = {str(option.value): option for option in options}
    for part in value if field.many else [value]:
        option = allowed.get(str(part))
        if option is None:
            return Refusal(_not_an_option(field, str(part)))
        if option.reason is not None:
            return Refusal(option.reason)
    return None


def _not_an_option(field: Field, value: str) -> Phrase:
    if field.unknown is None:
        return say("This cannot be chosen here.")
    return Phrase(field.unknown.msgid, {"value": value[:60]})


def _refuse_number(field: Field, value: Any) -> Refusal | None:
    low, high = field.minimum, field.maximum
    if not isinstance(value, int) or isinstance(value, bool):
        return Refusal(say("Please give a whole number."))
    if (low is not None and value < low) or (high is not None and value > high):
        if low is not None and high is not None:
            return Refusal(say("Please choose between {minimum} and {maximum}.", minimum=low, maximum=high))
        return Refusal(say("This number is out of bounds."))
    return None


def _view(
    field: Field, options: Sequence[Option], values: Mapping[str, Any], refusal: Refusal | None
) -> FieldView:
    value = values.get(field.name)
    return FieldView(
        name=field.name,
        kind=field.kind,
        label=field.label,
        question=field.question,
        required=field.is_required(values),
        many=field.many,
        value=value,
        shown=show(field, options, value),
        options=tuple(options),
        error=refusal.phrase if refusal else None,
        suggestions=refusal.suggestions if refusal else (),
        hint=field.hint,
        minimum=field.minimum,
        maximum=field.maximum,
    )


def _rows_view(field: Field, options: Sequence[Option], values: Mapping[str, Any]) -> FieldView:
    """Show rows with what the first incomplete one still needs."""
    needs = what_is_open(values[field.name], options)
    view = _view(field, options, values, needs.refusal)
    if needs.question is None:
        return view
    return replace(view, question=needs.question, suggestions=needs.suggestions, incomplete=True)


def show(field: Field, options: Sequence[Option], value: Any) -> Value | None:
    """Give a value as people read it: an option's label, a period as days."""
    if value in (None, "", []):
        return None
    if field.kind == "choice":
        labels: dict[str, Phrase] = {str(option.value): option.label for option in options}
        parts = value if isinstance(value, list) else [value]
        return [labels.get(str(part), as_is(str(part))) for part in parts]
    if field.kind == "period":
        return Days(date.fromisoformat(value["start"]), date.fromisoformat(value["end"]))
    if field.kind == "date":
        return date.fromisoformat(value)
    if field.kind == "rows":
        return shown_rows(value, options)
    if isinstance(value, list):
        return [str(part) for part in value]
    return value if isinstance(value, int) else str(value)
