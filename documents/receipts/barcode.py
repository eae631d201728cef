"""Encode an item's barcode as the bars of Code 128 (REC-6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.errors import DocumentError

# The widths of bar, space, bar, space, bar, space of the values 0 to 105, in modules; the stop has one bar more.
WIDTHS = re.findall(
    r"\d{6}",
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 "
    "113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 "
    "212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 "
    "113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 "
    "241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 "
    "211232",
)
STOP = "2331112"
SYMBOL_MODULES, STOP_MODULES = 11, 13
TO_C, TO_B, FNC1, START_B, START_C = 99, 100, 102, 104, 105
# Switching to pairs of digits costs a symbol, and so does switching back: four digits at an end or six in the
# middle are where it begins to pay.
DIGITS_AT_END, DIGITS_WITHIN = 4, 6
LONGEST = 40
# White modules that a scanner needs at each end.
QUIET = 10
# The number of bpost's items under GS1 begins with application identifier 01 and bpost's article number; its
# barcode begins with the sign that tells scanners so.
GS1_ITEM = re.compile(r"01054128850\d{19}")


def _bars(widths: str) -> str:
    """Draw bars from where the pen is and leave it where the next symbol begins; every second width is a space."""
    bars = [int(width) for width in widths[::2]]
    spaces = [int(width) for width in widths[1::2]] + [0]
    pairs = zip(bars, spaces, strict=False)
    return "".join(f"h{bar}v1h-{bar}zm{bar + space} 0" for bar, space in pairs)


BARS = tuple(map(_bars, WIDTHS))
STOP_BARS = _bars(STOP)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn barcode as SVG, with its width in modules including the white at both ends."""

    svg: str
    modules: int


class BarcodeNotDrawable(DocumentError):
    """An item's number has signs that Code 128 does not have here, none at all or more than a label holds."""

    def __init__(self, barcode: str) -> None:
        super().__init__(barcode)
        self.barcode = barcode


def draw_code_128(barcode: str) -> Drawing:
    """Draw a barcode as an SVG picture one module high, to be stretched; raises BarcodeNotDrawable."""
    symbols = _symbols(barcode)
    modules = QUIET + SYMBOL_MODULES * len(symbols) + STOP_MODULES + QUIET
    path = f"M{QUIET} 0" + "".join([BARS[value] for value in symbols]) + STOP_BARS
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{modules}" height="1"><path d="{path}"/></svg>',
        modules,
    )


def _symbols(barcode: str) -> list[int]:
    if not barcode or len(barcode) > LONGEST or not all(" " <= sign <= "~" for sign in barcode):
        raise BarcodeNotDrawable(barcode)
    values = _values(barcode)
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return [*values, check]


def _values(barcode: str) -> list[int]:
    """Choose the symbols: pairs of digits where they pay, single signs elsewhere."""
    runs = [run for run in re.split(r"(\d+)", barcode) if run]
    in_pairs = [_pays(run, at_end=place in {0, len(runs) - 1}) for place, run in enumerate(runs)]
    values = [START_C if in_pairs[0] else START_B]
    if GS1_ITEM.fullmatch(barcode):
        values.append(FNC1)
    pairs_now = in_pairs[0]
    for run, pairs in zip(runs, in_pairs, strict=True):
        if pairs != pairs_now:
            values.append(TO_C if pairs else TO_B)
            pairs_now = pairs
        values += _pairs(run) if pairs else _singles(run)
        if pairs and len(run) % 2:
            values += [TO_B, *_singles(run[-1])]
            pairs_now = False
    return values


def _pays(run: str, *, at_end: bool) -> bool:
    return run.isdigit() and len(run) >= (DIGITS_AT_END if at_end else DIGITS_WITHIN)


def _pairs(run: str) -> list[int]:
    return [int(run[place : place + 2]) for place in range(0, len(run) - 1, 2)]


def _singles(run: str) -> list[int]:
    return [ord(sign) - ord(" ") for sign in run]
