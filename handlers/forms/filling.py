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
from handlers.forms.reading import find_named, one_of, read_value
from handlers.forms.shapes import has_form_of
from handlers.forms.state import FieldView, FormState, FormView
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


def open_form(form: Form, entities: Mapping[str, Any]) -> FormState:
    """Open a form with all that the message already said filled in (CNV-2)."""
    state = FormState(key=secrets.token_urlsafe(8), intent=form.intent, entities=dict(entities))
    return state.with_values(prefill(form, entities))


def prefill(form: Form, entities: Mapping[str, Any]) -> dict[str, Any]:
    """Choose from a message's entities those that fill fields, one-element lists where a field holds many."""
    values: dict[str, Any] = {}
    for field in form.fields:
        value = entities.get(field.entity or field.name)
        if value is None:
            continue
        if field.many:
            values[field.name] = value if isinstance(value, list) else [value]
        else:
            values[field.name] = one_of(field.kind, value)
    return values


async def fill(
    form: Form, state: FormState, request: Request, desk: Desk, *, confirmed: bool = False
) -> Ready | Asking:
    """Check the values and say whether the form is ready or what it asks next.

    A form with a summary is ready only where `confirmed` says that the person agreed to that summary (CNV-2).
    """
    views: list[FieldView] = []
    # Pages send empty fields too: nothing was said there, and no condition must meet it.
    values = {name: value for name, value in state.values.items() if value not in (None, "", [])}
    for field in form.fields:
        if not field.is_asked(values):
            values.pop(field.name, None)
            continue
        _adapt(field, values, request)
        options = tuple(await field.options(request, desk, values)) if field.options else ()
        _use_what_is_named_or_only(field, options, values, request.text)
        refusal = _refuse(field, options, values.get(field.name), request)
        if refusal:
            values.pop(field.name, None)
        if refusal or not _goes_without_saying(field, options, values):
            views.append(_view(field, options, values, refusal))
    view = FormView(
        state.key, form.intent, form.title, state.stage, tuple(views), confirm_label=form.confirm_label
    )
    return _decide(form, replace(state, values=values), view, confirmed=confirmed)


def _decide(form: Form, state: FormState, view: FormView, *, confirmed: bool) -> Ready | Asking:
    if view.missing:
        asked = view.missing[0].name
        return Asking(
            replace(state, asked=asked, stage="filling"), replace(view, asked=asked, stage="filling")
        )
    try:
        filled = form.model.model_validate(dict(state.values))
    except ValidationError as error:
        return _asking_again(state, view, error)
    if form.summary and not confirmed:
        confirming = replace(state, stage="confirming", asked=None)
        return Asking(
            confirming, replace(view, stage="confirming", asked=None, summary=form.summary(state.values))
        )
    return Ready(state, filled)


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
    changes = prefill(form, understood.entities)
    if state.asked is not None:
        field = form.field(state.asked)
        answer = read_value(field, text, understood.entities, options)
        if answer is not None:
            changes[field.name] = answer
    if not changes:
        return None
    return replace(state.with_values(changes), asked=state.asked)


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
    if isinstance(value, list):
        return [str(part) for part in value]
    return value if isinstance(value, int) else str(value)
