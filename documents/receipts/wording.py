"""Hold the sentences of the receipts, as phrases."""

from __future__ import annotations

from datetime import date, datetime

from locales.phrases import Phrase, say, say_many
from locales.words import BRUSSELS

# Translators: récépissé de dépôt, afgiftebewijs, Einlieferungsschein: the heading of one receipt.
RECEIPT = say("Mailing receipt")
# Translators: AR is the postal abbreviation of acknowledgement of receipt in every language.
WITH_AR = say("with acknowledgement of receipt (AR)")
# Translators: AR is the postal abbreviation of acknowledgement of receipt in every language.
WITHOUT_AR = say("without acknowledgement of receipt (AR)")
ADDRESSEE = say("Addressee")
SENDER = say("Sender")
# Translators: on a mailing receipt, above a date: Collect & Stamp is bpost's service that collects and franks mail.
RECEIVED = say("Received by Collect & Stamp on")
OPERATIONAL_ID = say("Operational ID")
# Translators: on a mailing receipt in place of a name that is not known.
UNKNOWN = say("not known")
# Translators: the first line of a seal drawn on a receipt; at most 26 letters.
SEAL_TITLE = say("Signed electronically")
# Translators: REC-7: the second line of a seal drawn on a receipt; at most 90 letters.
SEAL_NOTE = say("Certified against any change. The authority's certificate proves it.")
# Translators: REC-8: at the foot of each receipt.
LEGAL = say(
    "This electronic file is the original and the only one with legal value; it replaces the paper receipt. "
    "A print of it is a copy."
)
# Translators: who made the file, in its properties.
AUTHOR = say("bpost, Collect & Stamp")


def title(day: date, operational_id: str) -> Phrase:
    """Name a report of receipts."""
    # Translators: the title of a file; the day is that on which the items were handed over to bpost.
    return say("Mailing receipts of {day}, {operational_id}", day=day, operational_id=operational_id)


def subtitle(count: int) -> Phrase:
    """Say how many receipts a report has."""
    return say_many("{count} receipt", "{count} receipts", count)


def generated(moment: datetime) -> Phrase:
    """Say when a report was made, so that the hour that comes twice in October is told apart."""
    offset = f"UTC{moment.astimezone(BRUSSELS):%z}"[:6].replace("+0", "+")
    # Translators: at the foot of each page; the offset is like UTC+1.
    return say("Generated on {moment} (Brussels time, {offset})", moment=moment, offset=offset)


def page_number(page: int, pages: int) -> Phrase:
    """Number a page."""
    # Translators: at the foot of each page.
    return say("Page {page} of {pages}", page=page, pages=pages)


def barcode_drawing(barcode: str) -> Phrase:
    """Describe a drawn barcode to who cannot see it."""
    # Translators: read aloud in place of a drawing.
    return say("Barcode in Code 128: {barcode}", barcode=barcode)


def postmark_drawing(day: date) -> Phrase:
    """Describe a drawn postmark to who cannot see it."""
    # Translators: read aloud in place of a drawing.
    return say("Postmark: bpost Collect & Stamp, {day}", day=day)
