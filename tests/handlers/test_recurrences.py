"""Say how often something comes back, as a Belgian reader of each language expects it (REP-3)."""

import pytest

from handlers.recurrences import how_often
from handlers.regular_wish import said_subject
from handlers.request import Request
from handlers.session import Session
from locales.words import LANGUAGES, words_of
from services.recurrence import read_recurrence
from tests.conftest import NOON


@pytest.mark.rule("REP-3", "GEN-1")
@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "FREQ=WEEKLY",
            "chaque semaine, le lundi|elke week, op maandag|every week, on Monday|jede Woche, am Montag",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
            (
                "toutes les 2 semaines, le lundi et jeudi|om de 2 weken, op maandag en donderdag|"
                "every 2 weeks, on Monday and Thursday|alle 2 Wochen, am Montag und Donnerstag"
            ),
        ),
        ("FREQ=DAILY", "chaque jour|elke dag|every day|jeden Tag"),
        (
            "FREQ=MONTHLY",
            (
                "chaque mois, le premier jour|elke maand, op de eerste dag|every month, on the first day|"
                "jeden Monat, am ersten Tag"
            ),
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1FR",
            (
                "chaque mois, le dernier vendredi|elke maand, op de laatste vrijdag|"
                "every month, on the last Friday|jeden Monat, am letzten Freitag"
            ),
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            (
                "chaque mois, le premier jour ouvrable|elke maand, op de eerste werkdag|"
                "every month, on the first working day|jeden Monat, am ersten Werktag"
            ),
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
            (
                "chaque trimestre, le 15|elk kwartaal, op dag 15|every quarter, on day 15|"
                "jedes Quartal, am Tag 15"
            ),
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            (
                "chaque mois, le dernier jour|elke maand, op de laatste dag|every month, on the last day|"
                "jeden Monat, am letzten Tag"
            ),
        ),
        ("FREQ=YEARLY", "chaque année|elk jaar|every year|jedes Jahr"),
    ],
)
def test_recurrence_is_described_in_each_language(rule: str, said: str) -> None:
    phrase = how_often(read_recurrence(rule))
    assert [words_of(language).write(phrase) for language in LANGUAGES] == said.split("|")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("chaque lundi les récépissés de la semaine passée", "receipts"),
        ("elke vrijdag de afgiftebewijzen", "receipts"),
        ("every Monday the receipts", "receipts"),
        ("jeden Freitag die Einlieferungsscheine", "receipts"),
        ("chaque lundi le rapport", "report"),
        ("elke week een verslag", "report"),
        ("jeden Montag den Bericht", "report"),
        ("chaque lundi la liste des envois", "report"),
        ("chaque lundi", None),
    ],
)
def test_subject_is_heard_in_the_message(text: str, subject: str | None) -> None:
    assert said_subject(None, Request("report.schedule", Session(1, "fr"), NOON, text)) == subject
