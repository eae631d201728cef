"""Write a reply in its reader's language as blocks of plain JSON, which every channel draws from.

The shape is documented in docs/replies.md and kept: scripts read it from `guichet chat --json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from handlers.forms.declaration import Option
from handlers.forms.state import FieldView, FormView
from handlers.reply import (
    Action,
    Aside,
    Block,
    Choice,
    Choices,
    File,
    FormAnswer,
    FormCard,
    Link,
    Notice,
    Picture,
    Progress,
    Saying,
    Table,
    Text,
    Wish,
)
from locales.phrases import FileSize, Money, Phrase, say
from locales.words import Words
from services.conversations import Conversations

Json = dict[str, Any]


class Artist:
    """Draw the blocks of one reply; buttons are kept in the records under short tokens."""

    def __init__(
        self, words: Words, conversations: Conversations, conversation_id: int, now: datetime
    ) -> None:
        self._words = words
        self._conversations = conversations
        self._conversation_id = conversation_id
        self._now = now

    async def draw(self, blocks: Sequence[Block]) -> list[Json]:
        """Draw blocks in order."""
        return [await self._draw(block) for block in blocks]

    async def _draw(self, block: Block) -> Json:
        write = self._words.write
        match block:
            case Text(phrase):
                return {"type": "text", "text": write(phrase)}
            case Notice(phrase, tone):
                return {"type": "notice", "tone": tone, "text": write(phrase)}
            case Aside(phrase):
                return {"type": "notice", "tone": "info", "text": write(phrase), "aside": True}
            case Progress(phrase):
                return {"type": "progress", "text": write(phrase)}
            case Table():
                return await self._table(block)
            case Choices(choices, prompt):
                return {
                    "type": "choices",
                    "prompt": write(prompt) if prompt else None,
                    "colon": self._colon(),
                    "choices": await self._choices(choices),
                }
            case File(file_id, name, media_type, size, about, links_only):
                return {
                    "type": "file",
                    "file_id": file_id,
                    "name": name,
                    "media_type": media_type,
                    "size": size,
                    "size_text": self._words.write_value(FileSize(size)),
                    "about": write(about),
                    "links_only": links_only,
                }
            case Picture(file_id, alternative):
                return {"type": "picture", "file_id": file_id, "alternative": write(alternative)}
            case FormCard(view):
                return await self._form(view)

    async def _table(self, table: Table) -> Json:
        numeric = [
            all(isinstance(row[i], int | Decimal | Money) for row in table.rows)
            for i in range(len(table.columns))
        ]
        return {
            "type": "table",
            "caption": self._words.write(table.caption),
            "columns": [
                {"label": self._words.write(column), "align": "right" if numeric[i] else "left"}
                for i, column in enumerate(table.columns)
            ],
            "rows": [[self._words.write_value(cell) for cell in row] for row in table.rows],
            "row_choices": [await self._choices(choices) for choices in table.row_choices],
        }

    def _colon(self) -> str:
        """Give what stands between a name and its value in the reader's language."""
        return self._words.write(say(": "))

    async def _choices(self, choices: Sequence[Choice]) -> list[Json]:
        return [await self._choice(choice) for choice in choices]

    async def _choice(self, choice: Choice) -> Json:
        label = self._words.write(choice.label)
        if isinstance(choice.action, Link):
            return {"label": label, "url": choice.action.address, "primary": choice.primary}
        token = await self._button(choice.action, label)
        return {"label": label, "token": token, "primary": choice.primary}

    async def _button(self, action: Action, label: str) -> str:
        kept, repeatable = self._kept(action)
        return await self._conversations.make_button(
            self._conversation_id, kept, label, repeatable=repeatable, now=self._now
        )

    def _kept(self, action: Action) -> tuple[Json, bool]:
        match action:
            case Wish(intent, entities, repeatable):
                return {"do": "wish", "intent": intent, "entities": dict(entities)}, repeatable
            case FormAnswer(form, field, value, command):
                kept = {"do": "form", "form": form, "field": field, "value": value, "command": command}
                return kept, command == "value"
            case Saying(phrase):
                return {"do": "say", "text": self._words.write(phrase)}, True
            case Link(address):
                raise ValueError(f"a link needs no button: {address}")

    async def _form(self, view: FormView) -> Json:
        write = self._words.write
        confirm = view.confirm_label or say("Confirm")
        asked = next((field for field in view.fields if field.name == view.asked), None)
        return {
            "type": "form",
            "key": view.key,
            "intent": view.intent,
            "title": write(view.title),
            "stage": view.stage,
            "asked": view.asked,
            "question": write(asked.question) if asked else write(say("Shall I go ahead?")),
            "fields": [await self._field(view, field) for field in view.fields],
            "missing": [field.name for field in view.missing],
            "summary": [[write(label), self._words.write_value(value)] for label, value in view.summary],
            "submit_label": write(confirm if view.stage == "confirming" else say("Continue")),
            "colon": self._colon(),
            "confirm": await self._command(view, "confirm", confirm) if view.stage == "confirming" else None,
            "cancel": await self._command(view, "cancel", say("Cancel")),
            "back": await self._step(view, "back", view.back, say("Back")),
            "skip": await self._step(view, "skip", _skippable(asked), say("Skip")),
        }

    async def _step(
        self, view: FormView, command: Literal["back", "skip"], field: str | None, label: Phrase
    ) -> Json | None:
        if field is None:
            return None
        return await self._choice(Choice(label, FormAnswer(view.key, field, command=command)))

    async def _command(self, view: FormView, command: Any, label: Phrase) -> Json:
        action = FormAnswer(view.key, command=command)
        return await self._choice(Choice(label, action, primary=command == "confirm"))

    async def _field(self, view: FormView, field: FieldView) -> Json:
        write = self._words.write
        with_buttons = field.name == view.asked
        options = [await self._option(view, field, option, with_buttons) for option in field.options]
        suggested = [await self._option(view, field, option, True) for option in field.suggestions]
        return {
            "name": field.name,
            "kind": field.kind,
            "label": write(field.label),
            "question": write(field.question),
            "required": field.required,
            "many": field.many,
            "value": field.value,
            "shown": None if field.shown is None else self._words.write_value(field.shown),
            "options": options,
            "suggestions": suggested,
            "error": write(field.error) if field.error else None,
            "hint": write(field.hint) if field.hint else None,
            "minimum": field.minimum,
            "maximum": field.maximum,
        }

    async def _option(self, view: FormView, field: FieldView, option: Option, with_button: bool) -> Json:
        label = self._words.write(option.label)
        token = None
        if with_button and option.reason is None:
            token = await self._button(FormAnswer(view.key, field.name, _chosen(field, option)), label)
        return {
            "value": option.value,
            "label": label,
            "reason": self._words.write(option.reason) if option.reason else None,
            "token": token,
            "minimum": option.minimum,
            "maximum": option.maximum,
        }


def _skippable(asked: FieldView | None) -> str | None:
    return asked.name if asked is not None and not asked.required else None


def _chosen(field: FieldView, option: Option) -> Any:
    """Give what a field holds when an option is pressed: a product opens a row of its own, below the others."""
    if field.kind == "rows" and isinstance(option.value, str):
        return [*(field.value or ()), {"product": option.value, "quantity": None}]
    return [option.value] if field.many else option.value


def plain(block: Json, first: int = 1) -> str:
    """Give a drawn block as plain text, its buttons numbered from `first`: the fallback of every channel."""
    match block["type"]:
        case "text" | "progress" | "notice":
            return str(block["text"])
        case "table":
            return _plain_table(block)
        case "choices":
            return "\n".join(filter(None, (block["prompt"], *_plain_choices(block, block["choices"], first))))
        case "file":
            return f"{block['name']} ({block['size_text']})\n{block['about']}"
        case "picture":
            return str(block["alternative"])
        case "form":
            return _plain_form(block, first)
    raise ValueError(f"no plain text for {block['type']}")


def _kept_colon(block: Json) -> str:
    """Give a block's colon; replies kept from before blocks had one are still read."""
    return str(block.get("colon", ": "))


def _plain_choices(block: Json, choices: Sequence[Json], first: int) -> list[str]:
    """Number what can be pressed; a link shows its address, what cannot be chosen the reason."""
    lines, number = [], first
    for choice in choices:
        if choice.get("token"):
            lines.append(f"[{number}] {choice['label']}")
            number += 1
        else:
            lines.append(f"{choice['label']}{_kept_colon(block)}{choice.get('url') or choice.get('reason')}")
    return lines


def _plain_table(block: Json) -> str:
    heads = [column["label"] for column in block["columns"]]
    widths = [max(map(len, column)) for column in zip(heads, *block["rows"], strict=True)]
    right = [column["align"] == "right" for column in block["columns"]]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.rjust(width) if is_right else cell.ljust(width)
            for cell, width, is_right in zip(cells, widths, right, strict=True)
        )
        return "  ".join(padded).rstrip()

    return "\n".join((block["caption"], line(heads), *map(line, block["rows"])))


def _plain_form(block: Json, first: int) -> str:
    lines = [block["title"]]
    colon = _kept_colon(block)
    lines.extend(f"{label}{colon}{value}" for label, value in block["summary"])
    if not block["summary"]:
        lines.extend(
            f"{field['label']}{colon}{field['shown']}" for field in block["fields"] if field["shown"]
        )
    asked = next((field for field in block["fields"] if field["name"] == block["asked"]), None)
    if asked and asked["error"]:
        lines.append(asked["error"])
    lines.append(block["question"])
    if asked:
        lines.extend(_plain_choices(block, asked["suggestions"] or asked["options"], first))
    return "\n".join(lines)
