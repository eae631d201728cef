"""Hold the number formats of a workbook, per language, in the Belgian habit (GEN-2)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

DASH = '"–"'


@dataclass(frozen=True, slots=True)
class Formats:
    """The format codes of one language's numbers, amounts in euro, rates and dates.

    The `or_dash` codes show a dash for nothing, so that days without items stand out in a table.
    """

    count: str
    amount: str
    count_or_dash: str
    amount_or_dash: str
    rate: str
    day: str
    day_of_month: str
    month: str


def _formats(numbers: str, names: str, *, sign_first: bool = False, spaced_rate: bool, day: str) -> Formats:
    """Build a language's formats from the locale of its separators and the one of its month names."""
    # The locale comes first in a code: LibreOffice takes the separators from there, Excel from the computer.
    locale = f"[$-{numbers}]"
    positive, negative = (
        f'{locale}"€"\\ {sign}#,##0.00' if sign_first else f'{locale}{sign}#,##0.00\\ "€"'
        for sign in ("", "-")
    )
    count = f"{locale}#,##0"
    return Formats(
        count=count,
        amount=f"{positive};{negative}",
        count_or_dash=f"{count};{locale}-#,##0;{DASH}",
        amount_or_dash=f"{positive};{negative};{DASH}",
        rate="0\\ %" if spaced_rate else "0%",
        day=day,
        day_of_month="d",
        month=f"[$-{names}]mmmm\\ yyyy",
    )


# Windows' numbers of locales: 80C fr-BE, 813 nl-BE, 809 en-GB, 407 de-DE. There is none for English or German as
# written in Belgium: English takes the separators of nl-BE, German those of de-DE, which are the same.
FORMATS = MappingProxyType(
    {
        "fr": _formats("80C", "80C", spaced_rate=True, day="dd/mm/yyyy"),
        "nl": _formats("813", "813", sign_first=True, spaced_rate=False, day="dd/mm/yyyy"),
        "en": _formats("813", "809", spaced_rate=False, day="dd/mm/yyyy"),
        "de": _formats("407", "407", spaced_rate=True, day="dd.mm.yyyy"),
    }
)
