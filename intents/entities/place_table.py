"""Hold the table of communes and localities: names in four languages, postcodes, and where it comes from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from intents.entities.lexicon import read_data
from intents.understanding import LANGUAGES, Language

GERMAN_SPEAKING = frozenset(
    {"Amel", "Burg-Reuland", "Bütgenbach", "Büllingen", "Eupen", "Kelmis", "Lontzen", "Raeren", "Sankt Vith"}
)
HOME_OF_REGION: Mapping[str, Language] = MappingProxyType({"VLG": "nl", "WAL": "fr", "BRU": "fr"})


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One locality of one postcode, as tables of postcodes have it; `home` is the language of the place."""

    postcode: str
    locality_fr: str
    locality_nl: str
    commune_fr: str
    commune_nl: str
    home: Language
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with all its postcodes, or a locality with its own.

    `names` has the official name in each of the four languages, `also` what people say beside them.
    """

    names: Mapping[Language, str]
    postcodes: tuple[str, ...]
    is_commune: bool
    also: tuple[str, ...] = ()


def read_postcodes(path: Path) -> Iterator[PlaceRow]:
    """Read a table of postcodes (CSV with names in French and Dutch, region code and main locality).

    Raises KeyError naming the column where one is missing.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            home = HOME_OF_REGION.get(row["region_code"], "fr")
            yield PlaceRow(
                postcode=row["postcode"].strip(),
                locality_fr=row["locality_fr"].strip(),
                locality_nl=row["locality_nl"].strip(),
                commune_fr=row["municipality_fr"].strip(),
                commune_nl=row["municipality_nl"].strip(),
                home="de" if row["municipality_nl"].strip() in GERMAN_SPEAKING else home,
                is_main=row["is_main"].strip() == "1",
            )


def bundled_places() -> list[Place]:
    """Read the main communes that the package brings."""
    data = read_data("places.yaml")
    communes = [_bundled(entry, is_commune=True) for entry in data["communes"]]
    return communes + [_bundled(entry, is_commune=False) for entry in data["localities"]]


def gather_places(rows: Iterable[PlaceRow], bundled: Iterable[Place]) -> list[Place]:
    """Gather rows into communes and localities; what is bundled lends names, and places that no row has."""
    lent = {(place.names["fr"], place.names["nl"]): place for place in bundled}
    communes: dict[tuple[str, str], _Gathered] = {}
    localities: dict[tuple[str, str, str], _Gathered] = {}
    for row in rows:
        commune = (row.commune_fr, row.commune_nl)
        communes.setdefault(commune, _Gathered(*commune, row.home)).add(row.postcode)
        locality = (row.locality_fr, row.locality_nl)
        if locality != commune:
            localities.setdefault((*locality, row.commune_fr), _Gathered(*locality, row.home)).add(
                row.postcode
            )
    gathered = [(entry, True) for entry in communes.values()] + [
        (entry, False) for entry in localities.values()
    ]
    places = [
        entry.place(lent.get((entry.fr, entry.nl)), is_commune=is_commune) for entry, is_commune in gathered
    ]
    covered = {(entry.fr, entry.nl) for entry, _ in gathered}
    return places + [place for names, place in lent.items() if names not in covered]


class _Gathered:
    """Collect the postcodes of one place while rows go by."""

    def __init__(self, fr: str, nl: str, home: Language) -> None:
        self.fr, self.nl, self.home = fr, nl, home
        self._postcodes: dict[str, None] = {}

    def add(self, postcode: str) -> None:
        """Add a postcode, once."""
        self._postcodes[postcode] = None

    def place(self, lent: Place | None, *, is_commune: bool) -> Place:
        """Make the place, with the English and German names and short forms of the bundled one."""
        postcodes = tuple(sorted(self._postcodes))
        if lent is not None:
            return Place(lent.names, postcodes, is_commune, lent.also)
        return Place(_names({"fr": self.fr, "nl": self.nl}, self.home), postcodes, is_commune)


def _bundled(entry: Mapping[str, Any], *, is_commune: bool) -> Place:
    names = _names(entry, entry["home"])
    return Place(names, tuple(entry["postcodes"].split()), is_commune, tuple(entry.get("also", ())))


def _names(given: Mapping[str, str], home: Language) -> Mapping[Language, str]:
    """Complete the names: a language without one of its own uses the name at home.

    The nine German-speaking communes have their German name in the Dutch column.
    """
    own = given.get(home) or given["nl"]
    return MappingProxyType({language: given.get(language) or own for language in LANGUAGES})
