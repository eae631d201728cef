"""Link chats by codes as people do and as those who guess do (ACC-8)."""

from typing import Any

import pytest

from bot.channels.terminal import TerminalChat
from services.linking import Linking, digest_of
from tests.bot.access.answers import words
from tests.bot.access.conftest import Desk
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
NOBODY = "nobody.at.all@lambert.example"


def user_of(desk: Desk, chat: TerminalChat) -> str | None:
    rows = desk.sql(
        "SELECT u.email FROM chat_accounts a LEFT JOIN portal_users u ON u.id = a.user_id"
        f" WHERE a.id = {chat.account_id}"
    )
    return rows[0][0]


@pytest.mark.rule("ACC-8", "ACC-9")
async def test_chat_is_linked_by_the_code_of_the_mail(desk: Desk) -> None:
    chat = await desk.stranger()
    await desk.say(chat, "lier mon compte")
    await desk.say(chat, "Claire.Dubois@Lambert.example")
    (letter,) = desk.letters()
    assert letter["To"].addresses[0].addr_spec == CLAIRE
    assert "Claire Dubois" in words(await desk.say(chat, f"mon code est {desk.code()}"))
    assert user_of(desk, chat) == CLAIRE
    assert desk.sql("SELECT action, channel FROM audit") == [("access.link", "terminal")]


@pytest.mark.rule("ACC-8")
async def test_code_and_address_are_kept_nowhere(desk: Desk) -> None:
    chat = await desk.stranger()
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    code = desk.code()
    kept = desk.sql("SELECT link_codes::text FROM link_codes") + desk.sql(
        "SELECT args::text FROM procrastinate_jobs"
    )
    kept += desk.sql("SELECT blocks::text FROM outbox") + desk.sql("SELECT key FROM link_locks")
    text = "\n".join(row[0] for row in kept)
    assert code not in text
    assert CLAIRE not in text


@pytest.mark.rule("ACC-8")
async def test_code_works_once_and_only_in_its_chat(desk: Desk) -> None:
    chat, thief = await desk.stranger(), await desk.stranger()
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    code = desk.code()
    await desk.say(thief, code)
    assert user_of(desk, thief) is None
    await desk.say(chat, code)
    assert user_of(desk, chat) == CLAIRE
    await desk.say(chat, "délier mon compte")
    await desk.say(chat, "oui")
    assert user_of(desk, chat) is None
    await desk.say(chat, code)
    assert user_of(desk, chat) is None


@pytest.mark.rule("ACC-8")
async def test_code_is_too_old_after_ten_minutes(desk: Desk) -> None:
    chat = await desk.stranger()
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    code = desk.code()
    desk.pass_time(minutes=10)
    await desk.say(chat, code)
    assert user_of(desk, chat) is None
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    desk.pass_time(minutes=9, seconds=59)
    await desk.say(chat, desk.code())
    assert user_of(desk, chat) == CLAIRE


@pytest.mark.rule("ACC-8")
async def test_new_code_makes_the_old_one_worthless(desk: Desk) -> None:
    chat = await desk.stranger()
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    first = desk.code()
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    assert first != desk.code()
    await desk.say(chat, first)
    assert user_of(desk, chat) is None
    await desk.say(chat, desk.code())
    assert user_of(desk, chat) == CLAIRE


def wrong(code: str, number: int) -> str:
    return f"{(int(code) + number) % 1_000_000:06d}"


@pytest.mark.rule("ACC-8")
async def test_five_wrong_codes_lock_the_chat_for_fifteen_minutes(desk: Desk) -> None:
    chat = await desk.stranger()
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    code = desk.code()
    for number in range(1, 6):
        await desk.say(chat, f"mon code est {wrong(code, number)}")
    locked = words(await desk.say(chat, f"mon code est {code}"))
    assert "12:15" in locked
    assert user_of(desk, chat) is None
    # Asking anew is no way around, neither here nor for this address from another chat.
    assert "12:15" in words(await desk.say(chat, "lier mon compte sofie.claes@fiduciaire.example"))
    assert "12:15" in words(await desk.say(await desk.stranger(), f"lier mon compte {CLAIRE}"))
    assert len(desk.letters()) == 1
    desk.pass_time(minutes=15)
    await desk.say(chat, f"mon code est {code}")
    assert user_of(desk, chat) is None
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    await desk.say(chat, desk.code())
    assert user_of(desk, chat) == CLAIRE


@pytest.mark.rule("ACC-8")
async def test_tries_are_counted_over_new_codes_and_over_chats(desk: Desk) -> None:
    for number in range(1, 6):
        chat = await desk.stranger()
        await desk.say(chat, f"lier mon compte {CLAIRE}")
        await desk.say(chat, f"mon code est {wrong(desk.code(), number)}")
    another = await desk.stranger()
    assert "12:15" in words(await desk.say(another, f"lier mon compte {CLAIRE}"))


@pytest.mark.rule("ACC-8")
@pytest.mark.parametrize("email", [CLAIRE, NOBODY])
async def test_mailbox_is_not_flooded_with_codes(desk: Desk, email: str) -> None:
    chats = [await desk.stranger() for _ in range(4)]
    answers = [words(await desk.say(chats[number % 3], f"lier mon compte {email}")) for number in range(9)]
    assert [("12:15" in answer) for answer in answers] == [False] * 6 + [True] * 3
    assert "12:15" in words(await desk.say(chats[3], f"lier mon compte {email}"))
    assert len(desk.letters()) == (6 if email == CLAIRE else 0)
    # The last code works, and after the pause there are others.
    if email == CLAIRE:
        await desk.say(chats[2], desk.code())
        assert user_of(desk, chats[2]) == CLAIRE
    desk.pass_time(minutes=15)
    assert "12:30" not in words(await desk.say(chats[3], f"lier mon compte {email}"))


@pytest.mark.rule("ACC-8")
async def test_unknown_address_is_answered_in_the_same_words(desk: Desk) -> None:
    answers = []
    for email in (CLAIRE, NOBODY):
        chat = await desk.stranger()
        said = [words(await desk.say(chat, line)) for line in (f"lier mon compte {email}",)]
        said += [words(await desk.say(chat, f"mon code est 00000{number}")) for number in range(6)]
        answers.append(said)
    known, unknown = answers
    assert known == unknown
    assert len(desk.letters()) == 1


@pytest.mark.rule("ACC-8")
async def test_unknown_address_costs_the_same_statements(desk: Desk) -> None:
    """Count what the database is asked: what is the same work takes the same time."""
    from sqlalchemy import event

    counts = []
    for email in (CLAIRE, NOBODY):
        chat = await desk.stranger()
        seen: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_rest: Any, seen: list[str] = seen) -> None:
            seen.append(statement)

        engine = desk.counter.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        async with desk.counter.database.transaction() as session:
            house = desk.counter.house
            await Linking(session, house.jobs, house.secret, chat.account_id).ask(email, "fr", NOON)
        event.remove(engine, "before_cursor_execute", note)
        counts.append(seen)
    assert counts[0] == counts[1]
    assert len(counts[0]) > 3


@pytest.mark.rule("ACC-8")
async def test_person_who_left_is_sent_nothing_and_redeems_nothing(desk: Desk) -> None:
    chat = await desk.stranger()
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    desk.sql("UPDATE portal_users SET left_at = now() WHERE email LIKE 'claire%'")
    await desk.say(chat, desk.code())
    assert user_of(desk, chat) is None
    await desk.say(chat, f"lier mon compte {CLAIRE}")
    assert len(desk.letters()) == 1


@pytest.mark.rule("ACC-8")
async def test_person_has_several_chats_and_leaves_one_or_all(desk: Desk) -> None:
    chats = []
    for _ in range(2):
        chat = await desk.stranger()
        await desk.say(chat, f"lier mon compte {CLAIRE}")
        await desk.say(chat, desk.code())
        chats.append(chat)
    assert [user_of(desk, chat) for chat in chats] == [CLAIRE, CLAIRE]
    # The second one is told to the address, so that a stolen mailbox or a slip shows.
    assert desk.letters()[-1]["Subject"] == "Un chat a été lié à votre compte"
    await desk.say(chats[0], "délier mon compte")
    await desk.say(chats[0], "2")
    await desk.say(chats[0], "oui")
    assert [user_of(desk, chat) for chat in chats] == [None, None]


@pytest.mark.rule("ACC-8")
async def test_stranger_gets_knowledge_and_nothing_else(desk: Desk) -> None:
    chat = await desk.stranger()
    for line in ("facture 1046100091", "où est RR389687422BE", "délier mon compte"):
        assert "qui vous êtes" in words(await desk.say(chat, line))
    assert desk.sql("SELECT count(*) FROM audit") == [(0,)]


async def test_address_that_is_none_is_asked_again(desk: Desk) -> None:
    chat = await desk.stranger()
    await desk.say(chat, "lier mon compte")
    (form,) = [block for block in (await desk.say(chat, "jean"))[-1]["blocks"] if block["type"] == "form"]
    assert form["asked"] == "email"
    assert desk.letters() == []


def test_digest_needs_the_key_and_belongs_to_one_chat() -> None:
    assert digest_of(b"key", 1, "123456") == digest_of(b"key", 1, "123 456")
    assert (
        len({digest_of(b"key", 1, "123456"), digest_of(b"key", 2, "123456"), digest_of(b"k", 1, "123456")})
        == 3
    )
