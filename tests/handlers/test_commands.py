"""Read commands in four languages, and nothing else as a command."""

import pytest

from handlers.commands import Commanded, Commands, is_command


@pytest.fixture
def commands() -> Commands:
    commands = Commands()
    commands.add("access.grant", "grant", "donner", "geef")
    commands.add("ticket.take", "take", read=lambda rest, _entities: {"said": rest})
    return commands


@pytest.mark.parametrize("text", ["/guichet grant x", "/Guichet  DONNER x", "/guichet geef"])
def test_command_is_known_by_its_word_in_any_language(commands: Commands, text: str) -> None:
    assert is_command(text)
    assert commands.read(text, {"email": "a@b.example"}) == Commanded(
        "access.grant", {"email": "a@b.example"}
    )


def test_command_reads_what_follows_its_word(commands: Commands) -> None:
    assert commands.read("/guichet take GC-1  two  words", {}) == Commanded(
        "ticket.take", {"said": "GC-1  two  words"}
    )


@pytest.mark.parametrize("text", ["", "guichet grant", "/guichetgrant x", "grant", "say /guichet grant"])
def test_other_words_are_no_command(text: str) -> None:
    assert not is_command(text)


@pytest.mark.parametrize("text", ["/guichet", "/guichet fly"])
def test_unknown_command_is_nothing(commands: Commands, text: str) -> None:
    assert commands.read(text, {}) is None


def test_word_commands_one_thing(commands: Commands) -> None:
    with pytest.raises(ValueError, match="two things"):
        commands.add("access.revoke", "Grant")
