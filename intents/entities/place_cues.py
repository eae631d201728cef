"""Tell from what stands around a word whether it is likely to name a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from intents.entities.folding import Folded, Word
from intents.understanding import Language

ANYWHERE = frozenset({"dans", "in", "naar", "nach", "sur"})
STRONG: dict[Language, frozenset[str]] = {
    "fr": ANYWHERE | {"a", "au", "aux", "vers"},
    "nl": ANYWHERE | {"te", "op", "rond", "nabij"},
    "en": ANYWHERE | {"at", "near", "around", "to"},
    "de": ANYWHERE | {"bei", "um"},
}
WEAK = frozenset(
    {
        "pour",
        "voor",
        "for",
        "fur",
        "de",
        "d",
        "du",
        "van",
        "von",
        "of",
        "aan",
        "from",
        "chez",
        "to",
        "aus",
        "uit",
    }
)
# A word for a kind of place makes a name of what follows: "la commune de …", "de stad …".
CODE_WORDS = frozenset(
    {"postal", "postaux", "postcode", "postcodes", "cp", "plz", "postleitzahl", "postleitzahlen"}
    | {"postnummer", "postnummers", "zip"}
)
KINDS = CODE_WORDS | frozenset(
    {
        "commune",
        "communes",
        "ville",
        "villes",
        "village",
        "entite",
        "region",
        "alentours",
        "environs",
        "localite",
    }
    | {"gemeente", "gemeenten", "stad", "dorp", "regio", "omgeving", "deelgemeente", "city", "town", "area"}
    | {"stadt", "gemeinde", "gemeinden", "ort", "municipality"}
)
LETTER_BOXES = frozenset(
    {
        "boites",
        "boite",
        "bal",
        "bussen",
        "brievenbussen",
        "letterboxes",
        "mailboxes",
        "boxes",
        "briefkasten",
        "kasten",
    }
)
PROVINCES = frozenset({"province", "provinces", "provincie", "provincies", "provinz"})
# "dans tout Braine", "sur le 1180", "la commune de …": passed over on the way back to the word that tells.
BRIDGES = frozenset(
    {
        "de",
        "d",
        "du",
        "la",
        "le",
        "l",
        "les",
        "tout",
        "toute",
        "het",
        "heel",
        "der",
        "the",
        "of",
        "von",
        "van",
    }
    | {"ganz", "groot", "all", "die", "das", "dem", "codes", "code", "centrum", "centre"}
)
MOST_BRIDGES = 3
# "Van den Berg", "ter Laak" are names of people.
OF_PEOPLE = frozenset(
    {"den", "der", "ter", "ten", "vanden", "vander", "el", "mme", "mevr", "mevrouw", "frau", "herr"}
)
STOP = re.compile(r"[.!?\n:;]")
LIST = re.compile(r"[ ]?(?:[,;/&+]|et|en|and|und|ou|of|or|oder|-)[ ]?(?:(?:a|in|te|de|et|en|and|und)[ ])?")


class Cue(IntEnum):
    """How much the words before suggest a place."""

    NONE = 0
    WEAK = 1
    STRONG = 2
    NEVER = -1


def read_cue(folded: Folded, index: int, language: Language) -> Cue:
    """Read the words before the one at an index."""
    words = folded.words
    if index == 0:
        return Cue.NONE
    before = words[index - 1]
    if STOP.search(folded.plain, before.end, words[index].start):
        return Cue.NONE
    if before.plain in PROVINCES or before.plain in OF_PEOPLE:
        return Cue.NEVER
    if _is_strong(folded, before, language):
        return Cue.STRONG
    if before.plain in BRIDGES:
        bridged = _read_behind_bridges(folded, index - 1, language)
        if bridged is not Cue.NONE:
            return bridged
    return Cue.WEAK if before.plain in WEAK else Cue.NONE


def _read_behind_bridges(folded: Folded, index: int, language: Language) -> Cue:
    words = folded.words
    for place in range(index, max(-1, index - MOST_BRIDGES - 1), -1):
        word = words[place]
        if word.plain in PROVINCES:
            return Cue.NEVER
        if _is_strong(folded, word, language):
            return Cue.STRONG
        if word.plain not in BRIDGES:
            return Cue.WEAK if word.plain in WEAK else Cue.NONE
    return Cue.NONE


def _is_strong(folded: Folded, word: Word, language: Language) -> bool:
    if word.plain in STRONG[language] or word.plain in KINDS:
        return True
    return word.plain == "a" and folded.original(word.start, word.end) != "a"


def is_listed(plain: str, end: int, start: int) -> bool:
    """Tell whether what starts at one place goes on with a list whose last item ends at another."""
    return end < start <= end + 12 and LIST.fullmatch(plain, end, start) is not None


def is_capital(folded: Folded, word: Word) -> bool:
    """Tell whether a word has a capital letter that says something: not where all letters are capitals."""
    start, _ = folded.place(word.start, word.end)
    return folded.text[start].isupper() and not folded.text.isupper()


def starts_sentence(folded: Folded, words: Sequence[Word], index: int) -> bool:
    """Tell whether a word begins a sentence, where a capital letter says nothing."""
    return index == 0 or STOP.search(folded.plain, words[index - 1].end, words[index].start) is not None


def follows_code_word(folded: Folded, index: int) -> bool:
    """Tell whether a number stands right behind a word for postcode."""
    before = folded.words[max(0, index - 1 - MOST_BRIDGES) : index]
    for word in reversed(before):
        if word.plain in CODE_WORDS:
            return True
        if word.plain not in BRIDGES:
            return False
    return False


def follows_letter_boxes(folded: Folded, index: int) -> bool:
    """Tell whether a number stands behind a word for letter boxes ("boîtes 4000", "Briefkästen von 4780")."""
    before = index - 1
    if before > 0 and folded.words[before].plain in WEAK:
        before -= 1
    return before >= 0 and folded.words[before].plain in LETTER_BOXES
