"""Talk with the house over Telegram, end to end through the official client: in French and Dutch, by buttons."""

import io

import openpyxl

from tests.bot.channels.telegram.conftest import OpenPost


async def test_invoice_and_its_annex_come_as_a_document(open_post: OpenPost) -> None:
    async with open_post() as post:
        await post.person.says("mes factures d'octobre")
        (found,) = await post.person.hears(1)
        assert "1046" in found.text
        await post.person.presses(found, "Annexe")
        heard = await post.person.hears(3)
        document = next(message for message in heard if message.file)
        name, content = document.file
        assert name.endswith(".xlsx")
        assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames
        assert len(post.telegram.released) == 1
