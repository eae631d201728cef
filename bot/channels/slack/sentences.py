"""Word what the channel itself says: names of its buttons, and the way to the private talk."""

from __future__ import annotations

from locales.phrases import Phrase, say

FILL_IN = say("Fill in the form")
CHANGE = say("Change")
CLOSE = say("Close")
CONTINUE = say("Continue")
PRIVATE_TALK = say("Open the private talk")
IN_PRIVATE = say("I am answering you in a private message.")
FETCH_FILE = say("Fetch the file")
FILE_GONE = say("This file is no longer kept. Please ask for it again.")
FILE_ON_THE_WEB = say(
    "Your company has files fetched on our own pages only. Please ask for it in the web chat."
)
FIRST_DAY = say("First day")
LAST_DAY = say("Last day")
WRONG_ORDER = say("The last day lies before the first.")
SEVERAL = say("Several are possible, separated by commas.")
NOT_A_NUMBER = say("Please give a whole number.")
REST_LATER = say("There is no room here for everything: I will ask you the rest in our conversation.")
PLEASE_FILL_IN = say("Please fill this in.")


def between(minimum: int | None, maximum: int | None) -> Phrase:
    """Name the bounds of a quantity."""
    return say(
        "{minimum} to {maximum}", minimum=minimum or 0, maximum=maximum if maximum is not None else "…"
    )
