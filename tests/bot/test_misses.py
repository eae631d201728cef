"""Learn from what was not understood, without keeping who said it."""

import json
from pathlib import Path

import click
import pytest
import yaml

from bot.commands.misses import run_label
from bot.turn import anonymous
from bot.wiring import Counter
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


def test_missed_once_is_understood_now(understander: object) -> None:
    from datetime import date

    wrong = []
    for row in MISSED or []:
        understood = understander.understand(row["text"], today=date(2026, 11, 22))  # type: ignore[attr-defined]
        topic = understood.entities.get("topic")
        label = f"faq.{topic}" if understood.intent == "faq" else understood.intent
        if (label, understood.decision) != (row["label"], "act"):
            wrong.append(json.dumps(row, ensure_ascii=False))
    assert wrong == []
