"""Open, check and register the channel: what is wrong is said plainly, with what to do."""

import pytest

from bot.channels.platforms import open_platforms
from bot.channels.telegram.platform import Misconfigured, Telegram
from bot.settings import Settings
from handlers.word_commands import WORDS
from tests.bot.channels.telegram.conftest import PUBLIC, SECRET, Post
from tests.bot.channels.telegram.loopback import TOKEN, Fault, Loopback


async def test_without_a_token_telegram_is_off() -> None:
    assert "telegram" not in [platform.name for platform in open_platforms(Settings(telegram_token=None))]


async def test_with_a_token_telegram_is_opened_at_the_set_address(telegram: Loopback) -> None:
    settings = Settings(telegram_token=TOKEN, telegram_api=telegram.url)  # type: ignore[arg-type]
    (platform,) = (platform for platform in open_platforms(settings) if platform.name == "telegram")
    assert await platform.check() == "@GuichetTestBot, long polling"
    await platform.close()


async def test_right_token_names_the_bot_and_the_way(telegram: Loopback) -> None:
    platform = Telegram(TOKEN, api=telegram.url, secret=SECRET, public_url=PUBLIC)
    assert await platform.check() == f"@GuichetTestBot, webhook {PUBLIC}/telegram/webhook"
    await platform.close()


@pytest.mark.parametrize(
    ("token", "secret", "public_url", "advice"),
    [
        ("1:wrong", "", "", "@BotFather"),
        (TOKEN, SECRET, "http://guichet.example", "GUICHET_PUBLIC_URL"),
        (TOKEN, SECRET, "", "GUICHET_PUBLIC_URL"),
    ],
    ids=["wrong token", "no https", "no address"],
)
async def test_wrong_setting_is_said_plainly(
    telegram: Loopback, token: str, secret: str, public_url: str, advice: str
) -> None:
    platform = Telegram(token, api=telegram.url, secret=secret, public_url=public_url)
    with pytest.raises(Misconfigured, match=advice) as raised:
        await platform.check()
    assert token not in str(raised.value)
    await platform.close()


async def test_telegram_that_is_away_is_said_plainly() -> None:
    platform = Telegram(TOKEN, api="http://127.0.0.1:9")
    with pytest.raises(Misconfigured, match="does not answer"):
        await platform.check()
    await platform.close()


async def test_commands_are_offered_in_all_languages_and_in_english_to_others(post: Post) -> None:
    await post.telegram.until(lambda: "" in post.telegram.commands and "de" in post.telegram.commands)
    assert set(post.telegram.commands) == {*WORDS, ""}
    assert post.telegram.commands[""] == post.telegram.commands["en"]
    for language, words in WORDS.items():
        assert [offered["command"] for offered in post.telegram.commands[language]] == list(words)
    assert post.telegram.commands["nl"][1]["description"] == "Facturen zoeken"


async def test_updates_are_asked_for_again_after_trouble(post: Post) -> None:
    post.telegram.faults.append(Fault(method="getUpdates", status=429, retry_after=1))
    await post.person.says("merci")
    await post.person.hears(1)
    await post.person.says("au revoir")
    assert len(await post.person.hears(2)) == 2
