import pytest

from intents.entities.emails import find_emails
from intents.entities.findings import Findings
from intents.entities.folding import fold
from intents.entities.lexicon import read_lexicon
from intents.entities.people import find_people, read_people_words
from intents.understanding import Language

PEOPLE, LEXICON = read_people_words(), read_lexicon()


def find(text: str, language: Language) -> list[str]:
    found = Findings(fold(text))
    find_emails(found)
    find_people(found, PEOPLE, language=language, values=LEXICON.search(found))
    return [mention.value for mention in found.mentions if mention.entity == "person"]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("donner accès aux factures à Sophie Lambert", "fr", "Sophie Lambert"),
        ("ajoute ma collègue Julie De Smet svp", "fr", "Julie De Smet"),
        ("Mme Peeters doit voir les rapports", "fr", "Peeters"),
        ("droits de Sophie", "fr", "Sophie"),
        ("créer B. Thiry", "fr", "B. Thiry"),
        ("pour Jean-François Wauters", "fr", "Jean-François Wauters"),
        ("rechten geven aan Dirk Van den Broeck", "nl", "Dirk Van den Broeck"),
        ("geef Sofie toegang", "nl", "Sofie"),
        ("An Verhaeghe moet ook kunnen inloggen", "nl", "An Verhaeghe"),
        ("account voor Koen D'Hondt", "nl", "Koen D'Hondt"),
        ("add Marc Dupont as user", "en", "Marc Dupont"),
        ("my colleague Sarah needs access", "en", "Sarah"),
        ("Benutzer Karin Schmitz anlegen karin.schmitz@eupen.be", "de", "Karin Schmitz"),
        ("meine Kollegin Sarah hinzufügen", "de", "Sarah"),
        ("die Rechte von Anna Kowalska", "de", "Anna Kowalska"),
        ("ich möchte Frau Mertes Adminrechte geben", "de", "Mertes"),
        ("Sophie Lambert <sophie@exemple.be>", "fr", "Sophie Lambert"),
    ],
)
def test_person_is_found_where_a_name_is_likely(text: str, language: Language, name: str) -> None:
    assert find(text, language) == [name]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bonjour, je cherche ma facture", "fr"),
        ("Collect & Stamp et Distripost", "fr"),
        ("accès pour Distripost", "fr"),
        ("Registered Paper Pack", "fr"),
        ("GEEF TOEGANG AAN ONS BEDRIJF", "nl"),
        ("De factuur van oktober", "nl"),
        ("eine Rechnung für Einschreiben", "de"),
        ("Transaktionen: k.maraite@outlook.be", "de"),
        ("das Recht auf Berichte", "de"),
        ("ma collègue a besoin d'un accès", "fr"),
        ("how do I pay? Thanks", "en"),
        ("", "fr"),
    ],
)
def test_other_words_with_capitals_are_nobody(text: str, language: Language) -> None:
    assert find(text, language) == []
