"""Hold every channel to one contract: each kind of reply and form, each limit at, below and above its bound."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.bot.channels.contract import STAGES, Block, Stage

HOSTILE = (
    "<!channel> <@U0CLAIRE> <https://x.example|clic> & < > &amp;",
    "*gras* _italique_ ~barré~ `code` ```bloc```",
    '=HYPERLINK("http://x.example")',
    "\u202eà l'envers\u202c 😀 « L'été »",
    "[b]x[/b] [red]rouge[/red] <b>gras</b>",
)


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with STAGES[request.param]() as opened:
        yield opened


def numbered(length: int) -> str:
    """Make a text of so many characters whose words tell whether one is lost."""
    words = " ".join(f"w{number}" for number in range(length // 2))
    return words[:length].ljust(length, "x")


def choice(number: int, label: str | None = None, **more: Any) -> Block:
    return {"label": label or f"Choix {number}", "primary": number == 0, "token": f"token-{number}", **more}


def option(number: int, label: str | None = None, **more: Any) -> Block:
    return {
        "value": f"value-{number}",
        "label": label or f"Valeur {number}",
        "reason": None,
        "token": f"token-{number}",
        "minimum": None,
        "maximum": None,
        **more,
    }


def field(name: str, kind: str, **more: Any) -> Block:
    return {
        "name": name,
        "kind": kind,
        "label": f"Label de {name}",
        "question": f"Question de {name} ?",
        "required": True,
        "many": False,
        "value": None,
        "shown": None,
        "options": [],
        "suggestions": [],
        "error": None,
        "hint": None,
        "minimum": None,
        "maximum": None,
        **more,
    }


def form(*fields: Block, **more: Any) -> Block:
    return {
        "type": "form",
        "key": "form-key",
        "intent": "test.form",
        "title": "Un formulaire",
        "stage": "filling",
        "asked": fields[0]["name"] if fields else None,
        "question": "Que faut-il ?",
        "fields": list(fields),
        "missing": [one["name"] for one in fields],
        "summary": [],
        "submit_label": "Continuer",
        "colon": " : ",
        "confirm": None,
        "cancel": {"label": "Annuler", "token": "token-cancel", "primary": False},
        **more,
    }


def table(rows: int, columns: int = 3, cell: str = "cellule", choices: int = 0) -> Block:
    return {
        "type": "table",
        "caption": "Vos factures",
        "columns": [
            {"label": f"Colonne {number}", "align": "right" if number else "left"}
            for number in range(columns)
        ],
        "rows": [[f"r{row}", *([cell] * (columns - 1))] for row in range(rows)],
        "row_choices": [[choice(row * choices + one) for one in range(choices)] for row in range(rows)]
        if choices
        else [],
    }


def choices(*found: Block, prompt: str | None = "Que puis-je faire ?") -> Block:
    return {"type": "choices", "prompt": prompt, "colon": " : ", "choices": list(found)}


@pytest.mark.parametrize(
    "length", [1, 1023, 1024, 1025, 2999, 3000, 3001, 4095, 4096, 4097, 9_999, 12_999, 13_001, 40_001]
)
async def test_text_of_any_length_arrives_whole(stage: Stage, length: int) -> None:
    text = numbered(length)
    shown = await stage.show([{"type": "text", "text": text}])
    assert set(text.split()) <= set(shown.words.split())


@pytest.mark.parametrize("sign", ["x", "&", "<", "😀"])
async def test_text_without_a_gap_is_shared_out(stage: Stage, sign: str) -> None:
    shown = await stage.show([{"type": "text", "text": f"a{sign * 9_000}z"}])
    assert shown.words.count(sign) >= 9_000


@pytest.mark.parametrize("text", HOSTILE)
async def test_words_of_others_are_shown_and_never_markup(stage: Stage, text: str) -> None:
    shown = await stage.show(
        [
            {"type": "text", "text": text},
            {"type": "notice", "tone": "warning", "text": text},
            choices(choice(0, text), prompt=text),
            {**table(2, cell=text), "caption": text},
            form(field("f", "text", value=text, shown=text, label=text, hint=text, error=text), title=text),
        ]
    )
    letters = "".join(sign for sign in text if sign.isalnum())
    assert letters in "".join(sign for sign in shown.words if sign.isalnum())


@pytest.mark.parametrize("tone", ["info", "success", "warning", "error"])
async def test_notice_of_each_tone_is_shown(stage: Stage, tone: str) -> None:
    shown = await stage.show([{"type": "notice", "tone": tone, "text": "Une remarque"}])
    assert "Une remarque" in shown.words


async def test_progress_is_shown(stage: Stage) -> None:
    shown = await stage.show([{"type": "progress", "text": "Je prépare l'annexe."}])
    assert "Je prépare l'annexe." in shown.words


@pytest.mark.parametrize("count", [1, 5, 6, 8, 9, 15, 16, 25, 26, 49, 50, 51, 99, 100, 101, 250])
async def test_every_choice_can_be_pressed(stage: Stage, count: int) -> None:
    shown = await stage.show([choices(*(choice(number) for number in range(count)))])
    assert {f"token-{number}" for number in range(count)} <= shown.tokens
    assert f"Choix {count - 1}" in shown.words


@pytest.mark.parametrize("length", [1, 40, 63, 64, 65, 74, 75, 76, 149, 150, 151, 300, 3100])
async def test_label_of_any_length_can_be_read(stage: Stage, length: int) -> None:
    label = numbered(length)
    shown = await stage.show([choices(choice(0, label))])
    assert shown.tokens >= {"token-0"}
    assert set(label.split()) <= set(shown.words.split())


@pytest.mark.parametrize("length", [149, 150, 151, 3000, 3001, 5000])
async def test_prompt_of_any_length_arrives_whole(stage: Stage, length: int) -> None:
    prompt = numbered(length)
    shown = await stage.show([choices(*(choice(number) for number in range(30)), prompt=prompt)])
    assert set(prompt.split()) <= set(shown.words.split())


@pytest.mark.parametrize(
    "url", ["https://www.bpost.be/fr", "javascript:alert(1)", "https://x.example/" + "a" * 3000]
)
async def test_link_is_shown_with_its_label(stage: Stage, url: str) -> None:
    link = {"label": "La page du produit", "url": url, "primary": False}
    shown = await stage.show([choices(choice(0), link)])
    assert "La page du produit" in shown.words


@pytest.mark.parametrize("rows", [1, 9, 10, 11, 49, 50, 51, 200, 1000])
@pytest.mark.parametrize("buttons", [0, 1, 3])
async def test_table_of_any_length_arrives_whole(stage: Stage, rows: int, buttons: int) -> None:
    shown = await stage.show([table(rows, choices=buttons)])
    assert {f"r{row}" for row in range(rows)} <= set(shown.words.replace("\n", " ").replace("`", " ").split())
    assert {f"token-{number}" for number in range(rows * buttons)} <= shown.tokens


@pytest.mark.parametrize(("columns", "cell"), [(1, "x"), (10, "x" * 200), (11, "é" * 40), (12, "<&>" * 30)])
async def test_table_of_any_width_is_taken(stage: Stage, columns: int, cell: str) -> None:
    shown = await stage.show([table(20, columns, cell)])
    assert "r19" in shown.words


async def test_file_and_picture_arrive_between_words(stage: Stage) -> None:
    file = {
        "type": "file",
        "file_id": "file-1",
        "name": "annexe.xlsx",
        "media_type": "application/zip",
        "size": 10,
        "size_text": "10 B",
        "about": "L'annexe & le reste",
        "links_only": False,
    }
    shown = await stage.show([{"type": "text", "text": "Avant"}, file, {"type": "text", "text": "Après"}])
    assert shown.files == ("annexe.xlsx",)
    assert "Avant" in shown.words
    assert "Après" in shown.words


KINDS = ("text", "number", "date", "period", "choice", "email", "rows", "file")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("many", [False, True])
async def test_field_of_each_kind_is_asked(stage: Stage, kind: str, many: bool) -> None:
    shown = await stage.show([form(field("f", kind, many=many), field("g", "text"))])
    assert "Que faut-il ?" in shown.words
    assert "token-cancel" in shown.tokens


@pytest.mark.parametrize("count", [1, 5, 6, 15, 16, 30, 31, 99, 100, 101, 250])
async def test_form_of_many_options_is_taken(stage: Stage, count: int) -> None:
    shown = await stage.show(
        [form(field("f", "choice", options=[option(number) for number in range(count)]))]
    )
    assert "token-cancel" in shown.tokens
    if count <= 30:
        assert {f"token-{number}" for number in range(count)} <= shown.tokens


async def test_option_that_cannot_be_chosen_is_shown_with_its_reason(stage: Stage) -> None:
    refused = option(1, reason="Ce point est fermé.", token=None)
    shown = await stage.show([form(field("f", "choice", options=[option(0), refused]))])
    assert "Ce point est fermé." in shown.words
    assert "token-1" not in shown.tokens


@pytest.mark.parametrize("rows", [1, 9, 10, 11, 60])
@pytest.mark.parametrize("length", [10, 299, 300, 2000, 3001])
async def test_summary_of_any_size_is_put_to_the_person(stage: Stage, rows: int, length: int) -> None:
    value = numbered(length)
    shown = await stage.show(
        [
            form(
                field("f", "text", value="x", shown="x"),
                stage="confirming",
                asked=None,
                question="C'est bien cela ?",
                summary=[[f"Ligne {row}", value] for row in range(rows)],
                confirm={"label": "Confirmer", "token": "token-confirm", "primary": True},
            )
        ]
    )
    assert {"token-confirm", "token-cancel"} <= shown.tokens
    assert f"Ligne {rows - 1}" in shown.words
    assert set(value.split()) <= set(shown.words.split())


@pytest.mark.parametrize("blocks", [1, 49, 50, 51, 120])
async def test_reply_of_many_blocks_is_shared_out(stage: Stage, blocks: int) -> None:
    shown = await stage.show([{"type": "text", "text": f"bloc-{number}."} for number in range(blocks)])
    assert all(f"bloc-{number}." in shown.words for number in range(blocks))
