"""Tell whether a value has the form that its field's kind keeps: whole forms come from pages, and may hold anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.forms.declaration import Field


def has_form_of(field: Field, value: Any) -> bool:
    """Tell whether a value is what a field keeps: texts, a whole period, a day; the field's check does the rest."""
    match field.kind:
        case "text" | "email" | "file":
            return _are_texts(value) if field.many else isinstance(value, str)
        case "period":
            # Several periods are for the field's check to refuse in its own words.
            return all(map(_is_period, value if isinstance(value, list) else [value]))
        case "date":
            return _is_day(value)
        case "choice":
            return isinstance(value, list) or not field.many
        case "rows":
            return isinstance(value, list) and all(map(_is_row, value))
    return True


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _is_period(value: Any) -> bool:
    return isinstance(value, Mapping) and _is_day(value.get("start")) and _is_day(value.get("end"))


def _is_row(row: Any) -> bool:
    return isinstance(row, Mapping) and isinstance(row.get("product"), str) and "quantity" in row


def _is_day(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
