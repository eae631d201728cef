"""Strange things in our own frames are none of our business."""

from __future__ import annotations

from intents.concepts import Concepts
from intents.model.outside import frames, strange_messages
from intents.phrasebook import Phrase

CONCEPTS = Concepts(
    {"fr": {"the.invoice": ["factur-"], "the.receipt": ["recepiss-"], "do.find": ["cherch-"]}}
)


def phrase(text: str, label: str = "invoice.search") -> Phrase:
    return Phrase(text, label, "fr", "fr/x.yaml", 1, template=False)


def test_frames_name_one_thing_of_ours() -> None:
    examples = [
        phrase("je cherche ma Facture !"),
        phrase("facture et récépissé"),
        phrase("bonjour", "chat.greet"),
        phrase("facture d'eau", "unknown"),
    ]
    assert frames(examples, CONCEPTS) == {"fr": [("je cherche ma Facture !", 14, 21)]}


def test_strange_messages_put_another_thing_in_its_place() -> None:
    found = strange_messages([phrase("je cherche ma facture !")], CONCEPTS, {"fr": ["vélo", "plombier"]})
    assert list(found) == [
        ("je cherche ma vélo !", "fr", "vélo"),
        ("je cherche ma plombier !", "fr", "plombier"),
    ]
