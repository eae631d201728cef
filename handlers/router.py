"""Find the one handler of an intent; a feature is a file that registers itself here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from handlers.commands import Commands
from handlers.desk import Desk
from handlers.forms.declaration import Form
from handlers.reply import Reply
from handlers.request import Request

Handler = Callable[[Request, Desk], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Route:
    """How an intent is answered: by whom it may be asked, and the form it fills first.

    `right` is held in at least one company (ACC-6); `linked` is False for what a stranger may ask (ACC-8); `public`
    is True for what tells nothing of anybody and may be answered where others read along (GEN-4); `agent` is True for
    what only the agents of the Service Centre may do, with rights of their own (TIC-2).
    """

    intent: str
    handler: Handler
    form: Form | None = None
    right: str | None = None
    linked: bool = True
    public: bool = False
    agent: bool = False


class Router:
    """The intents that are answered, by name, and the commands that ask for them."""

    def __init__(self) -> None:
        self._routes: dict[str, Route] = {}
        self.commands = Commands()

    def add(
        self,
        intent: str,
        *,
        form: Form | None = None,
        right: str | None = None,
        linked: bool = True,
        public: bool = False,
        agent: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Register a handler for an intent, as a decorator."""

        def register(handler: Handler) -> Handler:
            if intent in self._routes:
                raise ValueError(f"{intent} has two handlers")
            self._routes[intent] = Route(intent, handler, form, right, linked, public, agent)
            return handler

        return register

    def include(self, other: Router) -> None:
        """Take in the routes of another subject."""
        for route in other:
            if route.intent in self._routes:
                raise ValueError(f"{route.intent} has two handlers")
            self._routes[route.intent] = route
        self.commands.include(other.commands)

    def find(self, intent: str) -> Route | None:
        """Find an intent's route; None where nothing answers it yet."""
        return self._routes.get(intent)

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes.values())
