"""Write an understanding as the evaluation command prints it."""

from __future__ import annotations

from typing import Any

from intents.understanding import Alternative, Understanding

_DIGITS = 4


def line(understanding: Understanding) -> dict[str, Any]:
    """Give the object that `guichet understand` prints for one message."""
    return {
        "text": understanding.text,
        "language": understanding.language,
        "intent": understanding.intent,
        "confidence": round(understanding.confidence, _DIGITS),
        "entities": dict(understanding.entities),
        "decision": understanding.decision,
        "alternatives": [_alternative(alternative) for alternative in understanding.alternatives],
    }


def _alternative(alternative: Alternative) -> dict[str, Any]:
    """Give one other reading; a topic tells which question of knowledge it would be."""
    topic = {} if alternative.topic is None else {"topic": alternative.topic}
    return {"intent": alternative.intent, **topic, "confidence": round(alternative.confidence, _DIGITS)}
