"""Write the demo data into the records: people first, then items and invoices in bulk, only what is missing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import psycopg

from services.calendar import BusinessCalendar
from services.demo.cast import COMPANIES, PEOPLE, DemoCompany, DemoCostCentre
from services.demo.extras import write_active_option, write_canned_answers, write_supplies
from services.demo.generation import (
    TARIFFS,
    DrawnItem,
    amounts,
    barcode,
    business_days,
    draw_items,
    draw_letters,
)

MONTHS = 16
FIRST_INVOICE = 1046100001
DEMO_LOCK = 0x6465_6D6F
ITEM_COLUMNS = (
    "barcode, company_id, operational_id_id, handed_over_on, item_type, with_ar, postcode, addressee,"
    " weight_grams, price_cents"
)
LINE_COLUMNS = "company_id, invoice_id, day, item_type, quantity, unit_cents, handling_cents, vat_percent"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much demo data was written."""

    items: int = 0
    invoices: int = 0
    lines: int = 0

    @property
    def rows(self) -> int:
        """Count all rows written in bulk."""
        return self.items + self.invoices + self.lines


@dataclass(frozen=True, slots=True)
class _Keys:
    company: int
    cost_centres: dict[str, int]
    operational_ids: dict[str, int]


def load_demo(
    address: str, today: date, *, seed: int = 1, scale: float = 1.0, progress: Progress | None = None
) -> Loaded:
    """Create the demo data, or add the months since it was last brought up to date; in one transaction.

    `address` is the owner's: bulk loading is a named duty that row-level security does not bind. `scale` multiplies
    the items a day.
    """
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (DEMO_LOCK,))
        keys = {company.name: _write_company(cursor, company, today) for company in COMPANIES}
        _write_people(cursor, {name: key.company for name, key in keys.items()})
        write_supplies(cursor)
        write_canned_answers(cursor)
        write_active_option(cursor, first_month(today))
        return _Loader(cursor, today, seed, scale, keys, progress or _ignore).run()


def _ignore(_done: int, _total: int) -> None:
    return None


def _one(cursor: psycopg.Cursor[tuple[int, ...]]) -> int:
    row = cursor.fetchone()
    assert row is not None
    return row[0]


def _write_company(cursor: psycopg.Cursor[tuple[int, ...]], company: DemoCompany, today: date) -> _Keys:
    cursor.execute(
        "INSERT INTO companies (name, enterprise_number, city, links_only, is_demo) VALUES (%s, %s, %s, %s, true)"
        " ON CONFLICT (enterprise_number) DO UPDATE SET name = excluded.name RETURNING id",
        (company.name, company.enterprise_number, company.city, company.links_only),
    )
    company_id = _one(cursor)
    cursor.execute("SELECT id FROM contracts WHERE company_id = %s", (company_id,))
    found = cursor.fetchone()
    if found is None:
        cursor.execute(
            "INSERT INTO contracts (company_id, signed_on) VALUES (%s, %s) RETURNING id",
            (company_id, first_month(today)),
        )
        found = cursor.fetchone()
    assert found is not None
    cost_centres, operational_ids = {}, {}
    for centre in company.cost_centres:
        cursor.execute(
            "INSERT INTO cost_centres (company_id, contract_id, prs, name) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (prs) DO UPDATE SET name = excluded.name RETURNING id",
            (company_id, found[0], centre.prs, centre.name),
        )
        cost_centres[centre.prs] = _one(cursor)
        for operational_id in centre.operational_ids:
            cursor.execute(
                "INSERT INTO operational_ids (company_id, cost_centre_id, code, name) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (code) DO UPDATE SET name = excluded.name RETURNING id",
                (company_id, cost_centres[centre.prs], operational_id.code, operational_id.name),
            )
            operational_ids[operational_id.code] = _one(cursor)
    return _Keys(company_id, cost_centres, operational_ids)


def _write_people(cursor: psycopg.Cursor[tuple[int, ...]], companies: dict[str, int]) -> None:
    for person in PEOPLE:
        cursor.execute(
            "INSERT INTO portal_users (email, name, language, is_agent, agent_rights) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (email) DO UPDATE SET name = excluded.name RETURNING id",
            (person.email, person.name, person.language, person.is_agent, list(person.agent_rights)),
        )
        user_id = _one(cursor)
        for company, rights in person.rights:
            # Rights that were changed in the demo since stay as they are.
            cursor.execute(
                "INSERT INTO memberships (user_id, company_id, rights) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                (user_id, companies[company], list(rights)),
            )


def first_month(today: date) -> date:
    """Give the first day of the first of the sixteen months that end last month."""
    index = today.year * 12 + today.month - 1 - MONTHS
    return date(index // 12, index % 12 + 1, 1)


class _Loader:
    """Writes items up to yesterday and the invoices of every month that is over."""

    def __init__(
        self,
        cursor: psycopg.Cursor[tuple[int, ...]],
        today: date,
        seed: int,
        scale: float,
        keys: dict[str, _Keys],
        progress: Progress,
    ) -> None:
        self._cursor = cursor
        self._today = today
        self._seed = seed
        self._scale = scale
        self._keys = keys
        self._progress = progress
        self._calendar = BusinessCalendar()
        # What was written in this run, by cost centre, day and franking type: the invoices count the same items.
        self._counted: dict[tuple[str, date], dict[str, int]] = {}

    def run(self) -> Loaded:
        start = self._first_missing_day()
        items = self._write_items(start, self._today - timedelta(days=1))
        invoices, lines = self._write_invoices()
        self._cursor.execute("ANALYZE items")
        return Loaded(items, invoices, lines)

    def _demo_companies(self) -> list[int]:
        return [keys.company for keys in self._keys.values()]

    def _first_missing_day(self) -> date:
        self._cursor.execute(
            "SELECT max(handed_over_on) FROM items WHERE company_id = ANY(%s)", (self._demo_companies(),)
        )
        row = self._cursor.fetchone()
        latest: object = row[0] if row else None
        if isinstance(latest, date):
            return latest + timedelta(days=1)
        return first_month(self._today)

    def _next_serial(self) -> Iterator[int]:
        self._cursor.execute("SELECT count(*) FROM items")
        return count(_one(self._cursor) + 1)

    def _write_items(self, start: date, end: date) -> int:
        days = list(business_days(start, end, self._calendar))
        serials, written = self._next_serial(), 0
        with self._cursor.copy(f"COPY items ({ITEM_COLUMNS}) FROM STDIN") as copy:
            for done, day in enumerate(days, 1):
                rows = [
                    self._item_row(company, item, next(serials))
                    for company in COMPANIES
                    for centre in company.cost_centres
                    for item in self._count_items(company, centre, day)
                ]
                copy.write("".join(rows))
                written += len(rows)
                self._progress(done, len(days))
        return written

    def _count_items(self, company: DemoCompany, centre: DemoCostCentre, day: date) -> Iterator[DrawnItem]:
        """Draw a cost centre's items of a day, counting them for its invoice."""
        counts = self._counted.setdefault((centre.prs, day), {})
        for operational_id in centre.operational_ids:
            for item in draw_items(company, operational_id, day, self._seed, self._scale):
                counts[item.franking] = counts.get(item.franking, 0) + 1
                yield item

    def _item_row(self, company: DemoCompany, item: DrawnItem, serial: int) -> str:
        keys = self._keys[company.name]
        return (
            f"{barcode(item.item_type, serial)}\t{keys.company}\t{keys.operational_ids[item.operational_id]}\t"
            f"{item.day}\t{item.item_type}\t{'t' if item.with_ar else 'f'}\t{item.postcode}\t{item.addressee}\t"
            f"{item.weight_grams}\t{TARIFFS[item.franking].unit_cents}\n"
        )

    def _write_invoices(self) -> tuple[int, int]:
        self._cursor.execute("SELECT count(*) FROM invoices")
        numbers, invoices, lines = count(FIRST_INVOICE + _one(self._cursor)), 0, 0
        for month in self._months_to_bill():
            for company in COMPANIES:
                for centre in company.cost_centres:
                    lines += self._write_invoice(company, centre, month, next(numbers))
                    invoices += 1
        return invoices, lines

    def _months_to_bill(self) -> Iterator[date]:
        self._cursor.execute(
            "SELECT max(month) FROM invoices WHERE company_id = ANY(%s)", (self._demo_companies(),)
        )
        row = self._cursor.fetchone()
        latest: object = row[0] if row else None
        month = next_month(latest) if isinstance(latest, date) else first_month(self._today)
        while month < self._today.replace(day=1):
            yield month
            month = next_month(month)

    def _write_invoice(self, company: DemoCompany, centre: DemoCostCentre, month: date, number: int) -> int:
        keys = self._keys[company.name]
        lines = self._lines_of(company, centre, month)
        net, vat = amounts(lines)
        # Sent on the second business day of the next month, as far as the demo's today lets it be visible.
        sent_on = min(self._calendar.add_business_days(next_month(month), 2), self._today)
        self._cursor.execute(
            "INSERT INTO invoices (number, company_id, cost_centre_id, month, sent_on, net_cents, vat_cents)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id",
            (str(number), keys.company, keys.cost_centres[centre.prs], month, sent_on, net, vat),
        )
        invoice_id = _one(self._cursor)
        with self._cursor.copy(f"COPY invoice_lines ({LINE_COLUMNS}) FROM STDIN") as copy:
            for (day, franking), quantity in sorted(lines.items()):
                tariff = TARIFFS[franking]
                copy.write_row(
                    (
                        keys.company,
                        invoice_id,
                        day,
                        franking,
                        quantity,
                        tariff.unit_cents,
                        tariff.handling_cents,
                        tariff.vat_percent,
                    )
                )
        return len(lines)

    def _lines_of(
        self, company: DemoCompany, centre: DemoCostCentre, month: date
    ) -> dict[tuple[date, str], int]:
        """Count a month's items and letters by day and type: the items are the very ones of the records."""
        lines: dict[tuple[date, str], int] = {}
        for day in business_days(month, next_month(month) - timedelta(days=1), self._calendar):
            for franking, quantity in draw_letters(centre, day, self._seed, self._scale).items():
                lines[day, franking] = quantity
            if (centre.prs, day) not in self._counted:
                deque(self._count_items(company, centre, day), maxlen=0)
            for franking, quantity in self._counted[centre.prs, day].items():
                lines[day, franking] = quantity
        return lines


def next_month(day: date) -> date:
    """Give the first day of the month after a day's month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
