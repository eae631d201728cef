"""Read templates of sentences and sample them.

`(a|b)` is a choice, `[x]` may be left out, `{name}` is a value from a list, `<name>` an expression from the rules.
Sampling is seeded by the template itself: adding one template never changes what another gives.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

_SIGN = re.compile(r"[()|\[\]]|\{[^{}\[\]()|<>]*\}|<[^<>\[\](){}|]*>|[^()|\[\]{}<>]+|[{}<>]")
_CLOSING = {"(": ")", "[": "]"}
_SPACES = re.compile(r"\s+")
_DEEPEST = 12


class BadTemplateError(ValueError):
    """Say what is wrong with a template."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Stand for a value of a list or for an expression of the rules."""

    kind: Literal["list", "rule"]
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Stand for one of several sequences; an optional part is a choice of it and nothing."""

    options: tuple[Sequence[Part], ...]


Part = str | Reference | Choice


@dataclass(frozen=True)
class Vocabulary:
    """Hold what templates of one language refer to: values by list, parsed expressions by rule."""

    lists: Mapping[str, Sequence[str]]
    rules: Mapping[str, Sequence[Part]]

    def missing(self, parts: Sequence[Part]) -> Iterator[str]:
        """Name the references that lead nowhere."""
        for reference in references(parts):
            if reference.name not in (self.lists if reference.kind == "list" else self.rules):
                yield f"{{{reference.name}}}" if reference.kind == "list" else f"<{reference.name}>"


def parse(template: str) -> tuple[Part, ...]:
    """Read a template.

    Raises `BadTemplateError`, which says which sign is wrong.
    """
    signs = _SIGN.findall(template)
    options, rest = _options(signs, 0, opened="")
    if rest < len(signs):
        raise BadTemplateError(f"a {signs[rest]!r} closes nothing")
    return options[0] if len(options) == 1 else (Choice(options),)


def _options(signs: Sequence[str], at: int, *, opened: str) -> tuple[tuple[tuple[Part, ...], ...], int]:
    """Read the alternatives from a sign on, to the sign that closes them or to the end."""
    options: list[tuple[Part, ...]] = []
    parts: list[Part] = []
    while at < len(signs):
        sign = signs[at]
        if sign in ")]":
            if sign == _CLOSING.get(opened):
                return (*options, tuple(parts)), at + 1
            break
        at += 1
        if sign == "|":
            options.append(tuple(parts))
            parts = []
        elif sign in "([":
            inner, at = _options(signs, at, opened=sign)
            parts.append(Choice((*inner, ()) if sign == "[" else inner))
        else:
            parts.append(_leaf(sign))
    if opened:
        raise BadTemplateError(f"a {opened!r} is never closed")
    return (*options, tuple(parts)), at


def _leaf(sign: str) -> str | Reference:
    """Read a sign that holds no others."""
    if len(sign) == 1 and sign in "{}<>":
        raise BadTemplateError(f"a {sign!r} stands alone")
    if sign[0] in "{<":
        name = sign[1:-1].strip()
        if not name:
            raise BadTemplateError(f"{sign!r} names nothing")
        return Reference("list" if sign[0] == "{" else "rule", name)
    return sign


def references(parts: Sequence[Part]) -> Iterator[Reference]:
    """Go through the lists and rules that a template names."""
    for part in parts:
        if isinstance(part, Reference):
            yield part
        elif isinstance(part, Choice):
            for option in part.options:
                yield from references(option)


def sample(template: str, vocabulary: Vocabulary, *, count: int) -> list[str]:
    """Give at most `count` different sentences of a template, the same ones each time."""
    parts = parse(template)
    random = Random(zlib.crc32(template.encode()))  # noqa: S311 -- training data, not a secret
    found: dict[str, None] = {}
    # A template with few readings is exhausted soon: some more tries than sentences are enough.
    for _ in range(count * 3):
        if len(found) == count:
            break
        sentence = _SPACES.sub(" ", _say(parts, vocabulary, random, depth=0)).strip()
        if sentence:
            found[sentence] = None
    return list(found)


def _say(parts: Sequence[Part], vocabulary: Vocabulary, random: Random, *, depth: int) -> str:
    """Say one sentence of a template."""
    if depth > _DEEPEST:
        raise BadTemplateError("a rule leads back to itself")
    said: list[str] = []
    for part in parts:
        if isinstance(part, str):
            said.append(part)
        elif isinstance(part, Choice):
            said.append(_say(random.choice(part.options), vocabulary, random, depth=depth + 1))
        elif part.kind == "list":
            said.append(random.choice(vocabulary.lists[part.name]))
        else:
            said.append(_say(vocabulary.rules[part.name], vocabulary, random, depth=depth + 1))
    return "".join(said)
