"""People on the loopback's Telegram: they write, press, edit, and are written to."""

from dataclasses import dataclass, field
from typing import Any

from tests.bot.channels.telegram.loopback import BOT, Loopback, Sent

Update = dict[str, Any]


@dataclass
class Person:
    """Somebody with a telephone."""

    telegram: Loopback
    id: int = 777
    language: str = "fr"
    updates: list[Update] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.telegram.started.add(self.id)

    @property
    def account(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": "Someone",
            "language_code": self.language,
        }

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": "Someone"}

    def message(self, text: str | None = None, **content: Any) -> dict[str, Any]:
        """Make a message as Telegram tells of it."""
        said: dict[str, Any] = {
            "message_id": self.telegram.number(),
            "date": 1_795_000_000,
            "chat": self.chat,
            "from": self.account,
        }
        if text is not None:
            said["text"] = text
            if text.startswith("/"):
                length = len(text.split()[0])
                said["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return said | content

    async def says(self, text: str | None = None, **content: Any) -> Update:
        """Write a message."""
        update = await self.telegram.bring(message=self.message(text, **content))
        self.updates.append(update)
        return update

    async def says_in(self, group: int, text: str, **content: Any) -> Update:
        """Write a message in a group; a name with an @ in it is a mention."""
        chat = {"id": group, "type": "supergroup", "title": "Post"}
        entities = [
            {"type": "mention", "offset": text.index(word), "length": len(word)}
            for word in text.split()
            if word.startswith("@")
        ]
        if entities:
            content = {"entities": entities} | content
        return await self.says(text, **({"chat": chat} | content))

    async def edits(self, update: Update, text: str) -> Update:
        """Edit a message that was written before."""
        edited = update["message"] | {"text": text, "edit_date": 1_795_000_100}
        return await self.telegram.bring(edited_message=edited)

    async def presses(self, message: Sent, label: str) -> Update:
        """Press a button of a message of the bot."""
        kind = "private" if message.chat_id > 0 else "supergroup"
        under = {
            "message_id": message.id,
            "date": 1_795_000_000,
            "chat": {"id": message.chat_id, "type": kind},
            "from": BOT,
            "text": message.text or "…",
        }
        return await self.telegram.bring(
            callback_query={
                "id": str(10**15 + self.telegram.number()),
                "from": self.account,
                "chat_instance": "1",
                "message": under,
                "data": message.button(label)["callback_data"],
            }
        )

    @property
    def heard(self) -> list[Sent]:
        """What the bot has written to this person."""
        return self.telegram.said_to(self.id)

    async def hears(self, count: int = 1) -> list[Sent]:
        """Wait until so many messages were written to this person, and give them all."""
        await self.telegram.until(lambda: len(self.heard) >= count)
        return self.heard
