"""Understand messages: the one entry through which the rest of the house reaches `intents`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from intents.constraints import Evidence, constrain
from intents.decision import CHOICES, decide, doubted
from intents.declaration import FAQ, UNKNOWN, Declaration, intent_of, read_declaration, topic_label, topic_of
from intents.entities.mention import Mention
from intents.entities.places import Places
from intents.entities.recognise import as_entities, recognise
from intents.follow_up import Remainder, continued, favoured, inherited, merge
from intents.language import choose_language
from intents.model.recogniser import Recogniser, Result
from intents.phrasebook import CATALOGUE
from intents.preparation import open_weights
from intents.text import READ_AT_MOST, SHAPES, has_words, tokens
from intents.understanding import LANGUAGES, Alternative, Context, Decision, Language, Understanding

# How sure a follow-up is: nothing in the message says anything else.
_CONTINUED = 0.93
_NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class _Message:
    """Hold a message with all that was found in it before its meaning is chosen."""

    text: str
    today: date
    spoken: Language | None
    language: Language
    result: Result
    context: Context


class Understander:
    """Turn messages into `Understanding`; holds what was learnt and no state of any conversation."""

    def __init__(self, recogniser: Recogniser, declaration: Declaration, places: Places) -> None:
        self.declaration = declaration
        self._recogniser = recogniser
        self._places = places

    @classmethod
    def open(
        cls,
        cache_dir: Path,
        places: Places | None = None,
        *,
        progress: Callable[[str], None] | None = None,
    ) -> Understander:
        """Load what `prepare` learnt (it is learnt now where it is missing or stale).

        `places` are the communes to recognise; without them only the main ones of the package are known.
        """
        declaration = read_declaration((CATALOGUE / "intents.yaml").read_text(encoding="utf-8"))
        recogniser = Recogniser(open_weights(cache_dir, progress))
        return cls(recogniser, declaration, places or Places.bundled())

    def understand(
        self,
        text: str,
        *,
        today: date,
        language: Language | None = None,
        context: Context | None = None,
    ) -> Understanding:
        """Say what a message means on a day, in a conversation.

        `language` fixes the language instead of detecting it. Any text is safe; a long one is read in part.
        """
        message = self._read(text, today, language, context or _NO_CONTEXT)
        likely = dict(zip(self._recogniser.labels, message.result.probabilities.tolist(), strict=True))
        first = max(likely, key=lambda label: likely[label])
        mentions = self._mentions(message, first)
        if _says_nothing(message, mentions):
            return _nothing(message)
        rest = _remainder(message, mentions, self._recogniser)
        going_on = continued(rest, message.context, self.declaration)
        if going_on is not None:
            label, before = going_on
            mentions = self._mentions_for(label, message, first, mentions)
            entities = merge(before, _entities(mentions, label))
            return _understanding(message, label, _CONTINUED, "act", entities, mentions, follow_up=True)
        evidence = Evidence(
            message.result.concepts,
            mentions,
            text,
            _label_before(message.context),
            frozenset(message.context.entities) if rest.leans else frozenset(),
        )
        likely = favoured(constrain(likely, evidence, self.declaration), rest, message.context)
        return self._choose(message, first, mentions, likely, rest)

    def _read(self, text: str, today: date, language: Language | None, context: Context) -> _Message:
        """Find the language of a message and score it."""
        seen = self._recogniser.see(text)
        spoken = language or choose_language(
            seen.words,
            self._recogniser.languages(seen),
            context.language,
            familiar=self._recogniser.is_familiar(seen.words),
        )
        assumed = spoken or context.language or LANGUAGES[0]
        return _Message(text, today, spoken, assumed, self._recogniser.score(seen, assumed), context)

    def _mentions(self, message: _Message, label: str) -> Sequence[Mention]:
        """Find the entities of a message; dates look ahead where the intent does."""
        return recognise(
            message.text,
            language=message.language,
            today=message.today,
            ahead=self.declaration.ahead(intent_of(label)),
            places=self._places,
        )

    def _mentions_for(
        self, label: str, message: _Message, first: str, mentions: Sequence[Mention]
    ) -> Sequence[Mention]:
        """Read the entities again where the label chosen looks ahead and the first one did not, or the reverse."""
        if self.declaration.ahead(intent_of(label)) == self.declaration.ahead(intent_of(first)):
            return mentions
        return self._mentions(message, label)

    def _choose(
        self,
        message: _Message,
        first: str,
        mentions: Sequence[Mention],
        likely: Mapping[str, float],
        rest: Remainder,
    ) -> Understanding:
        """Take the likeliest label and decide what to do about it."""
        ranked = sorted(likely, key=lambda label: -likely[label])[: CHOICES + 1]
        label, probabilities = ranked[0], [likely[label] for label in ranked]
        confidence = self._recogniser.trust(np.array(list(likely.values()), dtype=np.float32))
        if self._recogniser.is_strange(tokens(_without(message.text, mentions)), message.language):
            confidence = doubted(confidence)
        mentions = self._mentions_for(label, message, first, mentions)
        before = inherited(intent_of(label), rest, message.context, self.declaration)
        return _understanding(
            message,
            label,
            confidence,
            decide(ranked, probabilities, confidence),
            merge(before, _entities(mentions, label)),
            mentions,
            others=tuple(zip(ranked[1:], probabilities[1:], strict=True)),
            follow_up=bool(before),
        )


def _label_before(context: Context) -> str | None:
    """Name the label of the conversation so far."""
    topic = context.entities.get("topic")
    return topic_label(topic) if context.intent == FAQ and isinstance(topic, str) else context.intent


def _remainder(message: _Message, mentions: Sequence[Mention], recogniser: Recogniser) -> Remainder:
    """Take the mentions out of a message and read what is left, where there is a talk to go on with."""
    length = len(message.result.words)
    if message.context.intent is None:
        return Remainder((), (), (), length + READ_AT_MOST)
    words = tokens(_without(message.text, mentions))
    by_word = [recogniser.concepts([word], message.language) for word in words]
    return Remainder(
        recogniser.concepts(words, message.language),
        by_word,
        {mention.entity for mention in mentions},
        length,
    )


def _without(text: str, mentions: Sequence[Mention]) -> str:
    """Take the mentions out of the part of a message that is read."""
    text = text[:READ_AT_MOST]
    for mention in sorted(mentions, key=lambda mention: -mention.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def _entities(mentions: Sequence[Mention], label: str) -> dict[str, Any]:
    """Give the normal forms by the contract; a topic is one too."""
    entities = dict(as_entities(mentions, intent=intent_of(label)))
    topic = topic_of(label)
    return {"topic": topic, **entities} if topic else entities


def _says_nothing(message: _Message, mentions: Sequence[Mention]) -> bool:
    """Tell whether a message holds no word, and no number that means something by itself or in the talk."""
    # A lone letter is a slip of the finger; a shape is an identifier, which stands as one.
    words = [word for word in message.result.words if len(word) > 1 or word in SHAPES]
    if has_words(words):
        return False
    known = message.context.intent is not None
    return not any(known or mention.entity != "number" for mention in mentions)


def _nothing(message: _Message) -> Understanding:
    """Say that a message without a word in it (emoji, "??", "=1+1") means nothing known."""
    return _understanding(message, UNKNOWN, 1.0, "reject", {}, ())


def _understanding(
    message: _Message,
    label: str,
    confidence: float,
    decision: Decision,
    entities: Mapping[str, Any],
    mentions: Sequence[Mention],
    *,
    others: Sequence[tuple[str, float]] = (),
    follow_up: bool = False,
) -> Understanding:
    """Put an understanding together."""
    return Understanding(
        text=message.text,
        language=message.spoken,
        intent=intent_of(label),
        confidence=confidence,
        decision=decision,
        entities=entities,
        alternatives=tuple(
            Alternative(intent_of(other), probability, topic_of(other)) for other, probability in others
        ),
        follow_up=follow_up,
        faults=tuple(mention for mention in mentions if mention.fault),
    )
