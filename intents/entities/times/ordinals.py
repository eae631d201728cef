"""List the ordinals of four languages up to thirty-one, for days, weeks and quarters."""

from __future__ import annotations

from intents.entities.times.counting import SMALL
from intents.entities.times.tokens import fold


def _with_endings(forms: dict[str, int], endings: tuple[str, ...]) -> dict[str, int]:
    return {form + ending: value for form, value in forms.items() for ending in endings}


def _french_ordinals() -> dict[str, int]:
    names = (
        "premier|deuxieme|troisieme|quatrieme|cinquieme|sixieme|septieme|huitieme|neuvieme|dixieme|onzieme|"
        "douzieme|treizieme|quatorzieme|quinzieme|seizieme|dix septieme|dix huitieme|dix neuvieme|vingtieme"
    )
    forms = {name: value for value, name in enumerate(names.split("|"), 1)}
    forms |= {"premiere": 1, "premiers": 1, "premieres": 1, "second": 2, "seconde": 2, "trentieme": 30}
    forms |= {f"vingt {name}": 20 + value for name, value in list(forms.items()) if 1 < value < 10}
    return forms | {"vingt et unieme": 21, "trente et unieme": 31}


def _dutch_ordinals() -> dict[str, int]:
    names = (
        "eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|dertiende|"
        "veertiende|vijftiende|zestiende|zeventiende|achttiende|negentiende|twintigste"
    )
    forms = {name: value for value, name in enumerate(names.split("|"), 1)} | {"dertigste": 30}
    units = SMALL["nl"].split("|")[:9]
    forms |= {f"{unit}entwintigste": 20 + value for value, unit in enumerate(units, 1)}
    return forms | {"eenendertigste": 31, "allereerste": 1}


def _english_ordinals() -> dict[str, int]:
    names = (
        "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
        "fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    )
    forms = {name: value for value, name in enumerate(names.split("|"), 1)}
    forms |= {f"twenty {name}": 20 + value for name, value in list(forms.items()) if value < 10}
    return forms | {"thirtieth": 30, "thirty first": 31}


def _german_ordinals() -> dict[str, int]:
    names = (
        "erst|zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt|elft|zwölft|dreizehnt|vierzehnt|fünfzehnt|"
        "sechzehnt|siebzehnt|achtzehnt|neunzehnt|zwanzigst"
    )
    stems = {name: value for value, name in enumerate(names.split("|"), 1)} | {"dreissigst": 30, "siebent": 7}
    units = SMALL["de"].split("|")[:9]
    stems |= {f"{unit}undzwanzigst": 20 + value for value, unit in enumerate(units, 1)}
    stems |= {"einunddreissigst": 31}
    stems |= {stem.replace("ü", "ue").replace("ö", "oe"): value for stem, value in stems.items()}
    return _with_endings({fold(stem): value for stem, value in stems.items()}, ("e", "en", "er", "es", "em"))


def ordinals() -> dict[str, int]:
    """List the folded ordinals up to 31 of the four languages, parts of one apart by a space."""
    return _french_ordinals() | _dutch_ordinals() | _english_ordinals() | _german_ordinals()
