"""Check what German phrases of time come to, as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from intents.entities.times import find_times
from intents.understanding import Language

SUNDAY = date(2026, 11, 22)

# Said of what is past; the day of reading is Sunday 22 November 2026.
PERIODS = {
    "letzte Woche": "2026-11-09 2026-11-15",
    "vorige Woche": "2026-11-09 2026-11-15",
    "die vergangene Woche": "2026-11-09 2026-11-15",
    "in der letzten Woche": "2026-11-09 2026-11-15",
    "diese Woche": "2026-11-16 2026-11-22",
    "der Woche": "2026-11-16 2026-11-22",
    "die ganze Woche": "2026-11-16 2026-11-22",
    "nächste Woche": "2026-11-23 2026-11-29",
    "naechste Woche": "2026-11-23 2026-11-29",
    "übernächste Woche": "2026-11-30 2026-12-06",
    "vorletzte Woche": "2026-11-02 2026-11-08",
    "vor zwei Wochen": "2026-11-02 2026-11-08",
    "vor einer Woche": "2026-11-09 2026-11-15",
    "die letzten zwei Wochen": "2026-11-09 2026-11-22",
    "Woche 46": "2026-11-09 2026-11-15",
    "KW 46": "2026-11-09 2026-11-15",
    "KW46/2025": "2025-11-10 2025-11-16",
    "die Woche vom 3. März": "2026-03-02 2026-03-08",
    "die erste Woche im März": "2026-03-02 2026-03-08",
    "letztes Wochenende": "2026-11-14 2026-11-15",
    "diesen Monat": "2026-11-01 2026-11-30",
    "dieses Monats": "2026-11-01 2026-11-30",
    "letzten Monat": "2026-10-01 2026-10-31",
    "Rechnung des letzten Monats": "2026-10-01 2026-10-31",
    "nächsten Monat": "2026-12-01 2026-12-31",
    "vor drei Monaten": "2026-08-01 2026-08-31",
    "die letzten 3 Monate": "2026-08-23 2026-11-22",
    "März": "2026-03-01 2026-03-31",
    "im Maerz": "2026-03-01 2026-03-31",
    "Marz 2026": "2026-03-01 2026-03-31",
    "im Mai": "2026-05-01 2026-05-31",
    "März letzten Jahres": "2025-03-01 2025-03-31",
    "letzten März": "2026-03-01 2026-03-31",
    "der Monat März": "2026-03-01 2026-03-31",
    "Dezmber": "2025-12-01 2025-12-31",
    "September und Oktober": ["2026-09-01 2026-09-30", "2026-10-01 2026-10-31"],
    "von Januar bis März": "2026-01-01 2026-03-31",
    "Anfang Oktober": "2026-10-01 2026-10-10",
    "Mitte Oktober": "2026-10-11 2026-10-20",
    "Ende Oktober": "2026-10-21 2026-10-31",
    "Ende letzten Monats": "2026-10-21 2026-10-31",
    "erste Hälfte März": "2026-03-01 2026-03-15",
    "heute": "2026-11-22 2026-11-22",
    "gestern": "2026-11-21 2026-11-21",
    "gestern Abend": "2026-11-21 2026-11-21",
    "vorgestern": "2026-11-20 2026-11-20",
    "morgen": "2026-11-23 2026-11-23",
    "vor drei Tagen": "2026-11-19 2026-11-19",
    "vor 3 Tagen": "2026-11-19 2026-11-19",
    "die letzten 7 Tage": "2026-11-16 2026-11-22",
    "in den letzten sieben Tagen": "2026-11-16 2026-11-22",
    "Montag": "2026-11-16 2026-11-16",
    "letzten Montag": "2026-11-16 2026-11-16",
    "Montagmorgen": "2026-11-16 2026-11-16",
    "Montag letzter Woche": "2026-11-09 2026-11-09",
    "letzte Woche Dienstag": "2026-11-10 2026-11-10",
    "nächsten Montag": "2026-11-23 2026-11-23",
    "3. März": "2026-03-03 2026-03-03",
    "am 3. März 2025": "2025-03-03 2025-03-03",
    "dritter März": "2026-03-03 2026-03-03",
    "am einundzwanzigsten März": "2026-03-21 2026-03-21",
    "Dienstag, den 3. März": "2026-03-03 2026-03-03",
    "am 3.": "2026-11-03 2026-11-03",
    "am 3.3.": "2026-03-03 2026-03-03",
    "03.03.2026": "2026-03-03 2026-03-03",
    "3.3.26": "2026-03-03 2026-03-03",
    "am 3. letzten Monats": "2026-10-03 2026-10-03",
    "3. und 5. März": ["2026-03-03 2026-03-03", "2026-03-05 2026-03-05"],
    "vom 3. bis 7. März": "2026-03-03 2026-03-07",
    "vom 3. bis zum 7. März": "2026-03-03 2026-03-07",
    "3.-7. März": "2026-03-03 2026-03-07",
    "3.3.-7.3.": "2026-03-03 2026-03-07",
    "zwischen dem 3. und 7. März": "2026-03-03 2026-03-07",
    "vom 28. Dezember bis 4. Januar": "2025-12-28 2026-01-04",
    "von Montag bis Mittwoch": "2026-11-16 2026-11-18",
    "Mo-Fr": "2026-11-16 2026-11-20",
    "von Montag bis heute": "2026-11-16 2026-11-22",
    "seit Montag": "2026-11-16 2026-11-22",
    "seit dem 3. November": "2026-11-03 2026-11-22",
    "seit Anfang des Jahres": "2026-01-01 2026-11-22",
    "seit zwei Wochen": "2026-11-09 2026-11-22",
    "ab dem 3. November": "2026-11-03 2026-11-22",
    "bis gestern": "2026-11-01 2026-11-21",
    "vor dem 5. März": "2026-03-01 2026-03-04",
    "nach dem 15. November": "2026-11-16 2026-11-22",
    "erstes Quartal": "2026-01-01 2026-03-31",
    "3. Quartal 2025": "2025-07-01 2025-09-30",
    "letztes Quartal": "2026-07-01 2026-09-30",
    "zweites Halbjahr 2025": "2025-07-01 2025-12-31",
    "im Jahr 2025": "2025-01-01 2025-12-31",
    "dieses Jahr": "2026-01-01 2026-12-31",
    "letztes Jahr": "2025-01-01 2025-12-31",
    "Ende 2025": "2025-10-01 2025-12-31",
    "zwischen Weihnachten und Neujahr": "2025-12-25 2026-01-01",
    "Ostermontag": "2026-04-06 2026-04-06",
    "letzten Sommer": "2026-06-21 2026-09-22",
    # Said in haste, or in a roundabout way.
    "vom 4. bis 22. dieses Monats": "2026-11-04 2026-11-22",
    "im Vormonat": "2026-10-01 2026-10-31",
    "Oktoberrechnung": "2026-10-01 2026-10-31",
    "Sept Okt 2025": ["2025-09-01 2025-09-30", "2025-10-01 2025-10-31"],
    "seit Jahresbeginn": "2026-01-01 2026-11-22",
    "20.11.": "2026-11-20 2026-11-20",
    "am 1., 5. und 10. November": ["2026-11-01 2026-11-01", "2026-11-05 2026-11-05", "2026-11-10 2026-11-10"],
    "von Anfang bis Mitte November": "2026-11-01 2026-11-20",
    "letztes Jahr im März": "2025-03-01 2025-03-31",
    "Rechnungen 2031": "2031-01-01 2031-12-31",
}

# Said of what is to come.
AHEAD = {
    "am 15. Dezember": "2026-12-15",
    "morgen": "2026-11-23",
    "morgen früh": "2026-11-23",
    "übermorgen": "2026-11-24",
    "nächsten Freitag": "2026-11-27",
    "Freitag": "2026-11-27",
    "Dienstag nächster Woche": "2026-11-24",
    "Montag in einer Woche": "2026-11-30",
    "in 10 Tagen": "2026-12-02",
    "ab 1. Dezember": "2026-12-01",
    "am 5.": "2026-12-05",
    "der erste Montag im Dezember": "2026-12-07",
    "zu Weihnachten": "2026-12-25",
    "nächste Woche": "2026-11-23 2026-11-29",
    "in zwei Wochen": "2026-11-30 2026-12-06",
    "Mitte Dezember": "2026-12-11 2026-12-20",
    "vom 24.12. bis 3.1.": "2026-12-24 2027-01-03",
    "bis zum 15. Dezember": "2026-11-22 2026-12-15",
    "die nächsten 10 Tage": "2026-11-23 2026-12-02",
    "von Montag bis Freitag": "2026-11-23 2026-11-27",
}


def _found(text: str, *, ahead: bool, language: Language | None) -> list[str]:
    mentions = find_times(text, language=language, today=SUNDAY, ahead=ahead)
    assert all(mention.fault is None for mention in mentions)
    return [
        mention.value if mention.entity == "date" else f"{mention.value['start']} {mention.value['end']}"
        for mention in mentions
    ]


@pytest.mark.rule("GEN-6")
@pytest.mark.parametrize("language", ["de", None])
@pytest.mark.parametrize(("text", "expected"), PERIODS.items())
def test_periods_de_are_found(text: str, expected: str | list[str], language: Language | None) -> None:
    assert _found(text, ahead=False, language=language) == (
        [expected] if isinstance(expected, str) else expected
    )


@pytest.mark.parametrize(("text", "expected"), AHEAD.items())
def test_dates_de_look_ahead(text: str, expected: str) -> None:
    assert _found(text, ahead=True, language="de") == [expected]
