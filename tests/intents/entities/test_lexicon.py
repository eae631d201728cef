from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from intents.entities.findings import Findings
from intents.entities.folding import fold
from intents.entities.lexicon import FILES, ClashError, Lexicon, add_values, read_data, read_lexicon
from intents.entities.phrases import expand_phrase
from intents.entities.vocabulary import Vocabulary, is_misspelling
from intents.templates import BadTemplateError
from intents.understanding import Language

LEXICON = read_lexicon()


def find(text: str, lexicon: Lexicon = LEXICON, language: Language | None = None) -> list[tuple[str, Any]]:
    found = Findings(fold(text))
    add_values(found, lexicon.search(found, language=language))
    return [(mention.entity, mention.value) for mention in found.mentions]


def small(**values: list[str]) -> Lexicon:
    data = {"entity": "thing", "values": {name: {"fr": phrases} for name, phrases in values.items()}}
    return Lexicon([data], between=frozenset({"de"}), ordinary=frozenset({"commande"}))


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("je voudrais des étiquettes", "label"),
        ("etiquetes svp", "label"),
        ("étiquettes pour recommandés", "registered_label"),
        ("etiketten voor aangetekende zendingen", "registered_label"),
        ("labels for registered mail", "registered_label"),
        ("Etiketten für Einschreiben", "registered_label"),
        ("des formulaires de recommandé", "registered_form"),
        ("afgifteformulieren", "registered_form"),
        ("cartes AR", "ar_form"),
        ("AR-kaarten", "ar_form"),
        ("Rückscheine bestellen", "ar_form"),
        ("envelopes please", "envelope"),
        ("enveloppen voor gerechtsbrieven", "envelope"),
        ("Umschläge", "envelope"),
        ("rouleaux d'étiquettes à code-barres", "barcode_roll"),
        ("Rollen Etiketten", "barcode_roll"),
        ("étiquettes pour les bacs", "tray_label"),
        ("sluitzegels", "seal"),
        ("pochettes transparentes adhésives", "adhesive_pouch"),
        ("sacs blancs", "bag_white"),
        ("groene zakken", "bag_green"),
        ("weiße Säcke", "bag_white"),
        ("commander des sacs", "bag"),
        ("bacs bleus", "tray_blue"),
        ("blauwe bakken", "tray_blue"),
        ("blue trays", "tray_blue"),
    ],
)
@pytest.mark.rule("SUP-3")
def test_product_is_known_by_any_usual_name(text: str, product: str) -> None:
    assert find(text) == [("product", product)]


@pytest.mark.parametrize(
    ("text", "item_type"),
    [
        ("mes recommandés", "registered"),
        ("recomandés de mars", "registered"),
        ("aangetekende zendingen", "registered"),
        ("registered letters", "registered"),
        ("eingeschriebene Briefe", "registered"),
        ("les RP", "rp"),
        ("RP-zendingen", "rp"),
        ("plis judiciaires", "judicial"),
        ("gerechtsbrieven", "judicial"),
        ("judicial letters", "judicial"),
        ("Gerichtsbriefe", "judicial"),
        ("colis", "parcel"),
        ("pakjes", "parcel"),
        ("parcels", "parcel"),
        ("Päckchen", "parcel"),
    ],
)
def test_item_type_is_known_in_four_languages(text: str, item_type: str) -> None:
    assert find(text) == [("item_type", item_type)]


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("RegisteredP@ck", "registered_pack"),
        ("l'option registred pack", "registered_pack"),
        ("Registered Paper Pack", "registered_paper_pack"),
        ("paper pack activeren", "registered_paper_pack"),
        ("one day early", "one_day_early_collect"),
        ("een dag vroeger ophalen", "one_day_early_collect"),
        ("secure pickup", "secure_pick_up"),
        ("Secure Pick-up", "secure_pick_up"),
        ("sichere Abholung", "secure_pick_up"),
        ("arrêt pendant les vacances", "temporary_stop_holidays"),
        ("vakantiestop", "temporary_stop_holidays"),
        ("stop vacances", "temporary_stop_holidays"),
        ("Urlaubsstopp", "temporary_stop_holidays"),
    ],
)
@pytest.mark.rule("OPT-1")
def test_option_is_known_by_its_usual_spellings(text: str, option: str) -> None:
    assert find(text) == [("option", option)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("accès aux factures", "invoices"),
        ("recht op facturen", "invoices"),
        ("le droit transactions", "transactions"),
        ("Zugriff auf die Berichte", "transactions"),
        ("nommer administrateur", "admin"),
        ("maak haar beheerder", "admin"),
        ("droit de créer des utilisateurs", "users"),
        ("gebruikers aanmaken", "users"),
        ("user management", "users"),
        ("accès à Distripost", "distripost"),
    ],
)
@pytest.mark.rule("ACC-6")
def test_right_is_known_by_what_it_opens(text: str, right: str) -> None:
    assert find(text) == [("right", right)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("quatre par page", 4),
        ("4/page", 4),
        ("4 op een blad", 4),
        ("four receipts on a page", 4),
        ("vier pro Seite", 4),
        ("un par page", 1),
        ("één per pagina", 1),
        ("one per sheet", 1),
        ("ein Beleg je Seite", 1),
    ],
)
@pytest.mark.rule("REC-1")
def test_receipts_per_page_is_one_or_four(text: str, value: int) -> None:
    assert find(text) == [("receipts_per_page", value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("parle français", "fr"),
        ("in het Nederlands aub", "nl"),
        ("in het Frans graag", "fr"),
        ("english please", "en"),
        ("auf Deutsch bitte", "de"),
        ("NL", "nl"),
        ("en néerlandais svp", "nl"),
    ],
)
@pytest.mark.rule("GEN-1")
def test_language_is_known_by_its_name(text: str, language: str) -> None:
    assert find(text) == [("language", language)]


@pytest.mark.parametrize(
    ("text", "print_type"),
    [
        ("imprimé commercial", "commercial"),
        ("reclamefolder", "commercial"),
        ("kommerzielle Drucksache", "commercial"),
        ("informatief drukwerk", "informative"),
        ("bulletin communal", "informative"),
        ("informative print", "informative"),
    ],
)
def test_print_type_is_known_in_four_languages(text: str, print_type: str) -> None:
    assert find(text) == [("print_type", print_type)]


@pytest.mark.parametrize(
    "text",
    [
        "je commande demain",
        "Frans Claes belt terug",
        "nl is een afkorting",
        "een nieuwe verzekering",
        "parce que c'est plastique",
        "I recommend to register",
        "dat wordt apart aangerekend",
        "plastieken verpakking",
        "",
        "🎉🎉",
    ],
)
def test_words_of_every_day_are_no_values(text: str) -> None:
    assert find(text) == []


def test_longest_phrase_wins_over_values_of_other_entities() -> None:
    assert find("Registered Paper Pack pour recommandés") == [
        ("option", "registered_paper_pack"),
        ("item_type", "registered"),
    ]


def test_lexicon_skips_small_words_between_but_not_after() -> None:
    lexicon = small(one=["sac postal"])
    assert find("sac de de postal", lexicon) == [("thing", "one")]
    assert find("sac de de de postal", lexicon) == []


def test_lexicon_forgives_by_length_and_not_where_told() -> None:
    lexicon = small(long=["recommander"], short=["bac"], strict=["=colis"])
    assert find("recomnder", lexicon) == [("thing", "long")]
    assert find("commande", lexicon) == []
    assert find("bax", lexicon) == []
    assert find("colin", lexicon) == []


def test_phrase_may_count_only_in_its_own_language() -> None:
    assert find("je réclame une réponse", language="fr") == []
    assert find("folders met reclame", language="nl") == [("print_type", "commercial")]


def test_lexicon_reads_around_what_is_taken() -> None:
    found = Findings(fold("recommandé RP 123"))
    found.add("barcode", "RP123", (11, 17))
    assert [match.meaning.value for match in LEXICON.search(found)] == ["registered"]


def test_lexicon_refuses_a_phrase_of_two_values() -> None:
    with pytest.raises(ClashError, match="sac"):
        small(one=["sac[s]"], two=["sac"])


def test_expand_phrase_writes_out_choices_and_what_may_be_left_out() -> None:
    phrases = expand_phrase("=(sac|bac)[s] d'été")
    assert [" ".join(phrase.words) for phrase in phrases] == [
        "sacs d ete",
        "sac d ete",
        "bacs d ete",
        "bac d ete",
    ]
    assert all(phrase.exact and not phrase.alone for phrase in phrases)


@pytest.mark.parametrize("written", ["(a|b", "a)", "{list}", "x" + "(a|b)" * 13])
def test_expand_phrase_refuses_what_it_cannot_read(written: str) -> None:
    with pytest.raises(BadTemplateError):
        expand_phrase(written)


def test_vocabulary_finds_the_nearest_words_only() -> None:
    vocabulary = Vocabulary(["etiquette", "etiquettes", "sac"])
    assert vocabulary.near("etiquetes") == ("etiquettes",)
    assert vocabulary.near("sax") == ()
    assert vocabulary.near("xtiquette") == ("etiquette",)


@given(st.text(alphabet="abc", min_size=5, max_size=9), st.integers(0, 8), st.sampled_from("abcz"))
def test_vocabulary_misses_no_single_error(word: str, place: int, letter: str) -> None:
    wrong = word[: place % len(word)] + letter + word[place % len(word) + 1 :]
    assert wrong == word or Vocabulary([word]).near(wrong) == (word,)
    assert is_misspelling(wrong, word)


@pytest.mark.parametrize("name", FILES)
def test_data_file_has_each_value_in_some_language(name: str) -> None:
    data = read_data(name)
    assert {"entity", "values"} <= set(data) <= {"entity", "values", "context"}
    for languages in data["values"].values():
        assert set(languages) <= {"fr", "nl", "en", "de"}
        assert all(languages.values())


@given(st.text(max_size=300))
def test_lexicon_never_raises(text: str) -> None:
    find(text)


LISTS = Path(__file__).parents[3] / "intents" / "catalogue"
NAMES = ("option", "receipts_per_page", "language")


@pytest.mark.parametrize("language", ["fr", "nl", "en", "de"])
@pytest.mark.parametrize("entity", NAMES)
def test_lexicon_knows_the_values_of_the_catalogue(entity: str, language: str) -> None:
    lists = yaml.safe_load((LISTS / language / "_lists.yaml").read_text(encoding="utf-8"))["lists"]
    said = [str(value) for value in lists[entity]]
    missed = [value for value in said if {name for name, _ in find(value)} != {entity}]
    assert len(missed) <= len(said) * 0.1, missed
