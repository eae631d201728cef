"""Write what else the demo needs: a list of supplies and an option that is active."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from pathlib import Path

import psycopg

from services.calendar import BRUSSELS
from services.supply_list import read_products, write_products

SUPPLIES = Path(__file__).parent / "supplies.csv"
CANNED_ANSWERS = Path(__file__).parent / "canned_answers.csv"
# The office in Liège has its receipts the next day, the bailiff in Gent after three days (REC-2).
ACTIVE_OPTION = ("registered_pack", "CS400127000001")


def write_supplies(cursor: psycopg.Cursor[tuple[object, ...]]) -> None:
    """Bring in the demo's products; those that somebody edited since stay as they are."""
    reading = read_products(SUPPLIES.read_text(encoding="utf-8"))
    assert not reading.faults
    write_products(cursor, reading.products, is_demo=True, replace=False)


def write_canned_answers(cursor: psycopg.Cursor[tuple[object, ...]]) -> None:
    """Bring in some answers that are given often; those that somebody edited since stay as they are."""
    with CANNED_ANSWERS.open(encoding="utf-8", newline="") as file:
        cursor.executemany(
            "INSERT INTO canned_answers (code, language, text) VALUES (%(code)s, %(language)s, %(text)s)"
            " ON CONFLICT DO NOTHING",
            list(csv.DictReader(file)),
        )


def write_active_option(cursor: psycopg.Cursor[tuple[object, ...]], first_on: date) -> None:
    """Note the option that was active before the counter opened, once."""
    option, code = ACTIVE_OPTION
    cursor.execute(
        "INSERT INTO option_requests (company_id, operational_id_id, option_code, first_on, state, requested_at)"
        " SELECT company_id, id, %(option)s::varchar, %(first)s, 'active', %(at)s FROM operational_ids o"
        " WHERE code = %(code)s"
        " AND NOT EXISTS (SELECT FROM option_requests r"
        " WHERE r.operational_id_id = o.id AND r.option_code = %(option)s::varchar)",
        {
            "option": option,
            "code": code,
            "first": first_on,
            "at": datetime.combine(first_on, time.min, BRUSSELS),
        },
    )
