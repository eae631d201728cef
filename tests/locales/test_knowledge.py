"""Show that every topic is known in every language, briefly, exactly and in our own words."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from handlers.desk import Contacts
from locales.knowledge import DOCUMENTS, Knowledge, texts, topics
from locales.words import LANGUAGES, words_of

ROOT = Path(__file__).parents[2]
CATALOGUE = yaml.safe_load((ROOT / "intents/catalogue/intents.yaml").read_text(encoding="utf-8"))
SEEDS = ROOT.parent / "shared" / "seeds"
SEED_FILES = {"M": "collect-and-stamp-manual.fr.txt", "F": "distripost-faq.fr.txt"}
KNOWLEDGE = Knowledge(asdict(Contacts()))
TOPICS: tuple[str, ...] = tuple(CATALOGUE["topics"])
EVERY = [(topic, language) for topic in TOPICS for language in LANGUAGES]

# The full stops of these end no sentence.
ABBREVIATIONS = ("MwSt.", "p. ex.", "z. B.", "d. h.", "bv.", "e.g.", "i.e.", "Nr.")

# What the rules want said, as each language says it: rule, topic, French, Dutch, English, German.
FACTS = [
    ("ACC-1", "cs.get_access", "6 jours ouvrables", "6 werkdagen", "6 business days", "6 Werktagen"),
    ("ACC-1", "cs.access_delay", "6 jours ouvrables", "6 werkdagen", "6 business days", "6 Werktagen"),
    ("ACC-1", "cs.access_delay", "48 heures", "48 uur", "48 hours", "48 Stunden"),
    ("ACC-1", "dp.get_access", "48 heures", "48 uur", "48 hours", "48 Stunden"),
    ("ACC-1", "dp.who_gets_access", "48 heures", "48 uur", "48 hours", "48 Stunden"),
    ("ACC-3", "cs.get_access", "sans webpass", "geen webpass", "without a webpass", "ohne Webpass"),
    ("ACC-5", "cs.rights", "pas encore de droits", "nog geen rechten", "no rights yet", "noch keine Rechte"),
    ("ACC-7", "cs.password", "7 caractères", "7 tekens", "7 characters", "7 Zeichen"),
    ("ACC-7", "dp.password_change", "7 caractères", "7 tekens", "7 characters", "7 Zeichen"),
    ("INV-2", "cs.invoice_search", "commence par 1046", "begint met 1046", "begins with 1046", "beginnt mit 1046"),
    ("INV-2", "cs.invoice_search", "dix chiffres", "tien cijfers", "ten digits", "zehn Ziffern"),
    ("INV-3", "cs.cost_centre", "une facture par mois", "één factuur per maand", "one invoice a month",
     "eine Rechnung im Monat"),
    ("INV-7", "cs.paper_invoice", "ne remplacent pas", "vervangen de papieren factuur niet", "does not replace",
     "ersetzen die Papierrechnung nicht"),
    ("INV-7", "cs.paper_invoice", "n’ont pas sa valeur juridique", "niet dezelfde juridische waarde",
     "does not have its legal value", "nicht deren rechtlichen Wert"),
    ("INV-7", "cs.annex", "valeur juridique", "niet dezelfde juridische waarde", "legal value", "rechtlichen Wert"),
    ("INV-8", "cs.invoice_available", "posté la facture papier", "papieren factuur heeft verstuurd",
     "sent the paper invoice", "Papierrechnung verschickt"),
    ("GEN-7", "cs.operational_id", "14 caractères", "14 tekens", "14 characters", "14 Zeichen"),
    ("GEN-7", "cs.operational_id", "12 chiffres", "12 cijfers", "12 digits", "12 Ziffern"),
    ("ITM-1", "cs.item_types", "recommandé, RP, pli judiciaire et paquet",
     "aangetekende zending, RP, gerechtsbrief en pakje",
     "registered item, RP, judicial letter and parcel", "Einschreiben, RP, Gerichtsbrief und Paket"),
    ("ITM-3", "cs.item_types", "un paquet n’en a pas", "een pakje niet", "a parcel has none", "ein Paket nicht"),
    ("REC-1", "cs.receipt_layout", "1 ou 4", "1 of 4", "1 or 4", "1 oder 4"),
    ("REC-1", "cs.receipt_layout", "7 jours calendrier", "7 kalenderdagen", "7 calendar days", "7 Kalendertage"),
    ("REC-5", "cs.receipt_layout", "jusqu’à sept", "tot zeven", "up to seven", "bis zu sieben"),
    ("REC-2", "cs.receipt_availability", "3 jours calendrier", "3 kalenderdagen", "3 calendar days", "3 Kalendertage"),
    ("REC-2", "cs.receipt_availability", "le lendemain", "de volgende dag", "the next day", "am nächsten Tag"),
    ("REC-3", "cs.receipt_retention", "1 an à partir de la remise", "1 jaar beschikbaar", "1 year from the hand-over",
     "1 Jahr ab der Einlieferung"),
    ("REC-3", "cs.receipt_retention", "ne prolonge pas", "verlengt die termijn niet", "does not extend",
     "verlängert diese Frist nicht"),
    ("REC-3", "cs.receipt_retention", "un mois avant", "een maand vooraf", "a month before", "einen Monat vorher"),
    ("REC-6", "cs.receipt_content", "(AR)", "(AR)", "(AR)", "(AR)"),
    ("REC-7", "cs.signature_trust", "valable même sans", "ook zonder die instelling geldig", "legal without",
     "gilt auch ohne"),
    ("REC-8", "cs.receipt_legal_value", "vaut autant que le récépissé papier",
     "dezelfde waarde als het papieren bewijs",
     "worth the same as the paper receipt", "gilt genauso viel wie der Papierschein"),
    ("REC-8", "cs.receipt_legal_value", "est l’original et le seul à avoir valeur légale",
     "het origineel en heeft als enige wettelijke waarde", "the original and the only one with legal value",
     "das Original und hat als einzige rechtlichen Wert"),
    ("REC-8", "cs.receipt_legal_value", "n’en est qu’une copie", "maar een kopie", "only a copy", "nur eine Kopie"),
    ("REP-1", "cs.report_vs_annex", "plusieurs mois", "meerdere maanden", "several months", "mehrere Monate"),
    ("REP-2", "cs.report_vs_annex", "hors TVA", "zonder btw", "without VAT", "ohne MwSt."),
    ("REP-3", "cs.report_saving", "chaque lundi", "elke maandag", "every Monday", "jeden Montag"),
    ("SUP-1", "cs.supplies", "obligatoires", "verplicht", "mandatory", "Pflicht"),
    ("SUP-2", "cs.supplies", "4 jours ouvrables", "4 werkdagen", "4 business days", "4 Werktagen"),
    ("SUP-2", "cs.supplies_delay", "4 jours ouvrables", "4 werkdagen", "4 business days", "4 Werktagen"),
    ("SUP-3", "cs.bags_and_bins", "sacs blancs et verts et les bacs bleus", "Witte en groene zakken en blauwe bakken",
     "White and green Collect & Stamp bags and blue bins",
     "Weiße und grüne Collect & Stamp-Postsäcke und blaue Behälter"),
    ("SUP-3", "cs.bags_and_bins", "ne se commandent pas par le formulaire", "niet met het formulier",
     "not ordered with the form", "nicht über das Formular"),
    ("SUP-3", "cs.bags_and_bins", "la personne de bpost qui enlève votre courrier",
     "de persoon van bpost die uw post afhaalt", "the person from bpost who collects your mail",
     "die Person von bpost darum, die Ihre Post abholt"),
    ("OPT-2", "cs.options", "5 jours ouvrables", "5 werkdagen", "5 business days", "5 Werktage"),
    ("OPT-2", "cs.options_delay", "5 jours ouvrables", "5 werkdagen", "5 business days", "5 Werktage"),
    ("TIC-5", "cs.invoice_reporter", "tous les produits", "alle producten", "all products", "alle Produkte"),
    ("TIC-5", "cs.invoice_reporter", "données opérationnelles", "operationele gegevens", "operational data",
     "operative Daten"),
    ("TIC-5", "cs.invoice_reporter", "se complètent", "vullen elkaar aan", "complete each other", "ergänzen sich"),
    ("DIS-1", "dp.commercial_print", "taxes communales", "gemeentebelasting", "municipal taxes", "Gemeindesteuern"),
    ("DIS-1", "dp.informative_print", *["Distripost Public"] * 4),
    ("DIS-2", "dp.box_count_difference", "chaque vendredi", "elke vrijdag", "every Friday", "jeden Freitag"),
    ("DIS-3", "dp.leaflet_conditions", "90 × 140 mm", "90 × 140 mm", "90 × 140 mm", "90 × 140 mm"),
    ("DIS-3", "dp.leaflet_conditions", "230 × 350 mm", "230 × 350 mm", "230 × 350 mm", "230 × 350 mm"),
    ("DIS-3", "dp.leaflet_conditions", "8 mm", "8 mm", "8 mm", "8 mm"),
    ("DIS-3", "dp.leaflet_conditions", "130 g", "130 g", "130 g", "130 g"),
    ("DIS-3", "dp.leaflet_conditions", "80 g/m²", "80 g/m²", "80 g/m²", "80 g/m²"),
    ("DIS-4", "dp.special_format", "par exemplaire", "per exemplaar", "per copy", "pro Exemplar"),
    ("DIS-5", "dp.bulk", "jour −4", "dag −4", "day −4", "Tag −4"),
    ("DIS-5", "dp.bulk", "avant 16 h dans un centre", "vóór 16 uur in een MassPost", "before 16:00 in a MassPost",
     "vor 16 Uhr in einem MassPost"),
    ("DIS-5", "dp.bulk", "avant 17 h dans un hyper", "vóór 17 uur in een hyper", "before 17:00 in a hyper",
     "vor 17 Uhr in einem Hyper"),
    ("DIS-6", "dp.ready_to_distribute", "jour −1 avant 12 h", "dag −1 vóór 12 uur", "day −1 before 12:00",
     "Tag −1 vor 12 Uhr"),
    ("DIS-9", "dp.order_management", "deux semaines", "twee weken", "two weeks", "zwei Wochen"),
    ("DIS-10", "dp.cancellation", "deux semaines", "twee weken", "two weeks", "zwei Wochen"),
    ("DIS-11", "dp.cancellation", "3 jours ouvrables", "3 werkdagen", "3 business days", "3 Werktage"),
    ("DIS-12", "dp.how_to_pay", "5 jours ouvrables", "5 werkdagen", "5 business days", "5 Werktage"),
    ("DIS-12", "dp.when_to_pay", "5 jours ouvrables", "5 werkdagen", "5 business days", "5 Werktage"),
    ("DIS-12", "dp.payment_methods", *["Bpaid, Visa, Mastercard"] * 4),
    ("DIS-12", "dp.payment_methods", *["ING Home’Pay, KBC Online"] * 4),
]  # fmt: skip

NEVER_HERE = {
    "fr": "N’écrivez jamais de mot de passe ici.",
    "nl": "Schrijf hier nooit een wachtwoord.",
    "en": "Never write a password here.",
    "de": "Schreiben Sie hier nie ein Passwort.",
}


def written(topic: str, language: str) -> str:
    """The answer a customer reads, its non-breaking spaces made plain."""
    answer = KNOWLEDGE.answer(topic, language)
    assert answer is not None
    return re.sub(r"\s", " ", answer.text)


def without_addresses(topic: str, language: str) -> str:
    """The text with the places of addresses and telephone numbers left empty."""
    return re.sub(r"\{\w+\}", "", texts(language)[topic]["text"])


def sentences(text: str) -> list[str]:
    """Cut a text at each mark that ends a sentence, with the quotation marks behind it, where a space follows."""
    for abbreviation in ABBREVIATIONS:
        text = text.replace(abbreviation, abbreviation.replace(".", ""))
    return re.split(r"(?<=[.!?…])[”“\")]*\s+(?!»)", text.strip())


def words(text: str) -> list[str]:
    """The words of a text in small letters, whatever its apostrophes and punctuation."""
    return re.findall(r"\w+", text.casefold())


def runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """Every run of so many words."""
    found = words(text)
    return zip(*(found[start:] for start in range(length)), strict=False)


def seed(document: str) -> str:
    """A source document as one line; the test is skipped where the documents are not at hand."""
    path = SEEDS / SEED_FILES[document]
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the checkout")
    return " ".join(path.read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Un. Deux ? Trois !", 3),
        ("Le montant hors TVA (p. ex. 10). Et voilà.", 2),
        ("Gesamtbetrag ohne MwSt. pro Art. Hier beginnt es.", 2),
        ("Open https://www.bpost.be/portal?method=init with your name. Then wait.", 2),
        ("Dites « bonjour ! » ici. Merci.", 2),
        ("ID CS…, 14 caractères.", 1),
        ("Dat is het. bpost weet het.", 2),
    ],
)
def test_sentences_are_counted_fairly(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.rule("GEN-8")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_of_the_catalogue_has_a_text_and_no_other(language: str) -> None:
    assert set(texts(language)) == set(topics()) == set(TOPICS)
    assert len(TOPICS) == 61


@pytest.mark.rule("GEN-8")
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_topic_has_no_answer(language: str) -> None:
    assert KNOWLEDGE.answer("cs.weather", language) is None


@pytest.mark.rule("GEN-1", "GEN-8")
@pytest.mark.parametrize(("topic", "language"), EVERY)
def test_an_answer_is_at_most_five_short_sentences(topic: str, language: str) -> None:
    parts = sentences(written(topic, language))
    assert 1 <= len(parts) <= 5
    assert max(len(part.split()) for part in parts) <= 30
    assert written(topic, language).endswith(".")
    assert "{" not in written(topic, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_fit_on_a_button_and_differ(language: str) -> None:
    titles = [entry["title"] for entry in texts(language).values()]
    assert max(map(len, titles)) <= 40
    assert len({title.casefold() for title in titles}) == len(titles)


@pytest.mark.rule("TIC-4")
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_names_the_same_addresses_in_every_language(topic: str) -> None:
    named = {
        language: sorted(
            place for _, place, _, _ in string.Formatter().parse(texts(language)[topic]["text"]) if place
        )
        for language in LANGUAGES
    }
    assert all(places == named["fr"] for places in named.values()), named
    assert set(named["fr"]) <= set(asdict(Contacts()))


@pytest.mark.parametrize(("topic", "language"), EVERY)
def test_an_address_is_not_glued_to_punctuation(topic: str, language: str) -> None:
    """A full stop or comma behind an address would become part of the link on some platforms."""
    assert not re.search(r"\{(?!phone)\w+\}[.,;:!?]", texts(language)[topic]["text"])


@pytest.mark.parametrize(("topic", "language"), EVERY)
def test_a_text_is_plain_and_opens_with_neither_yes_nor_no(topic: str, language: str) -> None:
    """The same topic is asked both ways round ("is it free?", "must I pay?"): a yes would mislead one of them."""
    assert not re.search(r"[*_`<>#~|\[\]]", without_addresses(topic, language))
    assert words(written(topic, language))[0] not in {"oui", "non", "ja", "nee", "nein", "yes", "no"}


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_gives_the_same_numbers_in_every_language(topic: str) -> None:
    found = {
        language: sorted(re.findall(r"\d+", re.sub(r"(?<=\d)(?:[.\s](?=\d{3})|:00)", "", plain)))
        for language in LANGUAGES
        for plain in [without_addresses(topic, language)]
    }
    assert all(numbers == found["fr"] for numbers in found.values()), found


@pytest.mark.rule("GEN-2", "GEN-5")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thousand_is_written_as_everywhere_else(language: str) -> None:
    answer = KNOWLEDGE.answer("cs.max_transactions", language)
    assert answer is not None
    assert answer.text.count(words_of(language).write_value(1000)) == 2
    assert words_of(language).write_value(1000) in answer.title


@pytest.mark.parametrize(
    ("topic", "phrases"),
    [
        pytest.param(topic, phrases, marks=pytest.mark.rule(rule), id=f"{topic}-{phrases[2]}")
        for rule, topic, *phrases in FACTS
    ],
)
def test_a_rule_is_said_exactly_in_every_language(topic: str, phrases: list[str]) -> None:
    for language, phrase in zip(("fr", "nl", "en", "de"), phrases, strict=True):
        assert phrase in written(topic, language)


@pytest.mark.rule("ACC-7")
@pytest.mark.parametrize("topic", ["cs.password", "dp.password_forgotten", "dp.password_change"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_password_answers_warn_never_to_write_one(topic: str, language: str) -> None:
    assert NEVER_HERE[language] in sentences(written(topic, language))


@pytest.mark.rule("OPT-1")
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_five_options_are_named(language: str) -> None:
    for option in ("Registered P@ck", "Registered Paper Pack", "One Day Early Collect", "Secure Pick Up",
                   "Temporary Stop Holidays"):  # fmt: skip
        assert option in written("cs.options", language)


@pytest.mark.rule("TIC-4")
@pytest.mark.parametrize("language", LANGUAGES)
def test_contacts_are_those_of_the_service_centre(language: str) -> None:
    for topic, address in [("cs.contact", "service.centre@bpost.be"), ("dp.contact", "distripost@bpost.be")]:
        assert address in written(topic, language)
        assert "02 201 11 11" in written(topic, language)


def test_french_marks_have_their_non_breaking_space() -> None:
    for topic, entry in texts("fr").items():
        both = f"{entry['title']} {without_addresses(topic, 'fr')}"
        assert not re.search(r"[^\u00a0\u202f](?=[:;?!»])|«(?!\u00a0)", both), topic


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_leads_to_an_intent_of_the_catalogue(topic: str) -> None:
    entry = topics()[topic]
    assert set(entry) <= {"document", "section", "intent"}
    assert entry["document"] in DOCUMENTS
    assert entry.get("intent") in {None, *CATALOGUE["intents"]} - {"faq", "unknown"}


@pytest.mark.rule("GEN-8")
@pytest.mark.parametrize("topic", TOPICS)
def test_a_section_is_printed_in_its_document(topic: str) -> None:
    entry = topics()[topic]
    assert " ".join(words(entry["section"])) in " ".join(words(seed(entry["document"])))


@pytest.mark.parametrize("document", SEED_FILES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_copies_its_source(document: str, language: str) -> None:
    theirs = set(runs(seed(document), 12))
    assert len(theirs) > 1000
    copied = {topic for topic in TOPICS if theirs & set(runs(written(topic, language), 12))}
    assert not copied
