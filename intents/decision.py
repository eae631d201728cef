"""Decide whether to act, to ask, or to say that nothing was understood.

Each way of being wrong has its cost; what costs least is done. The thresholds follow from the costs and from
probabilities that were measured on messages not learnt from.
"""

from __future__ import annotations

from collections.abc import Sequence

from intents.declaration import UNKNOWN
from intents.understanding import Decision

WRONG_ACTION = 10.0
QUESTION = 3.3
# A question whose choices do not hold the right one costs a turn more than a straight "I did not understand".
USELESS_QUESTION = 2.0
REJECTED_IN_SCOPE = 6.0
CHOICES = 3
# A word that the catalogue has never seen stands in a tenth of what is acted on rightly, and in four tenths of what is
# acted on though it is none of our business: half the odds ask back at most one right action of a hundred more.
_STRANGE_ODDS = 0.5


def doubted(confidence: float) -> float:
    """Give the confidence in a message with a word that nobody has used before."""
    odds = _STRANGE_ODDS * confidence
    return odds / (odds + 1 - confidence)


def decide(labels: Sequence[str], probabilities: Sequence[float], confidence: float) -> Decision:
    """Choose what costs least.

    `labels` come likeliest first with their `probabilities`; `confidence` is how sure it is that the first is right.
    """
    if labels[0] == UNKNOWN:
        hidden = sum(probabilities[1 : CHOICES + 1])
        return "clarify" if _asking(hidden) < REJECTED_IN_SCOPE * (1 - confidence) else "reject"
    outside = next((p for label, p in zip(labels, probabilities, strict=True) if label == UNKNOWN), 0.0)
    # What the likeliest label gains or loses in confidence, the others share.
    rest = sum(probabilities[1:CHOICES]) / max(1e-6, 1 - probabilities[0])
    offered = confidence + (1 - confidence) * rest
    costs: dict[Decision, float] = {
        "act": WRONG_ACTION * (1 - confidence),
        "clarify": _asking(offered),
        "reject": REJECTED_IN_SCOPE * (1 - min(1.0, outside + (1 - confidence) * outside)),
    }
    return min(costs, key=lambda decision: costs[decision])


def _asking(offered: float) -> float:
    """Give the cost of a question that offers the right choice with this probability."""
    return QUESTION + USELESS_QUESTION * (1 - offered)
