"""Learn from what was not understood, without keeping who said it."""

import json
from pathlib import Path

import click
import pytest
import yaml

from bot.commands.misses import run_label
from bot.turn import anonymous
from bot.wiring import Counter
from intents.declaration import UNKNOWN
from intents.understanding import Understanding
from services.conversations import frequent_misses
from tests.bot.conftest import Talk

CLAIRE = "claire.dubois@lambert.example"
MISSED = yaml.safe_load(
    (Path(__file__).parents[1] / "intents" / "regressions.yaml").read_text(encoding="utf-8")
)


def test_kept_words_name_nobody() -> None:
    understood = Understanding(
        "le client Jean Dupont (jean@dupont.be, 0470 12 34 56) veut CS000000000001",
        "fr",
        "unknown",
        0.1,
        "reject",
    )
    kept = anonymous(understood)
    for secret in ("Jean", "Dupont", "dupont", "0470", "12 34", "000001"):
        assert secret not in kept


async def test_rejected_message_is_kept_and_counted(counter: Counter, talk: Talk) -> None:
    await talk(CLAIRE, "zwiep floep krak 12345", "zwiep floep krak 67890")
    async with counter.database.transaction() as session:
        kept = {miss.text: miss for miss in await frequent_misses(session, 100)}
    assert kept["zwiep floep krak 00000"].count == 2
    assert kept["zwiep floep krak 00000"].outcome in {"reject", "clarify"}


def test_labelled_miss_becomes_an_example_and_a_regression(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    path = tmp_path / "fr" / "invoice.search.yaml"
    path.write_text("# kept\nexamples:\n  - facture\ntemplates: []\n", encoding="utf-8")
    regressions = tmp_path / "regressions.yaml"
    text = 'g perdu ma "fact": où #1 ?'
    run_label(tmp_path, regressions, text=text, label="invoice.search", language="fr")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["examples"] == [text, "facture"]
    assert path.read_text(encoding="utf-8").startswith("# kept\n")
    assert yaml.safe_load(regressions.read_text(encoding="utf-8")) == [
        {"language": "fr", "label": "invoice.search", "text": text}
    ]
    with pytest.raises(click.ClickException, match="already"):
        run_label(tmp_path, regressions, text=text, label="invoice.search", language="fr")
    with pytest.raises(click.ClickException, match="no intent"):
        run_label(tmp_path, regressions, text=text, label="invoice.find", language="fr")


@pytest.mark.parametrize(
    ("text", "label", "told"),
    [
        ("facture", "_lists", "no intent"),
        ("facture", "../fr/invoice.search", "no intent"),
        (" \n ", "invoice.search", "empty"),
        ("Il\n pleut", "invoice.search", "unknown.yaml has this"),
    ],
)
def test_label_spoils_neither_lists_nor_another_intent(
    tmp_path: Path, text: str, label: str, told: str
) -> None:
    (tmp_path / "fr").mkdir()
    for name, content in (
        ("_lists", "lists: {}\n"),
        ("invoice.search", "examples:\n  - ma facture\n"),
        ("unknown", "examples:\n  - il pleut\n"),
    ):
        (tmp_path / "fr" / f"{name}.yaml").write_text(content, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in (tmp_path / "fr").iterdir()}
    with pytest.raises(click.ClickException, match=told):
        run_label(tmp_path, tmp_path / "regressions.yaml", text=text, label=label, language="fr")
    assert {path.name: path.read_bytes() for path in (tmp_path / "fr").iterdir()} == before
    assert not (tmp_path / "regressions.yaml").exists()


def test_missed_once_is_understood_now(understander: object) -> None:
    from datetime import date

    wrong = []
    for row in MISSED or []:
        understood = understander.understand(row["text"], today=date(2026, 11, 22))  # type: ignore[attr-defined]
        topic = understood.entities.get("topic")
        label = f"faq.{topic}" if understood.intent == "faq" else understood.intent
        # What is none of our business is turned away, at most asked about.
        acted = understood.decision == "act"
        if acted == (row["label"] == UNKNOWN) or (acted and label != row["label"]):
            wrong.append(json.dumps(row, ensure_ascii=False))
    assert wrong == []
