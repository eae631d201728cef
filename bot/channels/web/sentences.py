"""Word the page itself: what its buttons, marks and notices say, in the languages of all readers.

Places in braces are filled by the page's script, which is why no values are given here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from locales.phrases import Phrase, say
from locales.words import LANGUAGES, words_of

SENTENCES: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: the title of the web page; Guichet is the product's name.
        "title": say("Guichet, the counter of the bpost Service Centre"),
        # Translators: under the name Guichet, at the top of the page.
        "subtitle": say("The counter of the Service Centre"),
        # Translators: a link for keyboard users at the top of the page.
        "skip": say("Go straight to writing"),
        "conversation": say("Conversation"),
        "you": say("You"),
        # Translators: greets before anything was said.
        "welcome": say("Welcome to the counter. Write as you would speak, in your own language."),
        # Translators: above example sentences that are sent when they are pressed.
        "try": say("For example:"),
        "write_label": say("Your message"),
        # Translators: in the empty input line.
        "write_here": say("Write your message…"),
        "write_hint": say("Enter sends, Shift and Enter begin a new line."),
        "send": say("Send"),
        "writing": say("Guichet is writing…"),
        "working": say("Guichet is working on it…"),
        "new_below": say("New answer below"),
        "cut": say("Older messages are not shown."),
        # Translators: under a message that has not reached the server.
        "unsent": say("Not sent yet. I keep trying."),
        # Translators: under a message that the server refused.
        "failed": say("This message could not be sent."),
        "too_long": say("This message is too long to be sent. Please shorten it."),
        # Translators: the button beside the line to write in; a deposit receipt is checked for its signature.
        "attach": say("Have a receipt (PDF) checked"),
        "file_too_large": say("This file is too large to be checked."),
        "again": say("Try again"),
        "offline": say("No connection. I keep trying; what you write will be sent."),
        "back_online": say("The connection is back."),
        "session_over": say("Your visit had ended, so a new conversation has begun."),
        "storage_off": say("This browser keeps nothing here: after closing, the conversation is gone."),
        "fault": say("Something went wrong on this page. Please load it again."),
        # Translators: the button of a file.
        "download": say("Download"),
        "file_gone": say("This file is no longer kept. Please ask for it again."),
        # Translators: the heading, for screen readers, of the column with the buttons of a row.
        "row_actions": say("Actions"),
        # Translators: after the label of a button that was pressed, for screen readers.
        "chosen": say("(chosen)"),
        "opens_page": say("(opens another page)"),
        "required_mark": say("Fields with * are needed."),
        "missing_value": say("Please fill this in."),
        "not_a_number": say("Please give a whole number."),
        "between": say("Please choose between {minimum} and {maximum}."),
        "wrong_order": say("The last day lies before the first."),
        "not_an_email": say("Please give an e-mail address, such as name@company.be."),
        "please_choose": say("Please choose"),
        "other_period": say("Other dates…"),
        "first_day": say("First day"),
        "last_day": say("Last day"),
        # Translators: beside the input of how many pieces of a product are ordered.
        "quantity": say("Quantity"),
        "several_values": say("Several are possible, separated by commas."),
        "no_file_here": say("Files cannot be sent here."),
        # Translators: what the conversation shows of a form that was filled in; a list of its values follows.
        "form_sent": say("Filled in:"),
        # Translators: what the conversation shows of something that was no text.
        "unreadable": say("(a file)"),
        "demo_mark": say("Demo data"),
        "demo_about": say("Companies, people and figures are invented. Nothing here is real."),
        # Translators: a link to the page where agents work.
        "agents_desk": say("The desk of the agents"),
        "demo_play": say("Play somebody"),
        # Translators: above the list of the people whom one can play in the demonstration.
        "demo_you_are": say("You are"),
        "no_script": say("This chat needs JavaScript. You can also call {phone} or write to {email}."),
        # Translators: a page where a file was to be; the link to the file works for some minutes only.
        "gone_title": say("This link has ended"),
        "gone_expired": say(
            "Links to files work for a short time, so that nobody else can use them. Go back to the chat and "
            "press Download again, or ask for the file once more."
        ),
        "gone_unknown": say(
            "There is no file here, or it is not yours to see. Go back to the chat and ask for it again."
        ),
        "gone_back": say("Back to the chat"),
        "launcher_open": say("Open the chat with the Service Centre"),
        "launcher_close": say("Close the chat"),
        "launcher_title": say("Chat with the bpost Service Centre"),
    }
)


def in_language(language: str) -> dict[str, str]:
    """Write every sentence of the page in one language."""
    words = words_of(language)
    return {name: words.write(phrase) for name, phrase in SENTENCES.items()}


def in_all_languages() -> dict[str, dict[str, str]]:
    """Write every sentence of the page in each language."""
    return {language: in_language(language) for language in LANGUAGES}
