"""Show which phrases of the catalogue another intent would take, and whether the last change helped or harmed.

Each example is judged by a classifier that has not learnt it (nor what was made from it). What is found is compared
with the run before, kept beside the model.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from intents.model.confidence import softmax
from intents.model.corpus import FOLDS
from intents.model.training import Features, Lesson, fit_labels, prepare_lesson
from intents.phrasebook import CATALOGUE, Phrasebook, read_phrasebook
from intents.understanding import Language

BEFORE = Path(__file__).parents[1] / ".guichet" / "understand-check.json"
# Enough to tell neighbours apart; the product learns with more.
_EPOCHS = 2
_PAIRS = 15


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what an example was taken for, and how surely."""

    text: str
    language: str
    label: str
    taken_for: str
    probability: float
    source: str

    @property
    def key(self) -> str:
        """Name the phrase, wherever in its file it stands."""
        return f"{self.language} {self.label}: {self.text}"

    @property
    def is_right(self) -> bool:
        """Tell whether the example goes to its own intent."""
        return self.taken_for == self.label

    def __str__(self) -> str:
        """Tell a phrase that goes astray."""
        return f"{self.source}: {self.text!r} would be taken for {self.taken_for} ({self.probability:.2f})"


def main() -> None:
    """Print the report; ends with 1 where the catalogue cannot be learnt from."""
    parser = argparse.ArgumentParser(prog="make understand-check", description=__doc__)
    parser.add_argument("--folder", type=Path, default=CATALOGUE, help="the catalogue")
    parser.add_argument("--before", type=Path, default=BEFORE, help="where the last run is kept")
    parser.add_argument("--quick", action="store_true", help="judge a fifth of the examples")
    parser.add_argument("--all", action="store_true", help="list every phrase that goes astray")
    options = parser.parse_args()
    book = read_phrasebook(options.folder)
    if book.problems:
        raise SystemExit("\n".join(map(str, book.problems)))
    verdicts = judge(book, options.folder, folds=1 if options.quick else FOLDS)
    for line in report(verdicts, _read(options.before), everything=options.all):
        print(line)
    options.before.parent.mkdir(parents=True, exist_ok=True)
    kept = {verdict.key: verdict.taken_for for verdict in verdicts}
    options.before.write_text(json.dumps(_read(options.before) | kept, ensure_ascii=False), encoding="utf-8")


def judge(book: Phrasebook, folder: Path, *, folds: int = FOLDS) -> list[Verdict]:
    """Judge the examples, each by a classifier that has not learnt it."""
    lesson = prepare_lesson(book, folder)
    places = np.array([row.fold for row in lesson.rows])
    sources = {(phrase.text, phrase.label, phrase.language): phrase.source for phrase in book.examples}
    return [verdict for fold in range(folds) for verdict in _judge_fold(lesson, places == fold, sources)]


def _judge_fold(
    lesson: Lesson, apart: np.ndarray, sources: Mapping[tuple[str, str, Language], str]
) -> Iterator[Verdict]:
    """Judge the examples of one fold by what the others teach."""
    features = Features(lesson, ~apart)
    plain = np.array([row.written and not row.careless for row in lesson.rows])
    chosen = np.flatnonzero(apart & plain)
    if not len(chosen):
        return
    probabilities = softmax(fit_labels(features, _EPOCHS).scores(features.table[chosen]))
    for place, found in zip(chosen.tolist(), probabilities, strict=True):
        row = lesson.rows[place]
        source = sources.get((row.text, row.label, row.language))
        if source is not None:
            best = int(found.argmax())
            yield Verdict(row.text, row.language, row.label, lesson.names[best], float(found[best]), source)


def report(
    verdicts: Sequence[Verdict], before: Mapping[str, str], *, everything: bool = False
) -> Iterator[str]:
    """Tell how many examples go to their own intent, which pairs are confused, and what has changed."""
    wrong = [verdict for verdict in verdicts if not verdict.is_right]
    share = 100 * (1 - len(wrong) / max(1, len(verdicts)))
    yield f"{share:.1f}% of {len(verdicts)} examples go to their own intent without having been learnt"
    pairs = Counter((verdict.label, verdict.taken_for) for verdict in wrong)
    for (label, taken_for), count in pairs.most_common(_PAIRS):
        yield f"{count:4d}  {label} taken for {taken_for}"
    new = [verdict for verdict in wrong if before.get(verdict.key, verdict.label) == verdict.label]
    mended = [
        verdict
        for verdict in verdicts
        if verdict.is_right and before.get(verdict.key, verdict.label) != verdict.label
    ]
    if before:
        yield f"since the last run: {len(new)} more go astray, {len(mended)} no longer do"
    for verdict in wrong if everything or not before else new:
        yield str(verdict)


def _read(path: Path) -> dict[str, str]:
    """Read what the last run found."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


if __name__ == "__main__":
    main()
