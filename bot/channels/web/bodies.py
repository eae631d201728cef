"""Read what a page sends: JSON of a known shape and a bounded size."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator
from starlette.requests import ClientDisconnect, Request

from bot.channels.web.refusals import Refused
from bot.cleaning import clean

# Room for 10,000 characters of any script, several times over; what is longer is no message.
MOST_BYTES = 131_072
MOST_FIELDS = 60

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Language = Literal["fr", "nl", "en", "de"]


class FilledForm(BaseModel):
    """A form filled in as a whole."""

    model_config = ConfigDict(extra="forbid")

    key: Name
    values: Annotated[dict[Name, JsonValue], Field(max_length=MOST_FIELDS)]


class Incoming(BaseModel):
    """A message of the page: exactly one of `text`, `press`, `form` and `unreadable`.

    `id` is the page's own identity of it: sent again under the same one, it is known.
    """

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
    text: str | None = None
    press: Name | None = None
    form: FilledForm | None = None
    unreadable: Literal["voice", "sticker", "picture", "contact", "file"] | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Incoming:
        if sum(part is not None for part in (self.text, self.press, self.form, self.unreadable)) != 1:
            raise ValueError("a message is one thing")
        return self


class Play(BaseModel):
    """Which of the demo's people a visitor wants to be."""

    model_config = ConfigDict(extra="forbid")

    persona: Name


Body = TypeVar("Body", bound=BaseModel)


async def read_body(request: Request, shape: type[Body]) -> Body:
    """Read a JSON body; raises Refused for another type, size or shape."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "not_json")
    content = await _read_bounded(request)
    try:
        return shape.model_validate_json(content)
    except ValidationError:
        # What was wrong with it may hold what somebody wrote: it is neither told nor logged.
        raise Refused(422, "not_understood") from None


async def _read_bounded(request: Request) -> bytes:
    content = bytearray()
    try:
        async for piece in request.stream():
            content += piece
            if len(content) > MOST_BYTES:
                raise Refused(413, "too_large")
    except ClientDisconnect:
        raise Refused(400, "broken_off") from None
    return bytes(content)


def clean_value(value: JsonValue) -> Any:
    """Clean every text inside a form's value, as texts of messages are (ACC-7)."""
    match value:
        case str():
            return clean(value).text
        case list():
            return [clean_value(part) for part in value]
        case dict():
            return {clean(name).text: clean_value(part) for name, part in value.items()}
    return value
