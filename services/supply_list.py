"""Read and write the list of supplies that the Service Centre edits (SUP-4)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Annotated, Literal

import psycopg
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

Name = Annotated[str, Field(min_length=1, max_length=120)]
# An empty cell means what the column means when it is left out.
NoValue = BeforeValidator(lambda value: None if value == "" else value)
COLUMNS = (
    "code",
    "family",
    "name_fr",
    "name_nl",
    "name_en",
    "name_de",
    "unit",
    "minimum",
    "maximum",
    "picture",
    "from_collector",
    "is_active",
)
REQUIRED = ("code", "name_fr", "name_nl", "name_en", "name_de", "minimum", "maximum")


class ListedProduct(BaseModel):
    """A row of the list; see `services.records.SupplyProduct` for what each column means."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    code: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
    family: Annotated[str | None, NoValue, Field(pattern=r"^[a-z0-9_]{1,40}$")] = None
    name_fr: Name
    name_nl: Name
    name_en: Name
    name_de: Name
    unit: Literal["piece", "roll", "sheet", "pack"] = "piece"
    minimum: Annotated[int, Field(ge=1)]
    maximum: Annotated[int, Field(le=1_000_000)]
    picture: Annotated[str, Field(pattern=r"^(https://\S+)?$", max_length=500)] = ""
    from_collector: bool = False
    is_active: bool = True

    @model_validator(mode="after")
    def _in_order(self) -> ListedProduct:
        if self.maximum < self.minimum:
            raise ValueError("the maximum is below the minimum")
        return self


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a line of the file, counted from 1; `column` is empty where it is the line as a whole."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The products of a file, in its order, and what is wrong with it: the list counts only where nothing is."""

    products: tuple[ListedProduct, ...]
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """How many products came in, changed or were the same already."""

    added: int = 0
    changed: int = 0
    same: int = 0


def read_products(text: str) -> Reading:
    """Read the list from CSV with a heading line; cells are separated by commas or, as Excel does here, semicolons."""
    lines = text.removeprefix("\ufeff")
    heading = lines.partition("\n")[0]
    rows = csv.DictReader(StringIO(lines), delimiter=";" if heading.count(";") > heading.count(",") else ",")
    columns = [column.strip() for column in rows.fieldnames or ()]
    missing = [column for column in REQUIRED if column not in columns]
    unknown = [column for column in columns if column not in COLUMNS]
    if missing or unknown:
        return Reading((), tuple(_heading_faults(missing, unknown)))
    rows.fieldnames = columns
    products: list[ListedProduct] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for row in rows:
        product = _read_row(rows.line_num, row, faults)
        if product is None:
            continue
        if product.code in seen:
            faults.append(RowFault(rows.line_num, "code", f"stands in line {seen[product.code]} already"))
        seen.setdefault(product.code, rows.line_num)
        products.append(product)
    return Reading(tuple(products), tuple(faults))


def _heading_faults(missing: Sequence[str], unknown: Sequence[str]) -> Iterator[RowFault]:
    for column in missing:
        yield RowFault(1, column, "this column is missing")
    for column in unknown:
        yield RowFault(1, column, f"no such column; there are {', '.join(COLUMNS)}")


def _read_row(
    line: int, row: dict[str | None, str | list[str] | None], faults: list[RowFault]
) -> ListedProduct | None:
    if None in row:
        faults.append(RowFault(line, "", "more cells than headings"))
        return None
    # Empty cells are left out, so that they have their usual meaning, or are missed where there is none.
    cells = {name: value for name, value in row.items() if isinstance(value, str) and value.strip()}
    try:
        return ListedProduct.model_validate(cells)
    except ValidationError as error:
        for fault in error.errors():
            column = str(fault["loc"][0]) if fault["loc"] else ""
            faults.append(RowFault(line, column, fault["msg"].removeprefix("Value error, ")))
    return None


def write_products(
    cursor: psycopg.Cursor[tuple[object, ...]],
    products: Sequence[ListedProduct],
    *,
    is_demo: bool = False,
    replace: bool = True,
) -> Written:
    """Bring products into the records, in the order given; those not named stay as they are.

    The same list again changes nothing. Without `replace` only new ones come in. The cursor is the owner's, as for all
    bulk loading.
    """
    known = _known(cursor)
    added = changed = same = 0
    for position, product in enumerate(products, 1):
        values = (*(getattr(product, column) for column in COLUMNS), is_demo, position)
        before = known.get(product.code)
        if before == values or (before is not None and not replace):
            same += 1
            continue
        added, changed = (added + 1, changed) if before is None else (added, changed + 1)
        cursor.execute(UPSERT, values)
    return Written(added, changed, same)


ALL_COLUMNS = (*COLUMNS, "is_demo", "position")
UPSERT = (
    f"INSERT INTO supply_products ({', '.join(ALL_COLUMNS)})"  # noqa: S608 - names of columns, nothing said by anybody
    f" VALUES ({', '.join(['%s'] * len(ALL_COLUMNS))}) ON CONFLICT (code) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in ALL_COLUMNS[1:])
)


def _known(cursor: psycopg.Cursor[tuple[object, ...]]) -> dict[object, tuple[object, ...]]:
    cursor.execute(f"SELECT {', '.join(ALL_COLUMNS)} FROM supply_products")  # noqa: S608 - as above
    return {row[0]: row for row in cursor.fetchall()}


def import_products(address: str, products: Sequence[ListedProduct]) -> Written:
    """Write a list in one transaction of the owner, whose address this is."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        return write_products(cursor, products)
