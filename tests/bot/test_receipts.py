"""Give signed receipts: what is there, from when the rest is, for one year, checked on request (REC-1 to REC-8)."""

import asyncio
import json
import subprocess
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.awaited_receipts import AwaitedReceipts
from bot.channels.terminal import TerminalChat, choices_of
from bot.receipt_warnings import ReceiptWarnings
from bot.retention import Retention
from bot.settings import Settings
from bot.wiring import open_counter
from locales.words import BRUSSELS
from services.conversations import Conversations
from tests.bot.test_regular_sendings import CLAIRE, HandClock, Stand
from tests.documents.signing.checks import pdfsig

SHOWROOM, ACCOUNTS, GENT = "CS400126000001", "CS400127000001", "CS900310000001"
PARCELS = "CS400125000002"
Sit = Callable[..., Any]


@pytest.fixture
def sit(new_database: Callable[[], str], settings: Settings, understander: Any, tmp_path: Path) -> Sit:
    """Sit down at a counter whose clock is set by hand, on a database of its own or the one of an earlier counter."""

    @asynccontextmanager
    async def sit_down(
        moment: datetime, earlier: Stand | None = None, email: str | None = CLAIRE
    ) -> AsyncIterator[Stand]:
        clock = HandClock(moment)
        address = earlier.address if earlier else new_database()
        async with open_counter(settings, clock=clock, understander=understander, address=address) as counter:
            chat = earlier.chat if earlier else await TerminalChat.open(counter, email, tmp_path, None)
            chat.counter = counter
            yield Stand(counter, chat, clock, address)

    return sit_down


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS)


async def blocks(stand: Stand) -> list[dict[str, Any]]:
    """Read everything that was answered."""
    async with stand.counter.database.transaction() as session:
        posted = await Conversations(session).posted_since(stand.chat.conversation_id, 0)
    return [dict(block) for reply in posted for block in reply.blocks]


async def press(stand: Stand, label: str) -> list[str]:
    """Press the last button with a label."""
    found = [
        choice["token"]
        for block in await blocks(stand)
        for choice in choices_of({"blocks": [block]})
        if choice["label"].startswith(label)
    ]
    return await stand.say(json.dumps({"press": found[-1]}))


async def files(stand: Stand) -> list[tuple[str, bytes]]:
    """Read the files that were delivered."""
    found = [block for block in await blocks(stand) if block["type"] == "file"]
    return [
        (block["name"], (await stand.chat._save(block["file_id"], block["name"])).read_bytes())
        for block in found
    ]


def hand_over(stand: Stand, day: date, code: str = SHOWROOM) -> None:
    """Let an item be handed over on a day of another year than the demo's."""
    stand.execute(
        "INSERT INTO items (barcode, company_id, operational_id_id, handed_over_on, item_type, with_ar, postcode,"
        f" addressee, weight_grams, price_cents) SELECT 'RR123456785BE', company_id, id, '{day}', 'registered', true,"
        f" '4000', 'Éloïse O''Hara', 20, 824 FROM operational_ids WHERE code = '{code}'"
    )


def text_of(pdf: bytes, folder: Path) -> str:
    """Read the text of a PDF with Poppler."""
    path = folder / "day.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


async def look_for_awaited(stand: Stand, moment: datetime) -> list[str]:
    stand.clock.moment = moment
    await AwaitedReceipts(stand.counter.house).run()
    await stand.work()
    return await stand.heard()


def rows(stand: Stand, query: str) -> list[Any]:
    with psycopg.connect(stand.address) as connection:
        return connection.execute(query.encode()).fetchall()


@pytest.mark.rule("REC-1", "REC-5", "REC-6", "REC-7", "ACC-9")
async def test_week_gives_a_signed_file_a_day_and_one_zip(sit: Sit, tmp_path: Path) -> None:
    async with sit(at(date(2026, 11, 22))) as stand:
        told, delivered = await stand.say(f"récépissés du 9 au 13 novembre pour {SHOWROOM}, en néerlandais")
        assert told.startswith("Je prépare et signe 4 fichiers de récépissés")
        assert delivered.count("recepisses-2026-11-") == 4
        await press(stand, "Tout en un seul ZIP")
        *days, (zip_name, packed) = await files(stand)
        assert zip_name == "recepisses-2026-11-09-2026-11-13.zip"
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            assert sorted(archive.read(name) for name in archive.namelist()) == sorted(c for _, c in days)
            assert archive.namelist()[0] == f"2026-11-09-{SHOWROOM}.pdf"
        said = await asyncio.to_thread(pdfsig, days[0][1], tmp_path)
        assert "Signature is Valid" in said
        assert "Total document signed" in said
        text = await asyncio.to_thread(text_of, days[0][1], tmp_path)
        assert "Afgiftebewijs" in text
        assert "Menuiserie Lambert & Fils SA, Liège" in text
        for (barcode,) in rows(
            stand,
            "SELECT barcode FROM items i JOIN operational_ids o ON o.id = i.operational_id_id"
            f" WHERE code = '{SHOWROOM}' AND handed_over_on = '2026-11-09'",
        ):
            assert barcode in text
        audited = rows(stand, "SELECT action, count(*) FROM audit GROUP BY action ORDER BY action")
        assert audited == [("file:receipt.generate", 4), ("file:receipt.zip", 1)]


@pytest.mark.rule("REC-2", "REP-3")
@pytest.mark.parametrize(
    ("handed_over_on", "there_on"),
    [
        (date(2026, 10, 23), date(2026, 10, 26)),  # the hour that comes twice lies in between
        (date(2027, 3, 26), date(2027, 3, 29)),  # the hour that is left out
        (date(2026, 12, 30), date(2027, 1, 2)),  # New Year
        (date(2028, 2, 28), date(2028, 3, 2)),  # a leap day
        (date(2028, 2, 29), date(2028, 3, 3)),
    ],
)
async def test_receipts_come_by_themselves_on_the_third_day_after_a_restart(
    sit: Sit, handed_over_on: date, there_on: date
) -> None:
    async with sit(at(handed_over_on, 18)) as stand:
        if handed_over_on.year > 2026 or handed_over_on.month == 12:
            hand_over(stand, handed_over_on)
        await stand.say(f"récépissés d'aujourd'hui pour {SHOWROOM}")
        (noted,) = await press(stand, "Me l’envoyer le")
        assert noted.startswith("C’est noté")
        assert await look_for_awaited(stand, at(there_on - timedelta(days=1), 23, 59)) == []
    async with sit(at(there_on, 0, 0), stand) as later:
        announced, delivered = await look_for_awaited(later, at(there_on, 0, 0))
        assert announced.startswith("Les récépissés que vous aviez demandés sont disponibles")
        assert delivered.startswith(f"recepisses-{handed_over_on}-{SHOWROOM}.pdf")
        assert await look_for_awaited(later, at(there_on, 0, 5)) == []
        assert rows(later, "SELECT count(*) FROM awaited_receipts") == [(0,)]


@pytest.mark.rule("REC-2", "OPT-3")
async def test_option_gives_receipts_the_next_day_and_the_rest_of_a_week_follows(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 18))) as stand:
        told, _delivered = await stand.say(f"récépissés du 16 au 18 novembre pour {ACCOUNTS}")
        assert "2 fichiers" in told
        assert "Les récépissés du 18 novembre 2026 seront disponibles à partir du 19 novembre 2026." in told
        (told,) = await stand.say(f"récépissés du 16 au 18 novembre pour {SHOWROOM}")
        assert told.startswith("Les récépissés du 16–18 novembre 2026 seront disponibles à partir du 21")
        await press(stand, "Me l’envoyer le 21 novembre 2026")
        assert await look_for_awaited(stand, at(date(2026, 11, 20), 23, 59)) == []
        _announced, delivered = await look_for_awaited(stand, at(date(2026, 11, 21)))
        assert delivered.count(SHOWROOM) >= 3


@pytest.mark.rule("REC-2")
async def test_rest_of_a_week_is_offered_under_its_files_where_it_is_still_in_sight(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 20))) as stand:
        told, delivered = await stand.say(f"récépissés de cette semaine pour {SHOWROOM}")
        assert (
            "Les récépissés du 18–20 novembre 2026 seront disponibles à partir du 23 novembre 2026." in told
        )
        assert "M’envoyer le reste" not in told
        assert delivered.endswith("M’envoyer le reste le 23 novembre 2026")
        await press(stand, "M’envoyer le reste")
        _announced, rest = await look_for_awaited(stand, at(date(2026, 11, 23)))
        assert [name for name, _content in (await files(stand))[-3:]] == [
            f"recepisses-2026-11-{day}-{SHOWROOM}.pdf" for day in (18, 19, 20)
        ]
        assert "M’envoyer le reste" not in rest


@pytest.mark.rule("ITM-3", "GEN-8")
async def test_operational_id_with_parcels_only_says_that_a_parcel_has_no_receipt(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 20))) as stand:
        (told,) = await stand.say(f"récépissés du 9 au 13 novembre pour {PARCELS}")
        assert told.startswith("Pour cette période, vous n’avez remis que des paquets : 9–13 novembre 2026.")
        assert "Un paquet n'a pas de récépissé" in told
        assert "aucun envoi" not in told
        (parcels, _list) = await press(stand, "Voir ces paquets")
        assert "envois" in parcels
        told, delivered = await stand.say(f"récépissés du 9 au 13 novembre pour {SHOWROOM} et {PARCELS}")
        assert f"été remis sous {PARCELS} pour cette période : 9–13 novembre 2026." in told
        assert delivered.count(f"{SHOWROOM}.pdf") == 4
        assert PARCELS not in delivered


@pytest.mark.rule("GEN-7")
async def test_all_operational_ids_said_later_take_the_place_of_the_one_said_first(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 22))) as stand:
        await stand.say(f"récépissés de la semaine prochaine pour {SHOWROOM}")
        _told, delivered = await stand.say("récépissés d'avant-hier pour tous mes ID")
        assert f"2026-11-20-{ACCOUNTS}.pdf" in delivered


@pytest.mark.rule("REC-2", "OPT-3")
async def test_day_that_an_option_brought_forward_is_not_sent_again_with_the_rest(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 19))) as stand:
        stand.execute(
            "INSERT INTO option_requests (company_id, operational_id_id, option_code, first_on, state, requested_at)"
            " SELECT company_id, id, (SELECT min(code) FROM options WHERE next_day_receipts), '2026-11-18', 'active',"
            f" '2026-11-10' FROM operational_ids WHERE code = '{SHOWROOM}'"
        )
        _told, delivered = await stand.say(f"récépissés du 16 au 19 novembre pour {SHOWROOM}")
        assert [day for day in range(16, 20) if f"2026-11-{day}-{SHOWROOM}.pdf" in delivered] == [16, 18]
        await press(stand, "M’envoyer le reste")
        sent = "\n".join(await look_for_awaited(stand, at(date(2026, 11, 20))))
        assert [day for day in range(16, 20) if f"2026-11-{day}-{SHOWROOM}.pdf" in sent] == [17, 19]


@pytest.mark.rule("REC-2", "ACC-6", "ACC-9")
async def test_who_lost_the_right_meanwhile_gets_nothing(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 20))) as stand:
        await stand.say(f"récépissés d'aujourd'hui pour {SHOWROOM}")
        await press(stand, "Me l’envoyer le")
        stand.execute("UPDATE memberships SET rights = '{invoices}'")
        assert await look_for_awaited(stand, at(date(2026, 11, 23))) == []
        assert rows(stand, "SELECT count(*) FROM awaited_receipts") == [(0,)]
        assert stand.files() == 0


@pytest.mark.rule("GEN-3")
async def test_operational_id_of_others_is_not_known(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 22))) as stand:
        (asked,) = await stand.say(f"récépissés du 18 novembre pour {GENT}")
        assert f"{GENT} ne figure pas parmi vos ID opérationnels." in asked
        assert rows(stand, "SELECT count(*) FROM receipt_reports") == [(0,)]


@pytest.mark.rule("REC-3", "REC-5")
async def test_report_made_again_keeps_its_day_of_removal_and_is_then_gone_for_good(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 22))) as stand:
        await stand.say(f"récépissés du 24 novembre 2025 pour {SHOWROOM}")
        stand.clock.moment = at(date(2026, 11, 24), 9)
        await stand.say("quels récépissés ai-je déjà générés ?")
        await press(stand, "Générer à nouveau")
        (listed,) = await stand.say("quels récépissés ai-je déjà générés ?")
        assert "24 novembre 2026, 09:00" in listed
        assert rows(stand, "SELECT count(*) FROM receipt_reports") == [(1,)]
        retention = Retention(stand.counter.database, 365)
        await retention.run(int(at(date(2026, 11, 24), 23, 59).timestamp()))
        assert rows(stand, "SELECT count(*) FROM receipt_reports") == [(1,)]
        stand.clock.moment = at(date(2026, 11, 25), 0, 1)
        # Its last day is over, and the job that removes it has not come yet.
        (fetched,) = await press(stand, "Recevoir le fichier")
        assert fetched.startswith("Ces récépissés ne sont plus conservés")
        (listed,) = await stand.say("quels récépissés ai-je déjà générés ?")
        assert "24 novembre 2025" not in listed
        await retention.run(int(stand.clock.moment.timestamp()))
        assert rows(stand, "SELECT count(*) FROM receipt_reports") == [(0,)]
        (gone,) = await stand.say(f"récépissés du 24 novembre 2025 pour {SHOWROOM}")
        assert gone.startswith("Ces récépissés n’existent plus (24 novembre 2025)")
        # The copies that were delivered go with it, not thirty days later.
        left = rows(stand, "SELECT max(expires_at - created_at) FROM files")[0][0]
        assert left <= timedelta(days=3)


@pytest.mark.rule("REC-3", "CNV-2")
async def test_who_wants_is_warned_a_month_before_each_week_once(sit: Sit) -> None:
    async with sit(at(date(2026, 11, 22))) as stand:
        await stand.say("quels récépissés ai-je déjà générés ?")
        (summed_up,) = await press(stand, "M’avertir un mois avant")
        assert "Je peux y aller ?" in summed_up
        assert rows(stand, "SELECT count(*) FROM receipt_warnings") == [(0,)]
        await stand.agree()
        await ReceiptWarnings(stand.counter.house).run()
        (warned,) = await stand.heard()
        assert warned.startswith("Les récépissés du 17 novembre")
        assert "21 décembre 2025 seront supprimés à partir du 23 novembre 2026" in warned
        await ReceiptWarnings(stand.counter.house).run()
        assert await stand.heard() == []
        stand.clock.moment = at(date(2026, 11, 30))
        await ReceiptWarnings(stand.counter.house).run()
        (next_week,) = await stand.heard()
        assert next_week.startswith("Les récépissés du 22 décembre 2025")
        assert "seront supprimés à partir du 23 décembre 2026" in next_week
        told, *_rest = await press(stand, "Recevoir les récépissés :")
        assert told.startswith("Je prépare et signe")


async def drop(stand: Stand, content: bytes, tmp_path: Path) -> list[str]:
    """Drop a file into the chat."""
    path = tmp_path / "dropped.pdf"
    path.write_bytes(content)
    return await stand.say(f"/file {path}")


@pytest.mark.rule("REC-7", "CNV-5")
async def test_dropped_receipt_is_judged_and_not_kept(sit: Sit, tmp_path: Path) -> None:
    async with sit(at(date(2026, 11, 22))) as stand:
        await stand.say(f"récépissés du 18 novembre pour {SHOWROOM}")
        ((_name, receipt),) = await files(stand)
        checking, genuine = await drop(stand, receipt, tmp_path)
        assert checking == "Je vérifie la signature de ce fichier."
        assert genuine.startswith("Ce récépissé est authentique et n’a pas été modifié. Signé par")
        _checking, changed = await drop(stand, receipt.replace(b"/Type", b"/TypE", 1), tmp_path)
        assert "authentique" not in changed
        _checking, appended = await drop(stand, receipt + b"\n", tmp_path)
        assert appended.startswith("Attention : ce fichier a été modifié")
        _checking, unsigned = await drop(stand, b"%PDF-1.7\nnothing", tmp_path)
        assert unsigned.startswith("Je ne peux pas lire ce PDF")
        (no_pdf,) = await drop(stand, b"PK\x03\x04", tmp_path)
        assert no_pdf.startswith("Je ne peux vérifier que des fichiers PDF")
        (large,) = await drop(stand, b"%PDF-" + b"x" * 10_000_001, tmp_path)
        assert large.startswith("Ce fichier est trop volumineux")
        assert rows(stand, "SELECT count(*) FROM uploads") == [(0,)]


@pytest.mark.rule("REC-7", "CNV-3", "ACC-8")
async def test_stranger_may_have_a_receipt_checked_and_an_open_form_goes_on(sit: Sit, tmp_path: Path) -> None:
    async with sit(at(date(2026, 11, 22))) as stand:
        await stand.say(f"récépissés d'octobre pour {SHOWROOM}")
        checking, told = await drop(stand, b"%PDF-1.7\nnothing", tmp_path)
        assert checking.startswith("Je vérifie la signature de ce fichier.")
        assert "Revenons à notre question" in checking
        assert told.startswith("Je ne peux pas lire ce PDF")
    async with sit(at(date(2026, 11, 22)), email=None) as stand:
        checking, told = await drop(stand, b"%PDF-1.7\nnothing", tmp_path)
        assert checking == "Je vérifie la signature de ce fichier."
        assert told.startswith("Je ne peux pas lire ce PDF")
