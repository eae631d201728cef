"""A model is learnt once, is never stale, and needs numpy alone to be used."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from intents.model.recogniser import Recogniser
from intents.phrasebook import CatalogueError
from intents.preparation import model_key, open_weights, prepare
from tests.intents.conftest import MODELS


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "models"


def test_prepare_learns_once(cache: Path, small_catalogue: Path) -> None:
    steps: list[str] = []
    path = prepare(cache, steps.append, folder=small_catalogue)
    learnt_at = path.stat().st_mtime_ns
    assert steps
    assert prepare(cache, steps.append, folder=small_catalogue) == path
    assert path.stat().st_mtime_ns == learnt_at
    assert list(cache.glob("*.npz")) == [path]


def test_prepare_learns_anew_after_any_change_and_forgets_the_old(
    cache: Path, small_catalogue: Path, rewrite: Callable[[str, str], None]
) -> None:
    old = prepare(cache, folder=small_catalogue)
    rewrite("fr/unknown.yaml", "examples: [il neige, il fait beau]")
    new = prepare(cache, folder=small_catalogue)
    assert new != old
    assert list(cache.glob("*.npz")) == [new]


def test_prepare_learns_once_where_two_start_together(cache: Path, small_catalogue: Path) -> None:
    steps: list[str] = []
    starts = [
        threading.Thread(target=prepare, args=(cache, steps.append), kwargs={"folder": small_catalogue})
        for _ in range(2)
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(steps) == len(set(steps))


def test_prepare_gives_the_same_model_each_time(tmp_path: Path, small_catalogue: Path) -> None:
    first, second = (open_weights(tmp_path / name, folder=small_catalogue) for name in ("one", "two"))
    assert first.labels == second.labels
    assert np.array_equal(first.by_label, second.by_label)
    assert np.array_equal(first.trust, second.trust)


def test_prepare_refuses_a_catalogue_with_problems(cache: Path, small_catalogue: Path) -> None:
    (small_catalogue / "de" / "unknown.yaml").unlink()
    with pytest.raises(CatalogueError, match=r"de/unknown\.yaml"):
        prepare(cache, folder=small_catalogue)
    assert not list(cache.glob("*.npz"))


def test_open_weights_learns_again_where_the_file_is_damaged(cache: Path, small_catalogue: Path) -> None:
    path = prepare(cache, folder=small_catalogue)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "invoice.search" in open_weights(cache, folder=small_catalogue).labels
    assert path.read_bytes() == whole


def test_small_model_tells_its_labels_apart(cache: Path, small_catalogue: Path) -> None:
    recogniser = Recogniser(open_weights(cache, folder=small_catalogue))
    for text, label in (
        ("trouve la facture 1046999999", "invoice.search"),
        ("annulez ma comande", "distripost.cancel"),
    ):
        result = recogniser.score(recogniser.see(text), "fr")
        assert recogniser.labels[int(result.probabilities.argmax())] == label


def test_model_key_hangs_on_the_catalogue(small_catalogue: Path) -> None:
    assert model_key(small_catalogue) != model_key()


def test_understanding_needs_no_learning_library() -> None:
    prepare(MODELS)
    code = (
        "import sys, pathlib, datetime\n"
        "from intents.understander import Understander\n"
        f"Understander.open(pathlib.Path({str(MODELS)!r})).understand('bonjour', today=datetime.date(2026, 11, 22))\n"
        "print(sorted({'scipy', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
