"""Messages that the catalogue has never seen are understood: no change may bring this below its floor."""

from __future__ import annotations

import pytest

from benchmarks.test_messages import read_follow_ups, read_messages
from benchmarks.understanding import FIGURES, measure
from intents.understander import Understander
from intents.understanding import LANGUAGES, Language

# `make understand` shows the goals themselves; a floor leaves room for one awkward example more.
ROOM = 2.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_understanding_stays_above_its_floor(understander: Understander, language: Language) -> None:
    messages = [message for message in read_messages() if message.language == language]
    follow_ups = [message for message in read_follow_ups() if message.language == language]
    found = measure(understander, messages, follow_ups)
    low = {
        figure.name: round(found[figure.name], 1)
        for figure in FIGURES
        if not figure.reached(language, found[figure.name] + (-ROOM if figure.at_most else ROOM))
    }
    assert low == {}
