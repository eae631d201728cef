"""Check that what only sounds like a time is none."""

from __future__ import annotations

from datetime import date

import pytest

from intents.entities.times import find_times
from intents.understanding import Language

SUNDAY = date(2026, 11, 22)

NO_TIMES: list[tuple[Language, str]] = [
    ("en", "may I have my invoices"),
    ("en", "you may call me"),
    ("en", "this may take a while"),
    ("en", "give me a second"),
    ("en", "do you have an invoice"),
    ("en", "up to date"),
    ("en", "next step"),
    ("en", "the 3rd invoice"),
    ("en", "happy new year"),
    ("en", "have a nice weekend"),
    ("en", "One Day Early Collect"),
    ("en", "Temporary Stop Holidays"),
    ("en", "over an hour"),
    ("en", "the next day"),
    ("en", "spring over it"),
    ("fr", "une dernière question"),
    ("fr", "mes dernières factures"),
    ("fr", "les 3 dernières factures"),
    ("fr", "copie ma dernière réservation"),
    ("fr", "sept enveloppes"),
    ("fr", "je voudrais sept rouleaux"),
    ("fr", "un second rouleau"),
    ("fr", "merci beaucoup"),
    ("fr", "ça ne marche pas"),
    ("fr", "il a été envoyé"),
    ("fr", "ont été reçus"),
    ("fr", "mon compte"),
    ("fr", "bonne semaine"),
    ("fr", "bon week-end"),
    ("fr", "bonne journée"),
    ("fr", "mise à jour du compte"),
    ("fr", "quel jour de la semaine"),
    ("fr", "4 par page"),
    ("fr", "le 4 par page"),
    ("fr", "1/4 par page"),
    ("fr", "le 3e"),
    ("fr", "la 2e facture"),
    ("fr", "de 3 à 7 rouleaux"),
    ("fr", "entre 3 et 7 rouleaux"),
    ("fr", "2000 étiquettes"),
    ("fr", "le marché"),
    ("fr", "à quelle heure passe le facteur"),
    ("fr", "rue du 11 novembre 12"),
    ("fr", "place du 4 août"),
    ("fr", "combien de jours"),
    ("fr", "depuis quand"),
    ("fr", "5 jours"),
    ("fr", "de 9h à 17h"),
    ("fr", "24/7"),
    ("nl", "ik ben hier"),
    ("nl", "hier is mijn nummer"),
    ("nl", "goede morgen"),
    ("nl", "goedemorgen"),
    ("nl", "Morgen! Ik zoek een factuur"),
    ("nl", "prettig weekend"),
    ("nl", "waar is mijn pakje"),
    ("nl", "ik maak een bestelling"),
    ("nl", "zo snel mogelijk"),
    ("nl", "van 3 tot 7 stuks"),
    ("nl", "de 3de pagina"),
    ("nl", "factuur van Jan"),
    ("nl", "2018 Antwerpen"),
    ("nl", "nieuwe factuur"),
    ("nl", "het laatste pakket"),
    ("nl", "hoe lang duurt het"),
    ("nl", "per maand"),
    ("nl", "een kaart"),
    ("de", "hier ist meine Nummer"),
    ("de", "Guten Morgen"),
    ("de", "die letzte Rechnung"),
    ("de", "wo ist meine Rechnung"),
    ("de", "die Montage"),
    ("de", "seit wann"),
    ("de", "schönes Wochenende"),
    ("fr", "ticket 2026-000145"),
    ("fr", "GC-2026-000123"),
    ("fr", "02/201.11.11"),
    ("fr", "0475 12 34 56"),
    ("fr", "12,50 EUR"),
    ("fr", "12.50 euro"),
    ("fr", "à 14:30"),
    ("fr", "A4"),
    ("fr", "version 3.5"),
    ("fr", "loi 2016/679"),
    ("fr", "1,2,3"),
    ("fr", "200-300"),
    ("fr", "week"),
    ("fr", "début"),
    ("fr", "semaine 60"),
    ("fr", "les 9999999 derniers jours"),
]


@pytest.mark.parametrize(("language", "text"), NO_TIMES)
def test_times_are_not_seen_where_none_is_said(language: Language, text: str) -> None:
    assert find_times(text, language=language, today=SUNDAY, ahead=False) == []


@pytest.mark.parametrize(("language", "text"), NO_TIMES)
def test_dates_are_not_seen_where_none_is_said(language: Language, text: str) -> None:
    assert find_times(text, language=language, today=SUNDAY, ahead=True) == []


def test_hier_is_yesterday_in_french_and_here_in_dutch() -> None:
    def days(text: str, language: Language | None) -> int:
        return len(find_times(text, language=language, today=SUNDAY, ahead=False))

    assert days("hier", "fr") == 1
    assert days("hier", None) == 1
    assert days("hier", "nl") == 0
    assert days("de items d'hier aub", "nl") == 1
    assert days("hier is het", None) == 0
