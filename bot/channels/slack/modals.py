"""Draw a form as a page of Slack's own (a modal), prefilled, and read what was filled in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.slack import limits, sentences
from bot.channels.slack.limits import cut
from bot.channels.slack.markup import plain, sections
from locales.phrases import Phrase
from locales.words import Words

Json = dict[str, Any]

FILLED, INPUT, SEARCH = "filled", "input", "search"
START, END, QUANTITY = "start", "end", "quantity"
MOST_SHOWN = limits.MODAL_BLOCKS - 10
# Between the name of a field and what is asked of it: two days of a period, the products of an order.
OF = "|"


def modal(block: Json, words: Words, metadata: str) -> Json:
    """Draw a form's page; `metadata` comes back with what is filled in."""
    blocks, is_whole = _shown(block, words)
    if not is_whole:
        blocks.extend(sections(words.write(sentences.REST_LATER)))
    if not any(drawn["type"] == "input" for drawn in blocks):
        blocks.extend(sections(block["question"]))
    return {
        "type": "modal",
        "callback_id": FILLED,
        "private_metadata": metadata,
        "title": plain(block["title"], limits.TITLE),
        "submit": plain(words.write(sentences.CONTINUE), limits.TITLE),
        "close": plain(words.write(sentences.CLOSE), limits.TITLE),
        "blocks": blocks,
    }


def _shown(block: Json, words: Words) -> tuple[list[Json], bool]:
    """Draw the fields that a page has room for, and tell whether these are all: the talk asks for the others.

    A field is shown whole, for half a period could never be filled in; only products may go on in the talk.
    """
    shown: list[Json] = []
    for field in block["fields"]:
        drawn = list(_field(field, block["colon"], words))
        room = MOST_SHOWN - len(shown)
        if len(drawn) > room:
            return [*shown, *(drawn[:room] if field["kind"] == "rows" else ())], False
        shown.extend(drawn)
    return shown, True


def _field(field: Json, colon: str, words: Words) -> Iterator[Json]:
    if field["error"]:
        yield from sections(f"⚠️ {field['label']}{colon}{field['error']}")
    refused = [option for option in field["options"] if option["reason"]]
    for option in refused:
        yield from sections(f"{option['label']}{colon}{option['reason']}")
    match field["kind"]:
        case "period":
            yield from _period(field, colon, words)
        case "rows":
            yield from _rows(field, words)
        case "file":
            return
        case _:
            element = _element(field)
            if element is not None:
                yield _input(field, field["name"], field["label"], element, words)


def _input(
    field: Json, block_id: str, label: str, element: Json, words: Words, *, optional: bool | None = None
) -> Json:
    drawn = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, limits.FIELD),
        "element": {"action_id": INPUT, **element},
        "optional": not field["required"] if optional is None else optional,
    }
    hint = _hint(field, words)
    return {**drawn, "hint": plain(hint, limits.HINT)} if hint else drawn


def _hint(field: Json, words: Words) -> str | None:
    several = words.write(sentences.SEVERAL) if field["many"] and not field["options"] else None
    return " ".join(filter(None, (field["hint"], several))) or None


def _element(field: Json) -> Json | None:
    """Give the input of a field; None where nothing can be chosen."""
    if field["kind"] == "choice":
        return _choice(field)
    value = field["value"]
    match field["kind"]:
        case "number":
            bounds = {"min_value": field["minimum"], "max_value": field["maximum"]}
            element: Json = {"type": "number_input", "is_decimal_allowed": False}
            element.update({name: str(bound) for name, bound in bounds.items() if bound is not None})
        case "date":
            element = {"type": "datepicker"}
            return {**element, "initial_date": value} if value else element
        case "email" if not field["many"]:
            element = {"type": "email_text_input"}
        case _:
            element = {"type": "plain_text_input", "max_length": limits.INPUT}
            if field["kind"] == "text" and not field["many"] and field["maximum"] is None:
                element["multiline"] = len(str(value or "")) > 80 or "\n" in str(value or "")
    if value not in (None, "", []):
        written = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        element["initial_value"] = cut(written, limits.INPUT)
    return element


def _choice(field: Json) -> Json | None:
    options = [drawn for option in field["options"] if not option["reason"] for drawn in (_option(option),)]
    chosen = field["value"] if isinstance(field["value"], list) else [field["value"]]
    picked = [_option(option) for option in field["options"] if option["value"] in chosen]
    if not options:
        return None
    kind = "multi_static_select" if field["many"] else "static_select"
    element: Json = {"type": kind, "options": options}
    if len(options) > limits.OPTIONS:
        # Slack asks for the entries that fit what is typed.
        element = {"type": kind.replace("static", "external"), "min_query_length": 0, "action_id": SEARCH}
    if picked and field["many"]:
        element["initial_options"] = picked[: limits.OPTIONS]
    elif picked:
        element["initial_option"] = picked[0]
    return element


def _option(option: Json) -> Json:
    return {"text": plain(option["label"], limits.OPTION), "value": name_of(option["value"])}


def name_of(value: Any) -> str:
    """Name an option within what Slack takes: itself where it is a short text."""
    if isinstance(value, str) and 0 < len(value) <= limits.OPTION:
        return value
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]


def _period(field: Json, colon: str, words: Words) -> Iterator[Json]:
    value = field["value"] or {}
    for end, phrase in ((START, sentences.FIRST_DAY), (END, sentences.LAST_DAY)):
        element: Json = {"type": "datepicker"}
        if value.get(end):
            element["initial_date"] = value[end]
        label = f"{field['label']}{colon}{words.write(phrase)}"
        yield _input(field, f"{field['name']}{OF}{end}", label, element, words)


def _rows(field: Json, words: Words) -> Iterator[Json]:
    """Ask the quantity of each product; none of a product is an empty line."""
    ordered = {row["product"]: row["quantity"] for row in field["value"] or ()}
    for option in field["options"]:
        if option["reason"]:
            continue
        element: Json = {"type": "number_input", "is_decimal_allowed": False, "min_value": "0"}
        quantity = ordered.get(option["value"])
        if quantity is not None:
            element["initial_value"] = str(quantity)
        bounds = words.write(sentences.between(option.get("minimum"), option.get("maximum")))
        label = f"{option['label']} ({bounds})"
        yield _input(
            field, f"{field['name']}{OF}{name_of(option['value'])}", label, element, words, optional=True
        )


def entries(block: Json, field_name: str, typed: str) -> Json:
    """Give the entries of a long list that fit what is typed."""
    wanted = typed.casefold().split()
    found = [
        _option(option)
        for field in block["fields"]
        if field["name"] == field_name
        for option in field["options"]
        if not option["reason"] and all(word in option["label"].casefold() for word in wanted)
    ]
    return {"options": found[: limits.OPTIONS]}


def read_values(block: Json, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Phrase]]:
    """Read what was filled in, and what is wrong with it by itself, under the inputs' names."""
    values: dict[str, Any] = {}
    faults: dict[str, Phrase] = {}
    for field in block["fields"]:
        name, kind = field["name"], field["kind"]
        if kind == "period":
            _read_period(name, given, values, faults)
        elif kind == "rows":
            _read_rows(field, given, values, faults)
        elif name in given:
            values[name] = _read(field, _typed(given, name), faults)
    return values, faults


def _typed(given: Mapping[str, Any], block_id: str) -> Any:
    """Give what one input holds: a text, a day, the name of an option or of several."""
    for state in (given.get(block_id) or {}).values():
        match state.get("type"):
            case "datepicker":
                return state.get("selected_date")
            case "static_select" | "external_select":
                return (state.get("selected_option") or {}).get("value")
            case "multi_static_select" | "multi_external_select":
                return [option["value"] for option in state.get("selected_options") or ()]
            case _:
                return state.get("value")
    return None


def _read(field: Json, typed: Any, faults: dict[str, Phrase]) -> Any:
    if typed in (None, "", []):
        return [] if field["many"] else None
    if field["kind"] == "choice":
        by_name = {name_of(option["value"]): option["value"] for option in field["options"]}
        if isinstance(typed, list):
            return [by_name[name] for name in typed if name in by_name]
        return [by_name[typed]] if field["many"] and typed in by_name else by_name.get(typed)
    if field["kind"] == "number":
        return _whole(typed, field["name"], faults)
    if field["many"]:
        return [part for part in str(typed).replace(",", " ").replace(";", " ").split() if part]
    return str(typed)


def _whole(typed: Any, block_id: str, faults: dict[str, Phrase]) -> int | None:
    try:
        return int(str(typed).strip())
    except ValueError:
        faults[block_id] = sentences.NOT_A_NUMBER
        return None


def _read_period(
    name: str, given: Mapping[str, Any], values: dict[str, Any], faults: dict[str, Phrase]
) -> None:
    if f"{name}{OF}{START}" not in given:
        return
    start, end = (_typed(given, f"{name}{OF}{day}") for day in (START, END))
    if start is None and end is None:
        values[name] = None
    elif start is None or end is None:
        faults[f"{name}{OF}{START if start is None else END}"] = sentences.PLEASE_FILL_IN
    elif start > end:
        faults[f"{name}{OF}{END}"] = sentences.WRONG_ORDER
    else:
        values[name] = {START: start, END: end}


def _read_rows(
    field: Json, given: Mapping[str, Any], values: dict[str, Any], faults: dict[str, Phrase]
) -> None:
    rows: list[Json] = []
    is_shown = False
    for option in field["options"]:
        block_id = f"{field['name']}{OF}{name_of(option['value'])}"
        is_shown = is_shown or block_id in given
        if block_id not in given and not option["reason"]:
            # Beyond what the page has room for: what was ordered of it stays.
            rows.extend(row for row in field["value"] or () if row["product"] == option["value"])
            continue
        typed = _typed(given, block_id)
        quantity = None if typed in (None, "") else _whole(typed, block_id, faults)
        if quantity:
            rows.append({"product": option["value"], "quantity": quantity})
    if is_shown:
        values[field["name"]] = rows


def errors_of(block: Json, given: Mapping[str, Any]) -> dict[str, str]:
    """Give what the house finds wrong, each under an input that is shown."""
    errors = {}
    for field in block["fields"]:
        if not field["error"]:
            continue
        shown = [name for name in given if name == field["name"] or name.startswith(f"{field['name']}{OF}")]
        if shown:
            errors[_blamed(field, shown)] = cut(field["error"], limits.HINT)
    return errors


def _blamed(field: Json, shown: list[str]) -> str:
    """Point at the row that is wrong, where the field says which."""
    for option in field["options"]:
        name = f"{field['name']}{OF}{name_of(option['value'])}"
        if name in shown and field["kind"] == "rows" and option["label"] in str(field["error"]):
            return name
    return shown[0]
