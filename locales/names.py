"""Name the types of items: the franking types of invoice lines and the natures of single items."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from locales.phrases import Phrase, as_is, say

LETTER_PRIOR = "letter_prior"
LETTER_NON_PRIOR = "letter_non_prior"
LETTER_LARGE = "letter_large"
LETTER_EUROPE = "letter_europe"
LETTER_WORLD = "letter_world"
REGISTERED = "registered"
REGISTERED_AR = "registered_ar"
RP = "rp"
JUDICIAL_LETTER = "judicial_letter"
PARCEL_SMALL = "parcel_small"
PARCEL_LARGE = "parcel_large"
PARCEL_EUROPE = "parcel_europe"

# In the order in which lists show them. No public source has the list of the franking types: these are for
# demonstration. What "RP" stands for is not published either, so that it is written as it is.
FRANKING_NAMES: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: a franking type, a letter of standard size; Prior (faster) is bpost's name, kept as it is.
        LETTER_PRIOR: say("Standard letter, Prior"),
        # Translators: a franking type, a letter of standard size; Non Prior is bpost's name, kept as it is.
        LETTER_NON_PRIOR: say("Standard letter, Non Prior"),
        # Translators: a franking type, a letter above the standard size.
        LETTER_LARGE: say("Large letter"),
        # Translators: a franking type.
        LETTER_EUROPE: say("Letter to Europe"),
        # Translators: a franking type.
        LETTER_WORLD: say("Letter outside Europe"),
        # Translators: a franking type.
        REGISTERED: say("Registered letter"),
        # Translators: a franking type; AR is the postal abbreviation of acknowledgement of receipt in every language.
        REGISTERED_AR: say("Registered letter with AR"),
        RP: as_is("RP"),
        # Translators: pli judiciaire, gerechtsbrief: a letter that a court sends, or the nature of a single item.
        JUDICIAL_LETTER: say("Judicial letter"),
        # Translators: a franking type.
        PARCEL_SMALL: say("Small parcel"),
        # Translators: a franking type.
        PARCEL_LARGE: say("Large parcel"),
        # Translators: a franking type.
        PARCEL_EUROPE: say("Parcel to Europe"),
    }
)
FRANKING_TYPES: tuple[str, ...] = tuple(FRANKING_NAMES)

ITEM_NAMES: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: the nature of a single item.
        "registered": say("Registered item"),
        "rp": as_is("RP"),
        "judicial": say("Judicial letter"),
        # Translators: the nature of a single item.
        "parcel": say("Parcel"),
    }
)
ITEM_TYPES: tuple[str, ...] = tuple(ITEM_NAMES)


SUPPLY_UNITS: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: what a product is ordered by.
        "piece": say("piece"),
        # Translators: what a product is ordered by.
        "roll": say("roll"),
        # Translators: what a product is ordered by.
        "sheet": say("sheet"),
        # Translators: what a product is ordered by.
        "pack": say("pack"),
    }
)

TRACKING_STATUSES: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: where an item is.
        "announced": say("announced, not received yet"),
        # Translators: where an item is.
        "received": say("received by bpost"),
        # Translators: where an item is.
        "sorted": say("sorted"),
        # Translators: where an item is.
        "on_its_way": say("on its way to the addressee"),
        # Translators: where an item is.
        "to_collect": say("waiting for the addressee in a post office"),
        # Translators: where an item is.
        "delivered": say("delivered"),
        # Translators: where an item is.
        "returned": say("returned to the sender"),
    }
)


def franking_name(code: str) -> Phrase:
    """Name a franking type of invoice lines."""
    return FRANKING_NAMES.get(code) or _other(code)


def item_name(code: str) -> Phrase:
    """Name the nature of a single item (ITM-1)."""
    return ITEM_NAMES.get(code) or _other(code)


def _other(code: str) -> Phrase:
    # Translators: a type of items that has no name yet, with its code in brackets.
    return say("Other type ({code})", code=code)
