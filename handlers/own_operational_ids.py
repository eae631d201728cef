"""Let an operational ID be chosen among one's own, one at a time (GEN-7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.desk import Desk
from handlers.forms.declaration import Field, Option, Values
from handlers.request import Request
from locales.phrases import Phrase, as_is, say


async def own_operational_ids(_request: Request, desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the operational IDs of all contracts (GEN-7)."""
    own = await desk.items.operational_ids()
    return [Option(known.code, as_is(f"{known.code} {known.name}".strip())) for known in own]


async def operational_id_in_words(code: str, desk: Desk) -> Phrase:
    """Give an operational ID with its name."""
    own = await desk.items.operational_ids()
    return as_is(next((f"{code} {known.name}".strip() for known in own if known.code == code), code))


def only_one(name: str) -> Any:
    """Make what takes an entity of a message where it is said once: of several, the person is asked which."""

    def take(entities: Mapping[str, Any], _text: str) -> Any:
        value = entities.get(name)
        return None if isinstance(value, list) and len(value) != 1 else value

    return take


OPERATIONAL_ID = Field(
    "operational_id",
    "choice",
    say("Operational ID"),
    say("For which operational ID?"),
    options=own_operational_ids,
    takes=only_one("operational_id"),
    named=True,
    # Translators: {value} is an operational ID that the person wrote and that is none of theirs.
    unknown=say("{value} is not among your operational IDs."),
)
