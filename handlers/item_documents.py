"""Plan the workbook that `item.search` promised (ITM-5)."""

from __future__ import annotations

from collections.abc import Sequence

from documents.item_list import ItemRow, Scope, item_list_workbook
from handlers.desk import Desk
from handlers.item_wish import ItemWish
from handlers.production import XLSX, NotPossible, Production, Task, Worker
from locales.phrases import say, say_many
from services.items import FoundItems, ItemSummary

GONE = say("The items I was to list are no longer among those you may see.")


async def plan_list(task: Task, desk: Desk) -> Production | NotPossible:
    """Search again, as the person now may, and plan the list; it shows the latest thousand (GEN-5)."""
    wish = ItemWish.model_validate(task.arguments["wish"])
    found = await desk.items.find(wish.query())
    if not found.items:
        return NotPossible(GONE)
    # Translators: the name of a file, without spaces or accents.
    name = say("items-{day}.xlsx", day=task.today.isoformat())
    about = say_many("List of {count} item.", "List of {count} items.", len(found.items))
    return Production(
        item_list_workbook,
        (rows_of(found.items), scope_of(wish, found), task.language),
        found.items[0].company_id,
        "transactions",
        name,
        XLSX,
        about,
    )


def scope_of(wish: ItemWish, found: FoundItems) -> Scope:
    """Say what a workbook was asked for, and whether its data is invented."""
    query = wish.query()
    return Scope(
        start=query.start,
        end=query.end,
        operational_ids=query.operational_ids,
        total=found.total,
        demo=any(item.is_demo for item in found.items),
    )


def rows_of(items: Sequence[ItemSummary]) -> tuple[ItemRow, ...]:
    """Turn items into the rows of a workbook."""
    return tuple(
        ItemRow(
            barcode=item.barcode,
            day=item.handed_over_on,
            postcode=item.postcode,
            item_type=item.item_type,
            with_ar=item.with_ar,
            operational_id=item.operational_id,
            weight_grams=item.weight_grams,
            price_cents=item.price_cents,
        )
        for item in items
    )


WORKERS: dict[str, Worker] = {"item.search": plan_list}
