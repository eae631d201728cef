import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.entities.findings import Findings
from intents.entities.folding import fold
from intents.entities.place_search import find_places
from intents.entities.place_table import PlaceRow, bundled_places, read_postcodes
from intents.entities.places import Places, squeeze
from intents.entities.units import read_units
from intents.understanding import Language

TABLE = Path(__file__).parents[4] / "shared" / "data" / "postcodes.csv"
BUNDLED = Places.bundled()
UNITS = read_units()

needs_table = pytest.mark.skipif(not TABLE.exists(), reason="the folder of shared data is not here")


@pytest.fixture(scope="module")
def full() -> Places:
    return Places.load(read_postcodes(TABLE))


def find(text: str, language: Language = "fr", places: Places = BUNDLED) -> list[dict[str, Any]]:
    found = Findings(fold(text))
    find_places(found, places, language=language, units=UNITS)
    mentions = sorted(found.mentions, key=lambda mention: mention.start)
    assert {mention.entity for mention in mentions} <= {"place"}
    return [mention.value for mention in mentions]


def names(text: str, language: Language = "fr", places: Places = BUNDLED) -> list[str]:
    return [place["name"] for place in find(text, language, places)]


def test_place_stands_for_all_postcodes_of_the_commune() -> None:
    assert find("combien de boîtes à Liège") == [
        {"name": "Liège", "postcodes": ["4000", "4020", "4030", "4031", "4032"]}
    ]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("à Anvers", "fr", "Anvers"),
        ("à Antwerpen", "fr", "Anvers"),
        ("in Anvers", "nl", "Antwerpen"),
        ("in Antwerp", "en", "Antwerp"),
        ("in Luik", "en", "Liège"),
        ("in Lüttich", "fr", "Liège"),
        ("in Liège", "de", "Lüttich"),
        ("in Luettich", "de", "Lüttich"),
        ("celle de Gand", "fr", "Gand"),
        ("in Ghent", "nl", "Gent"),
        ("in Gand", "en", "Ghent"),
        ("in Bergen", "fr", "Mons"),
        ("in Mons", "nl", "Bergen"),
        ("à Courtrai", "nl", "Kortrijk"),
        ("in Kortrijk", "en", "Kortrijk"),
        ("in St. Vith", "de", "Sankt Vith"),
        ("bxl", "nl", "Brussel"),
        ("LLN", "fr", "Louvain-la-Neuve"),
    ],
)
def test_place_is_named_in_the_language_of_the_message(text: str, language: Language, name: str) -> None:
    assert names(text, language) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a liege", "Liège"),
        ("à Leige", "Liège"),
        ("sur bruxeles", "Bruxelles"),
        ("à Charleroy", "Charleroi"),
        ("la louviere", "La Louvière"),
        ("à La Louvierre", "La Louvière"),
        ("braine lalleud", "Braine-l'Alleud"),
        ("Braine-l\u2019Alleud", "Braine-l'Alleud"),
        ("st nicolas", "Saint-Nicolas"),
        ("St-Nicolas", "Saint-Nicolas"),
        ("Sint Niklaas", "Saint-Nicolas"),
        ("molenbeek st jean", "Molenbeek-Saint-Jean"),
        ("Berchem Ste-Agathe", "Berchem-Sainte-Agathe"),
        ("mechlen", "Malines"),
        ("estimation distribution chaleroi", "Charleroi"),
        ("toute boite huy", "Huy"),
    ],
)
def test_place_is_known_misspelt_and_abbreviated(text: str, name: str) -> None:
    assert names(text) == [name]


def test_longest_name_wins() -> None:
    assert names("à Louvain-la-Neuve, pas à Louvain") == ["Louvain-la-Neuve", "Louvain"]


def test_places_may_be_listed() -> None:
    assert names("toutes-boîtes à Namur, Jambes et Huy") == ["Namur", "Jambes", "Huy"]


def test_postcode_with_its_name_is_one_place_of_one_postcode() -> None:
    liege = {"name": "Liège", "postcodes": ["4020"]}
    for text in ("4020 Liège", "Liège 4020", "B-4020 Liège", "Liège (4020)", "4020-Liège"):
        assert find(text) == [liege], text


def test_postcode_with_the_name_of_another_place_stays_apart() -> None:
    assert names("9000 Liège") == ["Liège"]
    assert names("code postal 9000, Liège") == ["Gand", "Liège"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("boîtes à 4000", "fr"),
        ("code postal 4000", "fr"),
        ("dans le 4000 svp", "fr"),
        ("brievenbussen in 4000", "nl"),
        ("postcode 4000", "en"),
        ("Briefkästen in der PLZ 4000", "de"),
        ("4000", "fr"),
    ],
)
def test_postcode_alone_is_a_place_where_the_words_suggest_it(text: str, language: Language) -> None:
    (place,) = find(text, language)
    assert place["postcodes"] == ["4000"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("4000 étiquettes", "fr"),
        ("pour 4000 dépliants", "fr"),
        ("sur 4000 boîtes", "fr"),
        ("in 4000 brievenbussen", "nl"),
        ("en 2018", "fr"),
        ("in 2020", "nl"),
        ("2018", "fr"),
        ("limitée à 1000", "fr"),
        ("entre 1000 et 1020 personnes", "fr"),
        ("4999", "fr"),
        ("04000", "fr"),
        ("14000", "fr"),
        ("4000,50", "fr"),
    ],
)
def test_other_numbers_are_no_postcodes(text: str, language: Language) -> None:
    assert find(text, language) == []


def test_year_beside_its_place_is_a_postcode() -> None:
    assert find("2018 Anvers") == [{"name": "Anvers", "postcodes": ["2018"]}]


def test_postcodes_may_be_listed() -> None:
    assert [place["postcodes"] for place in find("pour 5000, 5100 et 5101")] == [["5000"], ["5100"], ["5101"]]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je veux lier mon compte", "fr"),
        ("lier", "fr"),
        ("une halle", "fr"),
        ("wij komen morgen", "nl"),
        ("de namen van de gebruikers", "nl"),
        ("volgende lessen", "nl"),
        ("een boom in de tuin", "nl"),
        ("alle Rechnungen", "de"),
        ("das Essen", "de"),
        ("on my list", "en"),
        ("celles de mars", "fr"),
        ("la main", "fr"),
        ("à l'eau", "fr"),
        ("om op te halen", "nl"),
        ("province de Liège", "fr"),
        ("provincie Antwerpen", "nl"),
        ("Jan Van den Berg", "nl"),
        ("geef Mark toegang", "nl"),
        ("merci d'avance", "fr"),
        ("in de winter", "nl"),
        ("", "fr"),
    ],
)
def test_words_that_are_also_places_are_not_taken_for_them(text: str, language: Language) -> None:
    assert names(text, language) == []


@needs_table
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("pour celles de mars", "fr"),
        ("à partir de lundi", "fr"),
        ("Kim Thys", "nl"),
        ("in komen", "nl"),
        ("mijn ligne", "nl"),
        ("grüne Beutel", "de"),
        ("à la ligne", "fr"),
        ("factuur van Engie", "nl"),
        ("je prends la main", "fr"),
        ("dans tout le Brabant wallon", "fr"),
        ("in Limburg", "nl"),
        ("ververs de lijst", "nl"),
        ("dans les familles", "fr"),
    ],
)
def test_words_are_not_taken_for_any_place_of_the_full_table(
    text: str, language: Language, full: Places
) -> None:
    assert names(text, language, full) == []


@needs_table
@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("à Celles", "fr", "Celles"),
        ("te Mol", "nl", "Mol"),
        ("in Boom", "nl", "Boom"),
        ("in Halle", "nl", "Halle"),
        ("in lier", "nl", "Lier"),
        ("in As", "nl", "As"),
        ("te Mere", "nl", "Mere"),
        ("à Visé", "fr", "Visé"),
        ("Heist op den Berg", "nl", "Heist-op-den-Berg"),
        ("1348", "fr", "Louvain-la-Neuve"),
        ("4750 Elsenborn", "de", "Elsenborn"),
        ("9310 Meldert", "nl", "Meldert"),
    ],
)
def test_full_table_knows_ordinary_names_where_they_are_meant(
    text: str, language: Language, name: str, full: Places
) -> None:
    assert names(text, language, full) == [name]


@needs_table
def test_commune_goes_before_a_locality_of_the_same_name(full: Places) -> None:
    (aalst,) = find("in Aalst", "nl", full)
    assert aalst["postcodes"] == ["9300", "9308", "9310", "9320"]


@needs_table
def test_postcode_chooses_among_places_of_one_name(full: Places) -> None:
    assert find("9310 Meldert", "nl", full) == [{"name": "Meldert", "postcodes": ["9310"]}]
    (meldert,) = find("in Meldert", "nl", full)
    assert meldert["postcodes"] == ["3320", "3560", "9310"]


@needs_table
def test_bundled_communes_have_the_postcodes_of_the_table() -> None:
    communes: dict[tuple[str, str], set[str]] = {}
    for row in read_postcodes(TABLE):
        communes.setdefault((row.commune_fr, row.commune_nl), set()).add(row.postcode)
    for place in bundled_places():
        if place.is_commune:
            key = (place.names["fr"], place.names["nl"])
            if key in communes:
                assert set(place.postcodes) == communes[key], key


@needs_table
def test_read_postcodes_gives_each_row_its_language() -> None:
    homes = {row.commune_nl: row.home for row in read_postcodes(TABLE)}
    assert (homes["Gent"], homes["Namen"], homes["Eupen"], homes["Elsene"]) == ("nl", "fr", "de", "fr")


def test_load_keeps_bundled_names_and_takes_the_postcodes_of_the_rows() -> None:
    rows = [
        PlaceRow("9000", "Gand", "Gent", "Gand", "Gent", "nl", True),
        PlaceRow("9052", "Zwijnaarde", "Zwijnaarde", "Gand", "Gent", "nl"),
    ]
    places = Places.load(rows)
    assert find("in Ghent", "en", places) == [{"name": "Ghent", "postcodes": ["9000", "9052"]}]
    assert find("in Zwijnaarde", "en", places) == [{"name": "Zwijnaarde", "postcodes": ["9052"]}]
    assert names("in Luik", "en", places) == ["Liège"]


def test_squeeze_writes_every_saint_alike() -> None:
    assert squeeze("Sint-Niklaas") == squeeze("St. Niklaas") == "stniklaas"
    assert squeeze("Berchem-Sainte-Agathe") == squeeze("berchem ste agathe")


@given(st.text(max_size=200), st.sampled_from(["fr", "nl", "en", "de"]))
def test_places_never_raise(text: str, language: Language) -> None:
    find(text, language)


@needs_table
@pytest.mark.parametrize("piece", ["Liège ", "4000 ", "4000, ", "à x ", "in Abcdefgh ", "saint-", "de ", "a"])
def test_places_take_linear_time(piece: str, full: Places) -> None:
    started = time.perf_counter()
    find((piece * 10_000)[:10_000], "fr", full)
    assert time.perf_counter() - started < 1.0


@needs_table
def test_places_are_fast_among_all_of_belgium(full: Places) -> None:
    texts = [f"combien de boîtes aux lettres à Antverpen{letter} et à Namur" for letter in "abcdefghij"]
    best = min(_seconds(text, full) for text in texts for _ in range(3))
    assert best < 0.001


def _seconds(text: str, places: Places) -> float:
    started = time.perf_counter()
    find(text, "fr", places)
    return time.perf_counter() - started
