"""Say what messages mean: `guichet understand`, the evaluation command of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO, cast

from bot.clock import SystemClock
from bot.settings import Settings
from bot.wiring import open_understander
from intents.evaluation import line
from intents.understanding import Language
from locales.words import BRUSSELS


def run_understand(
    settings: Settings, messages: Iterable[str], *, now: datetime | None, language: str | None, out: TextIO
) -> None:
    """Print one JSON object a message, in order, in constant memory."""
    understander = open_understander(settings)
    today = (now or SystemClock().now()).astimezone(BRUSSELS).date()
    for message in messages:
        understood = understander.understand(
            message.rstrip("\n"), today=today, language=cast("Language | None", language)
        )
        out.write(json.dumps(line(understood), ensure_ascii=False) + "\n")
        out.flush()
