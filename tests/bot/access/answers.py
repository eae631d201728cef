"""Read what was answered."""

from typing import Any


def words(replies: list[dict[str, Any]]) -> str:
    return "\n".join(
        " ".join(
            str(part)
            for part in (block.get("text"), block.get("title"), block.get("question"), block.get("rows"))
            if part
        )
        + _form(block)
        for reply in replies
        for block in reply["blocks"]
    )


def _form(block: dict[str, Any]) -> str:
    rows = [f" {label}: {value}" for label, value in block.get("summary") or ()]
    errors = [f" {field['error']}" for field in block.get("fields", ()) if field["error"]]
    return "".join((*rows, *errors))
