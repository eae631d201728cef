"""Check how often something is wanted, as an RRULE."""

from __future__ import annotations

import pytest

from intents.entities.recurrence import find_recurrences

WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"

RULES = {
    # Weekdays.
    "chaque lundi": "FREQ=WEEKLY;BYDAY=MO",
    "tous les lundis": "FREQ=WEEKLY;BYDAY=MO",
    "ts les lundis": "FREQ=WEEKLY;BYDAY=MO",
    "chaque lundi matin": "FREQ=WEEKLY;BYDAY=MO",
    "les lundis": "FREQ=WEEKLY;BYDAY=MO",
    "elke maandag": "FREQ=WEEKLY;BYDAY=MO",
    "iedere vrijdag": "FREQ=WEEKLY;BYDAY=FR",
    "elken dinsdag en donderdag": "FREQ=WEEKLY;BYDAY=TU,TH",
    "'s maandags": "FREQ=WEEKLY;BYDAY=MO",
    "jeden Montag": "FREQ=WEEKLY;BYDAY=MO",
    "montags": "FREQ=WEEKLY;BYDAY=MO",
    "every Monday": "FREQ=WEEKLY;BYDAY=MO",
    "on Mondays and Thursdays": "FREQ=WEEKLY;BYDAY=MO,TH",
    "tous les lundis et jeudis": "FREQ=WEEKLY;BYDAY=MO,TH",
    "chaque mardi et chaque jeudi": "FREQ=WEEKLY;BYDAY=TU,TH",
    "chaque vendredi, mercredi et lundi": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "chak lundi": "FREQ=WEEKLY;BYDAY=MO",
    "chaque ludni": "FREQ=WEEKLY;BYDAY=MO",
    # Days and working days.
    "tous les jours": "FREQ=DAILY",
    "quotidiennement": "FREQ=DAILY",
    "chaque matin": "FREQ=DAILY",
    "dagelijks": "FREQ=DAILY",
    "elke dag": "FREQ=DAILY",
    "every day": "FREQ=DAILY",
    "täglich": "FREQ=DAILY",
    "taeglich": "FREQ=DAILY",
    "chaque jour ouvrable": WORKDAYS,
    "tous les jours ouvrables": WORKDAYS,
    "elke werkdag": WORKDAYS,
    "op werkdagen": WORKDAYS,
    "every weekday": WORKDAYS,
    "jeden Werktag": WORKDAYS,
    "chaque jour du lundi au vendredi": WORKDAYS,
    "elke dag van maandag tot vrijdag": WORKDAYS,
    "tous les jours sauf le week-end": WORKDAYS,
    "om de andere dag": "FREQ=DAILY;INTERVAL=2",
    "tous les 10 jours": "FREQ=DAILY;INTERVAL=10",
    # Weeks.
    "chaque semaine": "FREQ=WEEKLY",
    "toutes les semaines": "FREQ=WEEKLY",
    "rapport hebdomadaire": "FREQ=WEEKLY",
    "wekelijks": "FREQ=WEEKLY",
    "wöchentlich": "FREQ=WEEKLY",
    "once a week": "FREQ=WEEKLY",
    "une fois par semaine": "FREQ=WEEKLY",
    "1x per week": "FREQ=WEEKLY",
    "einmal pro Woche": "FREQ=WEEKLY",
    "chaque semaine le lundi": "FREQ=WEEKLY;BYDAY=MO",
    "wekelijks op maandag": "FREQ=WEEKLY;BYDAY=MO",
    "weekly on Mondays": "FREQ=WEEKLY;BYDAY=MO",
    "le lundi, toutes les semaines": "FREQ=WEEKLY;BYDAY=MO",
    "toutes les deux semaines": "FREQ=WEEKLY;INTERVAL=2",
    "une semaine sur deux": "FREQ=WEEKLY;INTERVAL=2",
    "tous les quinze jours": "FREQ=WEEKLY;INTERVAL=2",
    "om de week": "FREQ=WEEKLY;INTERVAL=2",
    "om de twee weken": "FREQ=WEEKLY;INTERVAL=2",
    "om de 14 dagen": "FREQ=WEEKLY;INTERVAL=2",
    "tweewekelijks": "FREQ=WEEKLY;INTERVAL=2",
    "every other week": "FREQ=WEEKLY;INTERVAL=2",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "alle zwei Wochen": "FREQ=WEEKLY;INTERVAL=2",
    "alle zwei Wochen mittwochs": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "om de twee weken op woensdag": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "un lundi sur deux": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
    "every second Monday": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
    # Months.
    "chaque mois": "FREQ=MONTHLY",
    "mensuellement": "FREQ=MONTHLY",
    "maandelijks": "FREQ=MONTHLY",
    "jeden Monat": "FREQ=MONTHLY",
    "monthly": "FREQ=MONTHLY",
    "le premier de chaque mois": "FREQ=MONTHLY;BYMONTHDAY=1",
    "elke eerste van de maand": "FREQ=MONTHLY;BYMONTHDAY=1",
    "jeden Ersten im Monat": "FREQ=MONTHLY;BYMONTHDAY=1",
    "am 15. jedes Monats": "FREQ=MONTHLY;BYMONTHDAY=15",
    "le 15 de chaque mois": "FREQ=MONTHLY;BYMONTHDAY=15",
    "le 15 du mois, tous les mois": "FREQ=MONTHLY;BYMONTHDAY=15",
    "every 15th of the month": "FREQ=MONTHLY;BYMONTHDAY=15",
    "maandelijks op de 5e": "FREQ=MONTHLY;BYMONTHDAY=5",
    "chaque 1er et 15 du mois": "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "le premier lundi du mois": "FREQ=MONTHLY;BYDAY=1MO",
    "de eerste maandag van de maand": "FREQ=MONTHLY;BYDAY=1MO",
    "the first Monday of each month": "FREQ=MONTHLY;BYDAY=1MO",
    "jeden ersten Montag im Monat": "FREQ=MONTHLY;BYDAY=1MO",
    "chaque dernier vendredi du mois": "FREQ=MONTHLY;BYDAY=-1FR",
    "elke tweede maandag van de maand": "FREQ=MONTHLY;BYDAY=2MO",
    "fin de mois": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "à la fin de chaque mois": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "eind van elke maand": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "Ende jedes Monats": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "le dernier jour de chaque mois": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "le dernier jour ouvrable du mois": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "tous les deux mois": "FREQ=MONTHLY;INTERVAL=2",
    # Quarters, halves, years.
    "chaque trimestre": "FREQ=MONTHLY;INTERVAL=3",
    "trimestriel": "FREQ=MONTHLY;INTERVAL=3",
    "elk kwartaal": "FREQ=MONTHLY;INTERVAL=3",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "vierteljährlich": "FREQ=MONTHLY;INTERVAL=3",
    "tous les six mois": "FREQ=MONTHLY;INTERVAL=6",
    "halfjaarlijks": "FREQ=MONTHLY;INTERVAL=6",
    "chaque année": "FREQ=YEARLY",
    "jaarlijks": "FREQ=YEARLY",
    "annually": "FREQ=YEARLY",
}

NO_RULES = [
    "tous les récépissés",
    "toutes les factures de mars",
    "chaque facture",
    "alle facturen",
    "every invoice",
    "lundi",
    "fin du mois",
    "fin de mois dernier",
    "le premier lundi de mars",
    "premier lundi du mois dernier",
    "les 3 premiers jours du mois",
    "le 15 du mois",
    "dans les 4 jours ouvrables",
    "5 werkdagen",
    "deux fois par semaine",
    "1 ou 4 par page",
    "une dernière fois",
    "combien de jours ouvrables",
]


@pytest.mark.rule("REP-3")
@pytest.mark.parametrize(("text", "rule"), RULES.items())
def test_recurrences_are_written_as_rules(text: str, rule: str) -> None:
    found = [mention.value for mention in find_recurrences(text, language=None)]
    assert found == [rule]


@pytest.mark.parametrize("text", NO_RULES)
def test_recurrences_are_not_seen_where_none_is_said(text: str) -> None:
    assert find_recurrences(text, language=None) == []


def test_recurrence_stands_where_it_was_said() -> None:
    text = "envoyez-moi les récépissés chaque lundi svp"
    (mention,) = find_recurrences(text, language="fr")
    assert text[mention.start : mention.end] == "chaque lundi"


def test_two_recurrences_are_both_found() -> None:
    text = "le rapport chaque lundi et les récépissés tous les mois"
    assert [mention.value for mention in find_recurrences(text, language="fr")] == [
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=MONTHLY",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("wekelijks de afgiftebewijzen op vrijdag", "vrijdag"),
        ("chaque semaine un rapport le vendredi", "vendredi"),
        ("a weekly report on Fridays", "Fridays"),
    ],
)
def test_day_named_further_on_belongs_to_what_comes_back(text: str, day: str) -> None:
    found = find_recurrences(text, language=None)
    assert {mention.value for mention in found} == {"FREQ=WEEKLY;BYDAY=FR"}
    assert text[found[-1].start : found[-1].end] == day


def test_day_further_on_is_left_alone_where_it_says_which_one() -> None:
    (mention,) = find_recurrences("un rapport hebdomadaire pour le vendredi 20 novembre", language="fr")
    assert mention.value == "FREQ=WEEKLY"
