"""Hand out files: only through signed addresses that expire, only to whom they were made for."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.front import CHANNEL, Front
from bot.channels.web.pages import Pages
from bot.channels.web.refusals import Refused, refusal
from bot.channels.web.showing import file_address
from bot.seals import Expired, FileGrant, NotSigned
from bot.sessions import enter_for_files
from services.audit import AuditLog
from services.files import FileRecord, Files
from services.people import People


class FileDesk:
    """Give files and fresh addresses of them."""

    def __init__(self, front: Front, pages: Pages) -> None:
        self._front = front
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses answered here."""
        return [
            Route("/files/{grant}", self.fetch),
            Route("/api/files/{file_id}", self.address, methods=["POST"]),
        ]

    async def fetch(self, request: Request) -> Response:
        """Give the file that a signed address names; a kind page where its time is over."""
        try:
            grant = self._front.seals.grant(request.path_params["grant"])
        except Expired:
            return self._gone(request, 410, "address_over")
        except NotSigned:
            return self._gone(request, 404, "no_such_file")
        file = await self._read(grant, noting=request.method == "GET")
        if file is None:
            return self._gone(request, 404, "no_such_file")
        return Response(
            file.content,
            media_type=file.media_type,
            headers={
                "Content-Disposition": disposition(file.name),
                "Cache-Control": "private, no-store",
            },
        )

    async def address(self, request: Request) -> Response:
        """Give a page a fresh address of a file it shows: the page may have stood open for long."""
        visitor = self._front.visitor(request)
        place = await self._front.place(visitor)
        file_id = request.path_params["file_id"]
        if place.user_id is None or await self._read(FileGrant(file_id, place.user_id)) is None:
            raise Refused(404, "no_such_file")
        return JSONResponse(file_address(self._front, file_id, place.user_id))

    async def _read(self, grant: FileGrant, *, noting: bool = False) -> FileRecord | None:
        """Read a file as its person, as far as they still may (GEN-3); `noting` writes the delivery down (ACC-9)."""
        now = self._front.clock.now()
        counter = self._front.counter
        async with counter.database.transaction() as session:
            people = People(session)
            user = await people.user(grant.user_id)
            if user is None:
                return None
            await enter_for_files(session, user.id, now)
            file = await Files(session).read(grant.file_id, now)
            if file is None or file.user_id != user.id:
                return None
            if noting:
                await AuditLog(session).note(
                    actor=user.id, subject=file.company_id, action="file:fetched", channel=CHANNEL, at=now
                )
        return file

    def _gone(self, request: Request, status: int, code: str) -> Response:
        if "text/html" in request.headers.get("Accept", ""):
            return self._pages.gone(request, status)
        return refusal(status, code)


def disposition(name: str) -> str:
    """Name a file for the browser to save: plain letters for old ones, the true name for all others (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(c if c.isalnum() or c in "-_. ()" else "_" for c in plain).strip() or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
