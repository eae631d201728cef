"""Draw items and invoice lines day by day, the same for the same seed, scale and days."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from services.calendar import BusinessCalendar
from services.demo.cast import DemoCompany, DemoCostCentre, DemoOperationalId


@dataclass(frozen=True, slots=True)
class Tariff:
    """Invented prices of a franking type: cents an item, cents of handling an item, per cent of VAT."""

    unit_cents: int
    handling_cents: int
    vat_percent: int


# Invented, like all prices of the demo.
TARIFFS: Mapping[str, Tariff] = MappingProxyType(
    {
        "letter_prior": Tariff(196, 9, 0),
        "letter_non_prior": Tariff(148, 9, 0),
        "letter_large": Tariff(342, 14, 0),
        "letter_europe": Tariff(290, 12, 0),
        "letter_world": Tariff(315, 12, 0),
        "registered": Tariff(824, 35, 0),
        "registered_ar": Tariff(976, 35, 0),
        "rp": Tariff(655, 31, 0),
        "judicial_letter": Tariff(887, 28, 0),
        "parcel_small": Tariff(512, 60, 21),
        "parcel_large": Tariff(768, 85, 21),
        "parcel_europe": Tariff(1490, 110, 21),
    }
)
# How letters without a barcode of their own are divided.
LETTER_SHARES = (
    ("letter_non_prior", 0.52),
    ("letter_prior", 0.27),
    ("letter_large", 0.14),
    ("letter_europe", 0.05),
    ("letter_world", 0.02),
)
PREFIXES = MappingProxyType({"registered": "RR", "rp": "RP", "judicial": "RJ"})
# What the postal union puts in place of two remainders.
CHECKS = MappingProxyType({10: 0, 11: 5})
# Codes in use lie apart, as in a country with many customers: a slip of one digit names no other item of the demo.
SERIAL_STRIDE = 997
STREETS = ("rue des Guillemins", "Veldstraat", "Klosterstraße", "rue Neuve", "Kouter", "place du Marché")
NAMES = ("Janssens", "Maes", "Dupont", "Lejeune", "Claes", "Müller", "Peeters", "Lambert", "De Smet", "Leroy")


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """An item before it has a barcode."""

    operational_id: str
    day: date
    item_type: str
    franking: str
    with_ar: bool
    postcode: str
    addressee: str
    weight_grams: int


def s10(prefix: str, serial: int) -> str:
    """Build a barcode of the postal union with its check digit (shared data, formats)."""
    digits = f"{serial % 100_000_000:08d}"
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    check = 11 - sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11
    return f"{prefix}{digits}{CHECKS.get(check, check)}BE"


def barcode(item_type: str, serial: int) -> str:
    """Give an item its barcode: S10 for letters, 24 digits for parcels."""
    prefix = PREFIXES.get(item_type)
    return s10(prefix, serial * SERIAL_STRIDE) if prefix else f"3232{serial:020d}"


def business_days(start: date, end: date, calendar: BusinessCalendar) -> Iterator[date]:
    """List the business days of a period, both ends included."""
    for offset in range((end - start).days + 1):
        day = start + timedelta(days=offset)
        if calendar.is_business_day(day):
            yield day


def draw_items(
    company: DemoCompany, operational_id: DemoOperationalId, day: date, seed: int, scale: float
) -> Iterator[DrawnItem]:
    """Draw what is handed over under an operational ID on a day."""
    chance = random.Random(f"{seed}:{operational_id.code}:{day}")  # noqa: S311 - invented data, not a secret
    for item_type, mean in operational_id.daily:
        for _ in range(round(mean * scale * chance.uniform(0.6, 1.4))):
            with_ar = item_type == "registered" and chance.random() < 0.3
            yield DrawnItem(
                operational_id.code,
                day,
                item_type,
                _franking(item_type, with_ar, chance),
                with_ar,
                chance.choice(company.postcodes),
                f"{chance.choice(NAMES)}, {chance.choice(STREETS)} {chance.randint(1, 180)}",
                chance.randint(300, 9000) if item_type == "parcel" else chance.randint(20, 350),
            )


def _franking(item_type: str, with_ar: bool, chance: random.Random) -> str:
    if item_type == "parcel":
        return chance.choices(("parcel_small", "parcel_large", "parcel_europe"), (6, 3, 1))[0]
    if item_type == "judicial":
        return "judicial_letter"
    return "registered_ar" if with_ar else item_type


def draw_letters(cost_centre: DemoCostCentre, day: date, seed: int, scale: float) -> dict[str, int]:
    """Draw how many letters of each type a cost centre hands over on a day."""
    chance = random.Random(f"{seed}:{cost_centre.prs}:{day}")  # noqa: S311 - invented data, not a secret
    total = cost_centre.letters * scale * chance.uniform(0.7, 1.3)
    counts = {franking: round(total * share) for franking, share in LETTER_SHARES}
    return {franking: count for franking, count in counts.items() if count}


def amounts(lines: Mapping[tuple[date, str], int]) -> tuple[int, int]:
    """Add up the lines of an invoice: net and VAT in cents, the VAT rounded half up once for each rate."""
    net_of_rate: dict[int, int] = {}
    for (_day, franking), quantity in lines.items():
        tariff = TARIFFS[franking]
        net = quantity * (tariff.unit_cents + tariff.handling_cents)
        net_of_rate[tariff.vat_percent] = net_of_rate.get(tariff.vat_percent, 0) + net
    vat = sum((net * rate + 50) // 100 for rate, net in net_of_rate.items())
    return sum(net_of_rate.values()), vat
