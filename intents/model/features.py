"""Turn messages into sparse features: pieces of words, words, and concepts.

A feature is a 64-bit key. Pieces of up to five letters are their own bytes, so that no two share a key; words and
concepts are hashed. Keys of a whole batch are made at once, which is what makes training quick.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from intents.concepts import Concepts
from intents.text import SHAPES, tokens
from intents.understanding import Language

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]

LETTERS, WORDS, CONCEPTS = "letters", "words", "concepts"
BLOCKS = (LETTERS, WORDS, CONCEPTS)
PIECE_FROM, PIECE_TO = 2, 5
# A word begins so far alike in most of its forms: a stem that needs no language.
_STEM = 6
_WORD, _PAIR, _START, _CONCEPT, _TWO, _NEXT = (number << 40 for number in range(1, 7))
_SPACE = ord(" ")
# A list of twenty things has four hundred pairs, none of which says anything.
_MOST_CONCEPTS = 12
# These help to follow a conversation and say nothing of what is wanted.
_NO_SIGN = "lean."
_SMALL = ("f.", "chat.please")
_ASKING = "ask."


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold the words of a message and the concepts found in them."""

    words: Sequence[str]
    concepts: Sequence[str]


def read(text: str, concepts: Concepts, language: Language) -> Reading:
    """Read a message in its language."""
    words = tokens(text)
    return Reading(words, concepts.read(words, language))


def own_key(word: str) -> int:
    """Give the key of a whole word."""
    return _WORD | zlib.crc32(word.encode())


def word_keys(words: Sequence[str]) -> Iterator[int]:
    """Give the keys of words, of their beginnings, and of pairs of neighbours."""
    hashes = [zlib.crc32(word.encode()) for word in words]
    for word, hashed in zip(words, hashes, strict=True):
        yield _WORD | hashed
        if len(word) > _STEM:
            yield _START | zlib.crc32(word[:_STEM].encode())
    for first, second in pairwise(hashes):
        yield _PAIR | (first * 31 + second) & 0xFFFFFFFF


def concept_keys(reading: Reading) -> Iterator[int]:
    """Give the keys of concepts, of neighbours in their order, and of any two of them.

    The identifiers present count as concepts: "is it asked about an invoice whose number is given?" Small words
    ("my", "already") count alone and beside their neighbours.
    """
    shapes = (f"is.{SHAPES[word]}" for word in reading.words if word in SHAPES)
    meant = (concept for concept in reading.concepts if not concept.startswith(_NO_SIGN))
    said = [*dict.fromkeys((*shapes, *meant))]
    weighty = [concept for concept in said if not concept.startswith(_SMALL)][:_MOST_CONCEPTS]
    if any(concept.startswith(_ASKING) for concept in weighty):
        # That something is asked at all tells as much as which question it is.
        weighty.append(_ASKING)
    hashes = {concept: zlib.crc32(concept.encode()) for concept in (*said, _ASKING)}
    yield from (_CONCEPT | hashes[concept] for concept in said)
    for first, second in pairwise(said):
        yield _NEXT | (hashes[first] * 31 + hashes[second]) & 0xFFFFFFFF
    for first, second in combinations(sorted(weighty), 2):
        yield _TWO | (hashes[first] * 31 + hashes[second]) & 0xFFFFFFFF


def letter_keys(lines: Sequence[Sequence[str]]) -> tuple[Keys, Rows]:
    """Give the keys of the pieces of words of many messages, each with the row of its message."""
    padded = [f" {' '.join(words)} ".encode("ascii", "replace") for words in lines]
    signs = np.frombuffer(b"".join(padded), dtype=np.uint8).astype(np.uint64)
    rows = np.repeat(np.arange(len(padded)), [len(line) for line in padded])
    inside = np.cumsum(signs == _SPACE)
    keys: list[Keys] = [np.empty(0, np.uint64)]
    owners: list[Rows] = [np.empty(0, np.int64)]
    piece = signs
    for length in range(2, PIECE_TO + 1):
        piece = (piece[:-1] << np.uint64(8)) | signs[length - 1 :]
        count = len(piece)
        if count <= 0:
            break
        # A piece lies within one word with a space on either side: no space but at its ends.
        whole = inside[length - 2 : length - 2 + count] - inside[:count] == 0
        if length == PIECE_FROM:
            whole = (signs[:-1] != _SPACE) | (signs[1:] != _SPACE)
        keys.append(piece[whole])
        owners.append(rows[:count][whole])
    return np.concatenate(keys), np.concatenate(owners)


def block_keys(readings: Sequence[Reading], blocks: Sequence[str] = BLOCKS) -> dict[str, tuple[Keys, Rows]]:
    """Give for each block the keys of many messages with the rows they stand in."""
    found: dict[str, tuple[Keys, Rows]] = {}
    for block in blocks:
        if block == LETTERS:
            found[block] = letter_keys([reading.words for reading in readings])
        elif block == WORDS:
            found[block] = _keys_and_rows([list(word_keys(reading.words)) for reading in readings])
        else:
            found[block] = _keys_and_rows([list(concept_keys(reading)) for reading in readings])
    return found


def _keys_and_rows(lines: Sequence[Sequence[int]]) -> tuple[Keys, Rows]:
    keys = np.array([key for line in lines for key in line], dtype=np.uint64)
    return keys, np.repeat(np.arange(len(lines)), [len(line) for line in lines])
