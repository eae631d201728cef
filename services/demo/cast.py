"""Name the fictional companies and people of the demo."""

from __future__ import annotations

from dataclasses import dataclass

ALL_RIGHTS = ("invoices", "transactions", "distripost", "users", "admin")


@dataclass(frozen=True, slots=True)
class DemoOperationalId:
    """An operational ID with the item types it hands over and how many a business day, at scale 1."""

    code: str
    name: str
    daily: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class DemoCostCentre:
    """A cost centre with its operational IDs and its letters a business day."""

    prs: str
    name: str
    operational_ids: tuple[DemoOperationalId, ...]
    letters: int


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """A fictional customer."""

    name: str
    enterprise_number: str
    city: str
    postcodes: tuple[str, ...]
    cost_centres: tuple[DemoCostCentre, ...]
    links_only: bool = False


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A fictional portal user: `rights` by company name; `persona` names them in the demo's switch.

    `agent_rights` are what an agent may do beyond the counter.
    """

    persona: str
    name: str
    email: str
    language: str
    rights: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_agent: bool = False
    agent_rights: tuple[str, ...] = ()


LIEGE = DemoCompany(
    "Menuiserie Lambert & Fils SA",
    "0876543270",
    "Liège",
    ("4000", "4020", "4030", "4100", "5000", "1000"),
    (
        DemoCostCentre(
            "400125",
            "Atelier",
            (
                DemoOperationalId("CS400125000001", "Atelier Herstal", (("registered", 6), ("parcel", 9))),
                DemoOperationalId("CS400125000002", "Atelier Seraing", (("parcel", 7),)),
            ),
            14,
        ),
        DemoCostCentre(
            "400126",
            "Showroom",
            (DemoOperationalId("CS400126000001", "Showroom Liège", (("registered", 4), ("rp", 2))),),
            25,
        ),
        DemoCostCentre(
            "400127",
            "Comptabilité",
            (DemoOperationalId("CS400127000001", "Comptabilité", (("registered", 9), ("rp", 3))),),
            60,
        ),
    ),
)
GENT = DemoCompany(
    "Deurwaarderskantoor Van Damme BV",
    "0765432146",
    "Gent",
    ("9000", "9040", "9050", "9100", "8500", "2000"),
    (
        DemoCostCentre(
            "900310",
            "Kantoor Gent",
            (
                DemoOperationalId(
                    "CS900310000001", "Kantoor Coupure", (("judicial", 22), ("registered", 14), ("rp", 3))
                ),
            ),
            35,
        ),
    ),
    links_only=True,
)
EUPEN = DemoCompany(
    "Ostbelgien Versand GmbH",
    "0654321022",
    "Eupen",
    ("4700", "4710", "4720", "4780", "4000"),
    (
        DemoCostCentre(
            "470040",
            "Versand",
            (DemoOperationalId("CS470040000001", "Lager Eupen", (("parcel", 24), ("registered", 3))),),
            8,
        ),
        DemoCostCentre(
            "470041",
            "Verwaltung",
            (DemoOperationalId("CS470041000001", "Büro Eupen", (("registered", 5),)),),
            18,
        ),
    ),
)
COMPANIES = (LIEGE, GENT, EUPEN)

PEOPLE = (
    DemoPerson(
        "customer-fr",
        "Claire Dubois",
        "claire.dubois@lambert.example",
        "fr",
        ((LIEGE.name, ("invoices", "transactions")),),
    ),
    DemoPerson(
        "customer-nl",
        "Joris Peeters",
        "joris.peeters@vandamme.example",
        "nl",
        ((GENT.name, ("invoices", "transactions")),),
    ),
    DemoPerson(
        "customer-de",
        "Heike Schmitz",
        "heike.schmitz@ostbelgien-versand.example",
        "de",
        ((EUPEN.name, ("invoices", "transactions", "distripost")),),
    ),
    DemoPerson(
        "administrator", "Marc Lambert", "marc.lambert@lambert.example", "fr", ((LIEGE.name, ALL_RIGHTS),)
    ),
    DemoPerson(
        "accountant",
        "Sofie Claes",
        "sofie.claes@fiduciaire.example",
        "nl",
        ((LIEGE.name, ("invoices",)), (GENT.name, ("invoices",))),
    ),
    DemoPerson("newcomer", "Nora Lejeune", "nora.lejeune@lambert.example", "fr", ((LIEGE.name, ()),)),
    DemoPerson(
        "agent",
        "Karim Benali",
        "karim.benali@service-centre.example",
        "fr",
        is_agent=True,
        agent_rights=("audit",),
    ),
    DemoPerson("agent-nl", "Lotte Wouters", "lotte.wouters@service-centre.example", "nl", is_agent=True),
)
STRANGER = "stranger"
PERSONAS = (*(person.persona for person in PEOPLE), STRANGER)
