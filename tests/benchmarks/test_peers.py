"""Other engines are compared fairly, and what an engine prints is read."""

from dataclasses import replace

import pytest

from benchmarks.peers.answers import peak_memory, read_answer
from benchmarks.peers.compare import _row
from benchmarks.test_messages import read_fresh, read_messages


def test_wrong_actions_are_counted_among_the_surest_answers() -> None:
    first = read_messages()[0]
    messages = [first, replace(first, text="x", intent="unknown", topic=None)]
    found = {
        "answers": [(first.label, 0.9), ("item.search", 0.3)],
        "times": [1.0, 3.0],
        "start_up": 0.5,
        "memory": 90.0,
    }
    assert _row(found, messages, 1) == ("50.0", "0.0", "2.00", "2.98", "0.50", "90")
    assert _row(found, messages, 2)[1] == "50.0"


def test_answer_of_an_engine_is_its_last_line() -> None:
    assert read_answer('warning\n{"start_up": 1}\n') == {"start_up": 1}
    assert peak_memory() > 1


@pytest.mark.parametrize("language", ["fr", "nl", "en", "de"])
def test_fresh_messages_ask_for_everything_once(language: str) -> None:
    fresh = [message for message in read_fresh() if message.language == language]
    assert {message.label for message in fresh} == {
        message.label for message in read_messages() if message.language == language
    }
