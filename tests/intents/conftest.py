"""Give the tests of `intents` what was learnt from the catalogue, and small catalogues to spoil."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intents.understander import Understander
from intents.understanding import LANGUAGES

# The model is keyed by the catalogue and the code: keeping it between runs can never serve a stale one.
MODELS = Path(__file__).parents[2] / ".guichet" / "model"

INTENTS = """
intents:
  invoice.search: {wants: invoices, slots: [invoice_number], needs: invoices, example: my invoices}
  distripost.cancel: {wants: no order, slots: [order_number], needs: distripost, example: cancel it}
  faq: {wants: to know, slots: [topic], needs: nothing, example: what is it}
  unknown: {wants: something else, slots: [], needs: nothing, example: rain}
topics: [cs.what]
twins: []
"""
PHRASES = {
    "invoice.search": ["facture {number}", "[<hello>] (je cherche|trouve) la facture"],
    "distripost.cancel": ["annuler la commande", "(annule|annulez) [vite] ma commande"],
    "faq.cs.what": ["c'est quoi Collect & Stamp", "qu'est-ce que (c'est|Collect & Stamp)"],
    "unknown": ["quel temps fait-il", "il va pleuvoir (demain|lundi)"],
}
LISTS = 'lists: {number: ["1046123456", "1046 111 222"]}\nrules: {hello: "(bonjour|salut)"}\n'


@pytest.fixture(scope="session")
def understander() -> Understander:
    """What was learnt from the real catalogue."""
    return Understander.open(MODELS)


@pytest.fixture
def small_catalogue(tmp_path: Path) -> Path:
    """A sound catalogue of three labels and what is none of our business, in four languages that sound alike."""
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / "intents.yaml").write_text(INTENTS, encoding="utf-8")
    for language in LANGUAGES:
        (folder / language).mkdir()
        (folder / language / "_lists.yaml").write_text(LISTS, encoding="utf-8")
        (folder / language / "_concepts.yaml").write_text(
            "concepts: {the.invoice: [factur-], do.cancel: [annul-]}\n"
            "short_forms: {demain: [dm]}\nopenings: [bonjour]\nclosings: [merci]\n",
            encoding="utf-8",
        )
        for name, (example, template) in PHRASES.items():
            said = example.replace(" {number}", "")
            text = f'examples: ["{said} {language}"]\ntemplates: ["{template}", "{example}"]\n'
            (folder / language / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def rewrite(small_catalogue: Path) -> Callable[[str, str], None]:
    """Write one file of the small catalogue anew."""

    def write(name: str, text: str) -> None:
        (small_catalogue / name).write_text(text, encoding="utf-8")

    return write
