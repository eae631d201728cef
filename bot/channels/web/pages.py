"""Serve the page with the chat, the script that embeds it elsewhere, and their files."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.channels.web.agents_sentences import in_all_languages as agents_in_all_languages
from bot.channels.web.front import Front
from bot.channels.web.headers import page_policy
from bot.channels.web.personas import examples_for_anybody, present, present_agents
from bot.channels.web.refusals import Refused
from bot.channels.web.sentences import in_all_languages
from bot.sessions import DEFAULT_LANGUAGE
from locales.words import LANGUAGES

FOLDER = Path(__file__).parent
YEAR_SECONDS = 31_536_000
EMBED_SECONDS = 3600
EMBED = "embed.js"
# What no platform's table of types may change.
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of the page, read once; `tag` changes with its content."""

    content: bytes
    media_type: str
    tag: str


class Pages:
    """Draw the pages."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._static = read_static(FOLDER / "static")
        self._version = _digest(b"".join(file.tag.encode() for _name, file in sorted(self._static.items())))
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined
        )
        self._words = in_all_languages()
        self._agents_words = agents_in_all_languages()
        self._personas = present() if front.demo else []
        self._examples = {language: examples_for_anybody(language) for language in LANGUAGES}
        self._ancestors = ("'self'", *front.counter.settings.embed_origins)
        self._embed = self._embed_script()

    def routes(self) -> list[Route]:
        """Give the addresses answered here."""
        return [
            Route("/", self.index),
            Route("/chat", self.chat),
            Route("/agent", self.agents),
            Route(f"/{EMBED}", self.embed),
            Route("/static/{version}/{name}", self.static),
            Route("/favicon.ico", self.icon),
        ]

    async def index(self, request: Request) -> Response:
        """Show the chat as a page of its own, in nobody's frame."""
        response = self._page(request, page_policy(), framed=False)
        response.headers["X-Frame-Options"] = "DENY"
        return response

    async def chat(self, request: Request) -> Response:
        """Show the chat for a frame: ours, or that of a site in `embed_origins`."""
        response = self._page(request, page_policy(self._ancestors), framed=True)
        if self._front.counter.settings.embed_origins:
            # A page that isolates itself embeds only what allows it.
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        else:
            # The older header knows no list of origins: it says so only where there is none.
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    async def agents(self, request: Request) -> Response:
        """Show the page where agents work, in nobody's frame: empty, until who looks at it proves to be one."""
        language = language_of(request)
        page = self._templates.get_template("agents.html").render(
            language=language,
            say=self._agents_words[language],
            static=f"/static/{self._version}",
            demo=self._front.demo,
            settings={
                "words": self._agents_words,
                "demo": self._front.demo,
                "agents": present_agents() if self._front.demo else [],
            },
        )
        headers = {
            "Content-Security-Policy": page_policy(),
            "X-Frame-Options": "DENY",
            "Cache-Control": "no-cache",
            "Vary": "Accept-Language",
        }
        return HTMLResponse(page, headers=headers)

    async def embed(self, request: Request) -> Response:
        """Give the script that other sites' pages load."""
        headers = {
            "Cache-Control": f"public, max-age={EMBED_SECONDS}",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Access-Control-Allow-Origin": "*",
        }
        return _with_tag(request, self._embed, headers)

    async def static(self, request: Request) -> Response:
        """Give a file of the page: for ever under the present version, else to be asked for again."""
        file = self._static.get(request.path_params["name"])
        if file is None:
            raise Refused(404, "not_here")
        current = request.path_params["version"] == self._version
        cached = f"public, max-age={YEAR_SECONDS}, immutable" if current else "no-cache"
        return _with_tag(request, file, {"Cache-Control": cached})

    async def icon(self, request: Request) -> Response:
        """Give the mark of the page where a browser looks for it unasked."""
        return _with_tag(request, self._static["mark.svg"], {"Cache-Control": "public, max-age=86400"})

    def gone(self, request: Request, status: int) -> Response:
        """Show kindly that an address no longer gives its file."""
        language = language_of(request)
        page = self._templates.get_template("gone.html").render(
            language=language,
            say=self._words[language],
            static=f"/static/{self._version}",
            expired=status == 410,
        )
        return HTMLResponse(page, status, {"Content-Security-Policy": page_policy()})

    def _page(self, request: Request, policy: str, *, framed: bool) -> Response:
        language = language_of(request)
        page = self._templates.get_template("chat.html").render(
            language=language,
            say=self._words[language],
            static=f"/static/{self._version}",
            framed=framed,
            demo=self._front.demo,
            settings=self._for_script(framed),
            contacts=self._front.counter.settings.contacts(),
        )
        headers = {
            "Content-Security-Policy": policy,
            "Cache-Control": "no-cache",
            "Vary": "Accept-Language",
        }
        return HTMLResponse(page, headers=headers)

    def _for_script(self, framed: bool) -> dict[str, Any]:
        return {
            "words": self._words,
            "framed": framed,
            "demo": self._front.demo,
            "upload_bytes": int(self._front.counter.settings.upload_megabytes * 1_000_000),
            "personas": self._personas,
            "examples": self._examples,
        }

    def _embed_script(self) -> StaticFile:
        """Put the few words that the launcher shows before its script."""
        shown = ("launcher_open", "launcher_close", "launcher_title")
        words = {language: {name: all_[name] for name in shown} for language, all_ in self._words.items()}
        source = (FOLDER / "templates" / EMBED).read_text(encoding="utf-8")
        content = source.replace("__WORDS__", json.dumps(words, ensure_ascii=False)).encode()
        return StaticFile(content, MEDIA_TYPES[".js"], _digest(content))


def read_static(folder: Path) -> dict[str, StaticFile]:
    """Read the page's files by name."""
    return {path.name: _read(path) for path in sorted(folder.iterdir()) if path.is_file()}


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    media_type = (
        MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    )
    return StaticFile(content, media_type, _digest(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _with_tag(request: Request, file: StaticFile, headers: dict[str, str]) -> Response:
    """Give a file, or only word that the browser's copy is still right."""
    headers = {**headers, "ETag": f'"{file.tag}"'}
    if f'"{file.tag}"' in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers={**headers, "Content-Type": file.media_type})


def language_of(request: Request) -> str:
    """Choose the language of a page: the address names it, or else the browser's first that we speak."""
    asked = request.query_params.get("lang", "")[:2].lower()
    if asked in LANGUAGES:
        return asked
    for part in _preferences(request.headers.get("Accept-Language", "")):
        if part in LANGUAGES:
            return part
    return DEFAULT_LANGUAGE


def _preferences(header: str) -> list[str]:
    """Read the languages of a browser, the most wanted first."""
    weighted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        weighted.append((-weight, tag[:2].lower()))
    return [tag for _weight, tag in sorted(weighted, key=lambda pair: pair[0])]
