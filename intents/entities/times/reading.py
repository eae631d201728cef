"""Turn a text into items, each with the senses its word may have in a phrase of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from intents.entities.mention import Mention
from intents.entities.times.counting import ARTICLES, may_begin, read_number
from intents.entities.times.days import Unit
from intents.entities.times.figures import Chain, Piece, chain_at, pieces
from intents.entities.times.kinds import Kind
from intents.entities.times.lexicon import NOTHING, Lexicon, Senses, lexicon, meaning
from intents.entities.times.said import Said
from intents.entities.times.tokens import NUMBER, SIGN, WORD, Token, tokenise
from intents.entities.times.yearly import half_said, quarter_said, week_said

# Quotes, chat markup and the sign of "n°" stand between words without parting them.
_DROPPED: Final = frozenset("'’‘`´\"«»“”„°º*_~ʼ")
_APOSTROPHES: Final = frozenset("'’‘`´ʼ")
_JOINERS: Final = frozenset("-–‐‑'’‘`´ʼ./")
_STOP: Final[Senses] = {"stop": 1}

# Behind a number, glued to it: "1er", "3e", "2de", "3rd". French ones but "er" are never days: "le 3e".
_SUFFIXES: Final = {
    "er": 1,
    "ste": 1,
    "de": 1,
    "st": 1,
    "nd": 1,
    "rd": 1,
    "th": 1,
    "ten": 1,
    "te": 1,
    "e": 2,
    "eme": 3,
    "ieme": 3,
    "re": 3,
    "ere": 3,
    "nde": 3,
    "o": 1,
}
# Before a number, glued to it: "T1, Q3" a quarter, "H1" a half, "S46, W46" a week, "S1" a half.
_QUARTER_LETTERS: Final = frozenset({"t", "q", "k", "tr", "trim"})
_ANNOUNCE: Final[frozenset[Kind]] = frozenset(
    {"on_the", "from", "to", "since", "until", "before", "after", "by", "onward", "between", "weekday", "for"}
)
_COUNTABLE: Final[frozenset[Kind]] = frozenset({"month", "unit", "times"})
_BEHIND_ORDINAL: Final[frozenset[Kind]] = frozenset(
    {"month", "unit", "to", "and", "halves", "dir", "of", "every"}
)
_MOST_WORDS_OF_NUMBER = 8
_LONGEST_ABBREVIATION = 5
_LONGEST_CODE = 4
_NO_DATE_BEFORE: Final = frozenset(
    {"par", "per", "pro", "page", "pages", "feuille", "blad", "bladen", "seite", "heure", "uur"}
)


class Item(NamedTuple):
    """Hold a word, number, date or sign with its senses; `start` and `end` are characters of the text."""

    word: str
    senses: Senses
    start: int
    end: int
    said: Said | None = None


class _Reading:
    """Read tokens from left to right into items."""

    def __init__(self, text: str, taken: Iterable[Mention]) -> None:
        self.tokens = tokenise(text)
        self.taken = sorted((mention.start, mention.end) for mention in taken)
        self.passed = 0
        self.items: list[Item] = []
        self.words: Lexicon = lexicon()

    def read(self) -> list[Item]:
        """Read them all."""
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if self._is_taken(token):
                self.items.append(Item("", NOTHING, token.start, token.end))
                at += 1
            elif token.kind == WORD:
                at = self._word(at)
            elif token.kind == NUMBER:
                at = self._number(at)
            else:
                at = self._sign(at)
        return self.items

    def _is_taken(self, token: Token) -> bool:
        while self.passed < len(self.taken) and self.taken[self.passed][1] <= token.start:
            start, end = self.taken[self.passed]
            if self.items and self.items[-1].end <= start:
                # It held no token of its own, yet parts the words around it.
                self.items.append(Item("", NOTHING, start, end))
            self.passed += 1
        return self._reaches_taken(token)

    def _add(self, word: str, senses: Senses, first: int, last: int, said: Said | None = None) -> None:
        self.items.append(Item(word, senses, self.tokens[first].start, self.tokens[last].end, said))

    def _glued(self, at: int) -> bool:
        """Tell whether a token follows the one before it without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    def _is_glued_dot(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].text == "." and self._glued(at)

    def _sign(self, at: int) -> int:
        sign = self.tokens[at].text
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if sign in _APOSTROPHES and behind is not None and self._glued(at + 1) and len(behind.text) == 2:
            if behind.number >= 0:
                self._add(behind.text, {"short_year": 2000 + behind.number}, at, at + 1)
                return at + 2
        elif sign in _DROPPED or self._is_suffix_dash(at) or self._is_abbreviation_dot(at):
            return at + 1
        if sign not in _DROPPED:
            self._add(sign, self.words.senses.get(sign, _STOP), at, at)
        return at + 1

    def _is_suffix_dash(self, at: int) -> bool:
        """Tell whether a hyphen only ties "ci" or "là" to its word: "ce mois-ci"."""
        return self._glued(at) and self._glued(at + 1) and self.tokens[at + 1].text in {"ci", "la"}

    def _is_abbreviation_dot(self, at: int) -> bool:
        """Tell whether a dot only shortens a month or unit before a number: "janv. 2026", "sem. 46"."""
        if not self._is_glued_dot(at) or not self.items or at + 1 == len(self.tokens):
            return False
        last = self.items[-1]
        short = len(last.word) <= _LONGEST_ABBREVIATION and ("month" in last.senses or "unit" in last.senses)
        return short and self.tokens[at + 1].kind == NUMBER

    def _word(self, at: int) -> int:
        token = self.tokens[at]
        text = token.text
        if len(text) <= _LONGEST_CODE and at + 1 < len(self.tokens) and self.tokens[at + 1].kind == NUMBER:
            code = self._code(at)
            if code is not None:
                self._add(text, NOTHING, at, at + 1, code)
                return at + 2
        most = self.words.longest.get(text)
        if most is not None:
            end = self._expression(at, most)
            if end is not None:
                return end
        senses = self.words.senses.get(text)
        if senses is None:
            senses = meaning(text)
        if may_begin(text):
            return self._number_word(at, senses)
        self.items.append(Item(text, senses, token.start, token.end))
        return at + 1

    def _expression(self, at: int, most: int) -> int | None:
        """Read the longest expression of several words that begins here, if one does."""
        words = self._words_from(at, most)
        for count in range(len(words), 1, -1):
            expression = " ".join(text for text, _ in words[:count])
            senses = self.words.senses.get(expression)
            if senses is not None:
                last = words[count - 1][1]
                self._add(expression, senses, at, last)
                # The last dot of "t.e.m." belongs to it.
                return (
                    last + 2 if len(words[count - 1][0]) == 1 and self._is_glued_dot(last + 1) else last + 1
                )
        return None

    def _words_from(self, at: int, most: int) -> list[tuple[str, int]]:
        """List up to so many words that nothing but spaces, hyphens, dots or apostrophes part."""
        words = [(self.tokens[at].text, at)]
        place = at + 1
        while len(words) < most and place < len(self.tokens):
            token = self.tokens[place]
            if token.kind == SIGN and token.text in _JOINERS and self._glued(place):
                place += 1
                continue
            if token.kind != WORD or self._taken_before(token.end):
                break
            words.append((token.text, place))
            place += 1
        return words

    def _taken_before(self, end: int) -> bool:
        """Tell whether a taken stretch begins between here and a later place."""
        return self.passed < len(self.taken) and self.taken[self.passed][0] < end

    def _reaches_taken(self, token: Token) -> bool:
        """Tell whether a token touches the first taken stretch not passed yet."""
        if self.passed == len(self.taken):
            return False
        start, end = self.taken[self.passed]
        return start < token.end and token.start < end

    def _code(self, at: int) -> Said | None:
        """Read "T1", "Q3", "H2", "S46", "W46": a letter and a number glued together."""
        letters = self.tokens[at].text
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if behind is None or not self._glued(at + 1):
            return None
        number = behind.number
        if len(behind.text) > 2 or (at + 2 < len(self.tokens) and self._word_glued(at + 2)):
            return None
        if letters in _QUARTER_LETTERS and 1 <= number <= 4:
            return quarter_said(number)
        if letters in {"h", "s"} and 1 <= number <= 2:
            return half_said(number)
        if letters in {"s", "w", "kw"} and 1 <= number <= 53:
            return week_said(number)
        return None

    def _word_glued(self, at: int) -> bool:
        return self.tokens[at].kind == WORD and self._glued(at)

    def _number_word(self, at: int, senses: Senses) -> int:
        words = self._words_from(at, _MOST_WORDS_OF_NUMBER)
        found = read_number([text for text, _ in words], 0)
        if found is None:
            self._add(self.tokens[at].text, senses, at, at)
            return at + 1
        last = words[found.words - 1][1]
        counted: dict[Kind, int] = {"num": found.value}
        if found.words == 1:
            counted = {**senses, **counted}
            if self.tokens[at].text in ARTICLES:
                counted["article"] = 1
        self._add(" ".join(text for text, _ in words[: found.words]), counted, at, last)
        return last + 1

    def _number(self, at: int) -> int:
        chain = chain_at(self.tokens, at)
        glued_word = self._glued(at) and self.tokens[at - 1].kind == WORD
        if len(chain.fields) > 1 and not glued_word:
            return self._chain(at)
        token = self.tokens[at]
        if len(chain.fields) > 1 or (glued_word and not self._after_time_word()) or self._is_decimal(at):
            last = chain.end - 1 if len(chain.fields) > 1 else at
            self._add("", NOTHING, at, last)
            return last + 1
        return self._plain_number(at, token)

    def _after_time_word(self) -> bool:
        """Tell whether the number is glued to a word of time: "mars2026", "week46"; not "A4", "CS12"."""
        senses = self.items[-1].senses if self.items else NOTHING
        return "month" in senses or "unit" in senses or "weekday" in senses

    def _is_decimal(self, at: int) -> bool:
        """Tell whether it is part of a price or a time of day: "12,50", "14:30"."""
        tokens = self.tokens
        after = at + 2 < len(tokens) and tokens[at + 1].text in {",", ":"} and tokens[at + 2].kind == NUMBER
        before = at >= 2 and tokens[at - 1].text in {",", ":"} and tokens[at - 2].kind == NUMBER
        return (after and self._glued(at + 1) and self._glued(at + 2)) or (
            before and self._glued(at) and self._glued(at - 1)
        )

    def _plain_number(self, at: int, token: Token) -> int:
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        senses: dict[Kind, int] = {"num": token.number} if token.number >= 0 else {}
        if len(token.text) == 4 and 1900 <= token.number <= 2199:
            senses["year"] = token.number
        if behind is None:
            self._add(token.text, senses, at, at)
            return at + 1
        if behind.kind == WORD:
            return self._number_before_word(at, token, behind, senses)
        if self._is_glued_dot(at + 1) and self._is_german_ordinal(at + 2):
            self._add(token.text, {**senses, "nth": token.number, "ordinal_sign": 1}, at, at + 1)
            return at + 2
        self._add(token.text, senses, at, at)
        return at + 1

    def _number_before_word(self, at: int, token: Token, behind: Token, senses: dict[Kind, int]) -> int:
        glued = self._glued(at + 1)
        style = _SUFFIXES.get(behind.text, 0)
        if style and (glued or (behind.text == "er" and token.number == 1)) and token.number >= 1:
            senses |= {"nth": token.number, "ordinal_sign": style}
            self._add(token.text, senses, at, at + 1)
            return at + 2
        # "10cm", "3x" and "15h" are no days; "3mars" and "10jours" are written in haste.
        known: Mapping[Kind, int] = meaning(behind.text) if glued else NOTHING
        in_haste = not glued or not _COUNTABLE.isdisjoint(known)
        self._add(token.text, senses if in_haste else NOTHING, at, at)
        return at + 1

    def _is_german_ordinal(self, at: int) -> bool:
        """Tell whether the dot behind a number makes it "the 3rd", by the word that follows."""
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        if token.kind != WORD:
            return token.text in {"-", "–", "/"}
        senses = meaning(token.text)
        return not _BEHIND_ORDINAL.isdisjoint(senses)

    def _chain(self, at: int) -> int:
        chain = chain_at(self.tokens, at)
        behind = self.tokens[chain.end] if chain.end < len(self.tokens) else None
        before = self.items[-1].senses if self.items else NOTHING
        word = behind.text if behind is not None and behind.kind == WORD else ""
        found = pieces(
            chain,
            led=not _ANNOUNCE.isdisjoint(before) or self._is_german_date(chain),
            apart="month" in meaning(word) or before.get("unit") == Unit.WEEK,
        )
        if word in _NO_DATE_BEFORE or (word and self._glued(chain.end) and word not in {"t", "h"}):
            found = [Piece(None, None, "", chain.fields[0].start, chain.fields[-1].end)]
        for piece in found:
            self.items.append(self._item_of(piece))
        if (
            found[-1].number is not None
            and self._is_glued_dot(chain.end)
            and self._is_german_ordinal(chain.end + 1)
        ):
            return chain.end + 1
        dot = (
            behind is not None
            and behind.text == "."
            and self._glued(chain.end)
            and found[-1].said is not None
        )
        return chain.end + 1 if dot and "." in chain.joints else chain.end

    def _is_german_date(self, chain: Chain) -> bool:
        """Tell "20.11." and "3.3. und" from a decimal at the end of a sentence."""
        if not self._is_glued_dot(chain.end):
            return False
        return chain.fields[0].number > 12 or chain.end + 1 < len(self.tokens)

    def _item_of(self, piece: Piece) -> Item:
        if piece.joint:
            return Item(piece.joint, self.words.senses[piece.joint], piece.start, piece.end)
        if piece.number is None:
            return Item("", NOTHING, piece.start, piece.end, piece.said)
        senses: dict[Kind, int] = {"num": piece.number.number}
        if len(piece.number.text) == 4:
            senses["year"] = piece.number.number
        if piece.dotted:
            senses |= {"nth": piece.number.number, "ordinal_sign": 1}
        return Item(piece.number.text, senses, piece.start, piece.end)


def read_items(text: str, taken: Sequence[Mention] = ()) -> list[Item]:
    """Read a text into items; what was recognised before is an item without senses, which no phrase crosses."""
    return _Reading(text, taken).read()
