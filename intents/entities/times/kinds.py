"""Name the kinds of words that phrases of time are made of."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal[
    # What is named.
    "month",  # 1 to 12
    "weekday",  # 0 (Monday) to 6
    "weekday_short",  # the same, in letters that mean other things too: "ma", "so", "mar"
    "weekdays",  # the same, said of each of them: "lundis", "maandags", "Mondays"
    "day",  # days from today: hier −1
    "unit",  # a Unit
    "feast",  # a Feast
    "past_unit",  # a Unit, the last one, in one word: "Vormonat"
    "part",  # 0 beginning, 1 middle, 2 end
    "part_of_unit",  # the end of a unit in one word: 10 × unit + part
    "daypart",  # morning, evening: no more than a tail here
    "now",
    "halves",  # "half, moitié, helft", of a month or a year
    "rest",  # "the rest of"
    # How many, which.
    "num",
    "nth",  # 1 to 31, −1 last, −2 last but one
    "ordinal_sign",  # written with digits, "3e, 1er": 1; German "3." too
    "year",
    "short_year",  # '26
    "article",  # "un, een, a": the number 1 only where one counts
    "several",  # "quelques": no number
    # Where it lies from now.
    "dir",  # −1 last, 0 this, 1 next, −2, 2; before its noun
    "dir_post",  # the same after its noun: "dernier, jl."
    "ago",  # before its number: "il y a"
    "ago_post",  # after it: "geleden"
    "ahead",  # "dans, over, in"
    # Small words.
    "of",
    "in",
    "the",
    "of_the",  # both in one: "du, im"
    "for",
    "on_the",  # said before a day of the month: "le, am"
    "from",
    "to",
    "between",
    "and",
    "since",
    "onward",
    "onward_post",
    "until",
    "before",
    "after",
    "by",
    "whole",
    "to_date",
    "unit_to_date",  # a Unit: "ytd"
    "numero",
    "month_noun",  # "mois de", "maand": may stand before the month's name
    # Care.
    "weak",  # means other things too: needs company
    "plural",
    "block",  # sounds like a time and is none: "goede morgen"
    "street",  # "rue du", before a date that is no date
    "closer",  # may follow a bare day: "svp"
    # Signs.
    "comma",
    "dash",
    "slash",
    "stop",
    # Said again and again.
    "every",
    "rule",  # an index of the rules of recurrence
    "times",  # "fois, keer"
    "per",
    "other",  # "every other week"
    "except",
]


class Entry(NamedTuple):
    """List the words of one language for one kind: its values, each with its words between bars."""

    kind: Kind
    language: str
    words: dict[int, str]
