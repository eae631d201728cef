"""The evaluation command's line has the shape of the contract."""

from __future__ import annotations

import json
from datetime import date

from intents.evaluation import line
from intents.understander import Understander
from intents.understanding import Alternative, Understanding


def test_line_has_the_shape_of_the_contract(understander: Understander) -> None:
    found = line(understander.understand("récépissés de la semaine", today=date(2026, 11, 22)))
    assert list(found) == ["text", "language", "intent", "confidence", "entities", "decision", "alternatives"]
    assert (found["language"], found["intent"], found["decision"]) == ("fr", "receipt.generate", "act")
    assert found["entities"] == {"period": {"start": "2026-11-16", "end": "2026-11-22"}}
    assert len(found["alternatives"]) == 3
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def test_line_tells_the_topic_of_another_question() -> None:
    other = Alternative("faq", 0.123456, "cs.what")
    found = line(Understanding("x", None, "unknown", 0.9, "reject", alternatives=(other,)))
    assert found["alternatives"] == [{"intent": "faq", "topic": "cs.what", "confidence": 0.1235}]
    assert found["language"] is None
