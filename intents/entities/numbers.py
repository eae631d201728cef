"""Find numbers in a message, in digits with any Belgian grouping or in words of four languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from intents.entities.mention import Mention
from intents.entities.times.counting import may_begin, read_number
from intents.entities.times.tokens import NUMBER, SIGN, WORD, Token, tokenise
from intents.understanding import Language

# Dozens and their like: so many, or so many times a number before them.
_COLLECTIVES: Final = {
    "douzaine": 12,
    "douzaines": 12,
    "dizaine": 10,
    "dizaines": 10,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "centaines": 100,
    "millier": 1000,
    "milliers": 1000,
    "dozijn": 12,
    "dozijnen": 12,
    "tiental": 10,
    "twaalftal": 12,
    "vijftiental": 15,
    "twintigtal": 20,
    "dertigtal": 30,
    "veertigtal": 40,
    "vijftigtal": 50,
    "honderdtal": 100,
    "duizendtal": 1000,
    "dozen": 12,
    "dozens": 12,
    "dutzend": 12,
    "dutzende": 12,
}
_HALVES: Final = frozenset({"demi", "half", "halve", "halbes"})

# Words that are a number in one language and something else in others: "onze" is "our" in Dutch.
_ONLY_IN: Final[dict[str, frozenset[Language | None]]] = {
    "onze": frozenset({"fr", "en", "de", None}),
    "ten": frozenset({"en", None}),
    "sept": frozenset({"fr", None}),
    "cent": frozenset({"fr", None}),
    "cents": frozenset({"fr", None}),
    "a": frozenset({"en"}),
    "an": frozenset({"en"}),
}

_GROUPING: Final = frozenset({".", ",", "'", "’"})
_INSIDE_LARGER: Final = frozenset({".", ",", "/", ":", "-"})
# Behind a number and glued to it: "200x, 200st."; other letters make it a code or a measure.
_PIECES: Final = frozenset({"x", "st", "stk", "stuks", "ex", "pcs", "pc"})
_PIECES_BEFORE: Final = frozenset({"x"})
_MOST_DIGITS = 9


def find_numbers(text: str, *, language: Language | None) -> list[Mention]:
    """Find each number of a message, its value an integer.

    "Un, een, ein" count as 1: they may be articles, and it is what they stand before that tells. Decimals, dates
    (3/7) and codes (A4) are no numbers. `language` settles words that only some languages count with.
    """
    tokens = tokenise(text)
    return list(_numbers(tokens, language))


def _numbers(tokens: Sequence[Token], language: Language | None) -> Iterator[Mention]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == NUMBER:
            value, at_end = _in_digits(tokens, at)
        elif token.kind == WORD:
            value, at_end = _in_words(tokens, at, language)
        else:
            value, at_end = None, at + 1
        if value is not None:
            yield Mention("number", value, token.start, tokens[at_end - 1].end)
        at = at_end


def _touches(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token follows the one before it without a space."""
    return 0 < at < len(tokens) and tokens[at].start == tokens[at - 1].end


def _in_digits(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """Read digits with their groups; a date or decimal is passed over whole."""
    end, digits = _groups(tokens, at)
    chained = _chain_end(tokens, end)
    if chained > end or _follows_letters(tokens, at):
        return None, max(chained, end)
    if end < len(tokens) and tokens[end].kind == WORD and _touches(tokens, end):
        return (int(digits) if tokens[end].text in _PIECES and len(digits) <= _MOST_DIGITS else None), end
    return (int(digits) if len(digits) <= _MOST_DIGITS else None), end


def _groups(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """Join the groups of three digits of "5 000", "5.000" or "1.250.000": the place after them, and all digits."""
    digits, end = tokens[at].text, at + 1
    if len(digits) > 3 or digits.startswith("0"):
        return end, digits
    sign = tokens[end].text if end < len(tokens) and tokens[end].kind == SIGN else " "
    if sign not in _GROUPING and sign != " ":
        return end, digits
    place = end
    while (group := _group_at(tokens, place, sign)) is not None:
        digits, place = digits + tokens[group].text, group + 1
    # "1046 123 45": a run that does not end in threes is no grouped number.
    ragged = sign == " " and place < len(tokens) and _group_at(tokens, place, sign, size=0) is not None
    return (end, tokens[at].text) if ragged else (place, digits)


def _group_at(tokens: Sequence[Token], at: int, sign: str, size: int = 3) -> int | None:
    """Find the next group of digits behind a separator, of three digits or (0) any."""
    spaced = sign == " "
    place = at if spaced else at + 1
    if place >= len(tokens) or tokens[place].kind != NUMBER or (size and len(tokens[place].text) != size):
        return None
    if spaced:
        return place if tokens[place].start == tokens[place - 1].end + 1 else None
    return place if tokens[at].text == sign and _touches(tokens, at) and _touches(tokens, place) else None


def _chain_end(tokens: Sequence[Token], at: int) -> int:
    """Step over "/7/2026" and ",50" behind a number: they make it a date or a decimal."""
    while (
        at + 1 < len(tokens)
        and tokens[at].text in _INSIDE_LARGER
        and tokens[at + 1].kind == NUMBER
        and _touches(tokens, at)
        and _touches(tokens, at + 1)
    ):
        at += 2
    return at


def _follows_letters(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the number is glued to letters before it: "A4", but not "x200"."""
    return _touches(tokens, at) and tokens[at - 1].kind == WORD and tokens[at - 1].text not in _PIECES_BEFORE


def _words_from(tokens: Sequence[Token], at: int) -> tuple[list[str], list[int]]:
    """List the words that only spaces or hyphens part, with their places."""
    words, places = list[str](), list[int]()
    while at < len(tokens) and len(words) < 12:
        token = tokens[at]
        if token.kind == WORD:
            words.append(token.text)
            places.append(at)
        elif token.text not in {"-", "‐", "‑"} or not _touches(tokens, at):
            break
        at += 1
    return words, places


def _in_words(tokens: Sequence[Token], at: int, language: Language | None) -> tuple[int | None, int]:
    word = tokens[at].text
    if word in _COLLECTIVES:
        return _COLLECTIVES[word], at + 1
    if word in _HALVES:
        words, places = _words_from(tokens, at)
        named = 2 if len(words) > 2 and words[1] in {"a", "un", "une", "een"} else 1
        many = _COLLECTIVES.get(words[named]) if len(words) > named else None
        return (None, at + 1) if many is None else (many // 2, places[named] + 1)
    if not may_begin(word):
        return None, at + 1
    words, places = _words_from(tokens, at)
    found = read_number(words, 0, language)
    if found is None or _only_elsewhere(words[0], found.words, language):
        return None, at + 1
    behind = words[found.words] if found.words < len(words) else ""
    if behind in _HALVES and found.words + 1 < len(words) and words[found.words + 1] in _COLLECTIVES:
        return found.value * _COLLECTIVES[words[found.words + 1]] // 2, places[found.words + 1] + 1
    if behind in _COLLECTIVES:
        return found.value * _COLLECTIVES[behind], places[found.words] + 1
    return found.value, places[found.words - 1] + 1


def _only_elsewhere(word: str, count: int, language: Language | None) -> bool:
    return count == 1 and word in _ONLY_IN and language not in _ONLY_IN[word]
