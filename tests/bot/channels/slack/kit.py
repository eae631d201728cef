"""Refuse what Slack refuses of blocks, messages and views: written from its reference, knowing nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

LINK = re.compile(r"^(https?://[^\s|>]+|mailto:[^\s|>]+)(\|[^<>]+)?$")


class Invalid(Exception):
    """Slack would say `invalid_blocks`, with what is wrong."""


def demand(met: Any, said: str) -> None:
    if not met:
        raise Invalid(said)


def has(thing: Any, needed: set[str], may: set[str]) -> None:
    demand(isinstance(thing, dict), f"not an object: {thing!r}")
    missing, unknown = needed - thing.keys(), thing.keys() - needed - may
    demand(not missing, f"missing {missing} in {thing}")
    demand(not unknown, f"unknown {unknown} in {thing}")


def short(value: Any, most: int, name: str, least: int = 1) -> None:
    demand(isinstance(value, str), f"{name} is no text")
    demand(least <= len(value) <= most, f"{name} has {len(value)} characters, at most {most}")


def text(thing: Any, most: int, *kinds: str) -> None:
    has(thing, {"type", "text"}, {"emoji", "verbatim"})
    demand(thing["type"] in (kinds or ("plain_text", "mrkdwn")), f"text of type {thing['type']}")
    demand("emoji" not in thing or thing["type"] == "plain_text", "emoji in mrkdwn")
    demand("verbatim" not in thing or thing["type"] == "mrkdwn", "verbatim in plain_text")
    short(thing["text"], most, "text")
    if thing["type"] == "mrkdwn":
        no_calls(thing["text"])


def no_calls(written: str) -> None:
    """Refuse what would call people, and what is no link of ours."""
    for inside in re.findall(r"<([^<>]*)>", written):
        demand(LINK.match(inside), f"markup that was not meant: <{inside}>")
    bare = re.sub(r"<[^<>]*>", "", written)
    demand("<" not in bare and ">" not in bare, "an unescaped sign")
    demand(not re.search(r"&(?!amp;|lt;|gt;)", bare), "an unescaped &")


def button(element: Json) -> None:
    has(element, {"type", "text", "action_id"}, {"value", "url", "style", "confirm", "accessibility_label"})
    text(element["text"], 75, "plain_text")
    short(element["action_id"], 255, "action_id")
    if "value" in element:
        short(element["value"], 2000, "value")
    if "url" in element:
        short(element["url"], 3000, "url")
        demand(element["url"].startswith(("https://", "http://")), "a bad address")
    demand(element.get("style") in {None, "primary", "danger"}, "style")


def option(thing: Json) -> None:
    has(thing, {"text", "value"}, {"description"})
    text(thing["text"], 75, "plain_text")
    short(thing["value"], 150, "value")


def options(found: Any, most: int = 100) -> None:
    demand(isinstance(found, list) and 1 <= len(found) <= most, f"{len(found)} options")
    for one in found:
        option(one)
    values = [one["value"] for one in found]
    demand(len(values) == len(set(values)), "the same value twice")


def static_select(element: Json) -> None:
    many = element["type"].startswith("multi_")
    initial = "initial_options" if many else "initial_option"
    has(element, {"type", "action_id", "options"}, {"placeholder", initial, "max_selected_items", "confirm"})
    options(element["options"])
    if "placeholder" in element:
        text(element["placeholder"], 150, "plain_text")
    chosen = element.get(initial)
    for one in chosen if many and chosen is not None else [chosen] if chosen is not None else []:
        demand(one in element["options"], "an initial option that is none")
    if many and initial in element:
        demand(element[initial], "no initial options")


def external_select(element: Json) -> None:
    many = element["type"].startswith("multi_")
    initial = "initial_options" if many else "initial_option"
    has(element, {"type", "action_id"}, {"placeholder", initial, "min_query_length", "confirm"})


def datepicker(element: Json) -> None:
    has(element, {"type", "action_id"}, {"initial_date", "placeholder"})
    if "initial_date" in element:
        demand(re.match(r"^\d{4}-\d\d-\d\d$", element["initial_date"]), "initial_date")


def number_input(element: Json) -> None:
    numbers = {"initial_value", "min_value", "max_value"}
    has(element, {"type", "is_decimal_allowed", "action_id"}, numbers | {"placeholder"})
    for name in numbers & element.keys():
        demand(re.match(r"^-?\d+$", str(element[name])) and isinstance(element[name], str), name)


def plain_text_input(element: Json) -> None:
    has(
        element,
        {"type", "action_id"},
        {"initial_value", "multiline", "min_length", "max_length", "placeholder"},
    )
    demand(1 <= element.get("max_length", 1) <= 3000, "max_length")
    demand(len(element.get("initial_value", "")) <= element.get("max_length", 3000), "initial_value")


def email_text_input(element: Json) -> None:
    has(element, {"type", "action_id"}, {"initial_value", "placeholder"})


ELEMENTS: dict[str, Callable[[Json], None]] = {
    "button": button,
    "static_select": static_select,
    "multi_static_select": static_select,
    "external_select": external_select,
    "multi_external_select": external_select,
    "datepicker": datepicker,
    "number_input": number_input,
    "plain_text_input": plain_text_input,
    "email_text_input": email_text_input,
}
IN_ACTIONS = {"button", "static_select", "external_select", "datepicker"}
IN_INPUTS = ELEMENTS.keys() - {"button"}
ONLY_IN_VIEWS = {"number_input", "email_text_input"}


def block(thing: Json, *, in_view: bool) -> None:
    match thing.get("type"):
        case "section":
            has(thing, {"type"}, {"text", "fields", "accessory", "block_id", "expand"})
            demand("text" in thing or thing.get("fields"), "an empty section")
            if "text" in thing:
                text(thing["text"], 3000)
            demand(len(thing.get("fields", [])) <= 10, "fields")
            for field in thing.get("fields", []):
                text(field, 2000)
            if "accessory" in thing:
                element(thing["accessory"], IN_ACTIONS)
        case "actions":
            has(thing, {"type", "elements"}, {"block_id"})
            demand(1 <= len(thing["elements"]) <= 25, "elements")
            names = [one.get("action_id") for one in thing["elements"]]
            demand(len(names) == len(set(names)), "the same action_id twice in a block")
            for one in thing["elements"]:
                element(one, IN_ACTIONS)
        case "header":
            has(thing, {"type", "text"}, {"block_id"})
            text(thing["text"], 150, "plain_text")
        case "divider":
            has(thing, {"type"}, {"block_id"})
        case "context":
            has(thing, {"type", "elements"}, {"block_id"})
            demand(1 <= len(thing["elements"]) <= 10, "elements")
            for one in thing["elements"]:
                text(one, 3000)
        case "input":
            demand(in_view, "an input outside a view")
            has(thing, {"type", "label", "element"}, {"block_id", "hint", "optional", "dispatch_action"})
            text(thing["label"], 2000, "plain_text")
            if "hint" in thing:
                text(thing["hint"], 2000, "plain_text")
            element(thing["element"], IN_INPUTS)
        case other:
            raise Invalid(f"block of type {other}")
    if "block_id" in thing:
        short(thing["block_id"], 255, "block_id")


def element(thing: Json, allowed: Any) -> None:
    demand(thing.get("type") in allowed, f"{thing.get('type')} has no place here")
    short(thing.get("action_id"), 255, "action_id")
    ELEMENTS[thing["type"]](thing)


def blocks(found: Any, most: int, *, in_view: bool = False) -> None:
    demand(isinstance(found, list) and len(found) <= most, f"{len(found)} blocks, at most {most}")
    for one in found:
        block(one, in_view=in_view)
    names = [one["block_id"] for one in found if "block_id" in one]
    demand(len(names) == len(set(names)), "the same block_id twice")
    demand(in_view or written(found) <= 13_000, f"msg_blocks_too_long: {written(found)}")


def written(thing: Any) -> int:
    """Count the characters of all texts."""
    if isinstance(thing, dict):
        own = len(thing["text"]) if isinstance(thing.get("text"), str) else 0
        return own + sum(written(value) for value in thing.values())
    return sum(map(written, thing)) if isinstance(thing, list) else 0


def view(thing: Json) -> None:
    if thing.get("type") == "home":
        has(thing, {"type", "blocks"}, {"private_metadata", "callback_id", "external_id"})
    else:
        has(
            thing,
            {"type", "title", "blocks"},
            {"submit", "close", "private_metadata", "callback_id", "clear_on_close", "notify_on_close"},
        )
        for name in ("title", "submit", "close"):
            if name in thing:
                text(thing[name], 24, "plain_text")
        has_input = any(one["type"] == "input" for one in thing["blocks"])
        demand("submit" in thing or not has_input, "inputs without submit")
    demand(len(thing.get("private_metadata", "")) <= 3000, "private_metadata")
    demand(len(thing.get("callback_id", "")) <= 255, "callback_id")
    blocks(thing["blocks"], 100, in_view=True)


def errors(found: Json, shown: Json) -> None:
    """Check the errors given for a view that was submitted: each belongs to an input that is there."""
    demand(found, "no errors")
    inputs = {one.get("block_id") for one in shown["blocks"] if one["type"] == "input"}
    demand(found.keys() <= inputs, f"errors for {found.keys() - inputs}")
    for said in found.values():
        short(said, 2000, "error")
