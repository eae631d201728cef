"""Word the agents' page: what its buttons, marks and notices say, in the languages of all agents.

Places in braces are filled by the page's script, which is why no values are given here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.channels.web.sentences import SENTENCES as CHAT
from handlers.access import RIGHTS
from handlers.ticket_words import STATES, SUBJECTS
from locales.phrases import Phrase, say
from locales.words import LANGUAGES, words_of

# What the two pages say in the same words.
SHARED = ("offline", "back_online", "fault", "again", "demo_mark", "conversation")

SENTENCES: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: the title of the web page where agents work; Guichet is the product's name.
        "title": say("Guichet, the desk of the agents"),
        # Translators: under the name Guichet, at the top of the page where agents work.
        "subtitle": say("The desk of the agents"),
        "skip": say("Go straight to the queue"),
        "to_chat": say("To the chat"),
        "queue": say("Queue"),
        # Translators: a filter of the queue: all requests that are not settled yet.
        "view_open": say("All open"),
        "view_mine": say("Mine"),
        "view_overdue": say("Overdue"),
        # Translators: a filter of the queue: requests that nobody has taken yet.
        "view_new": say("New"),
        # Translators: a filter of the queue: requests that a colleague is handling.
        "view_taken": say("Being handled"),
        # Translators: a filter of the queue: requests where the customer is to answer.
        "view_waiting": say("Waiting for the customer"),
        # Translators: a filter of the queue: requests that are solved.
        "view_solved": say("Solved requests"),
        # Translators: a filter of the queue: requests that are closed.
        "view_closed": say("Closed requests"),
        "view": say("Show"),
        "subject": say("Subject"),
        "language": say("Language"),
        "any_subject": say("All subjects"),
        "any_language": say("All languages"),
        "nothing_here": say("Nothing waits here."),
        # Translators: read out by screen readers when the queue has changed.
        "queue_now": say("In the queue: {count}."),
        # Translators: read out when the next request in the queue is a new one.
        "has_come": say("New in the queue: {number}."),
        "choose_one": say("Choose a request in the queue."),
        "unknown_person": say("an unknown person"),
        "overdue": say("overdue"),
        "due": say("Answer by {at}"),
        "opened": say("Opened on {at}"),
        "before": say("What was said before"),
        "yours": say("This request is yours."),
        "nobodys": say("Nobody has taken this request yet."),
        "somebodys": say("{agent} has this request."),
        "just_taken": say("{agent} has just taken {number}."),
        "take": say("Take"),
        "take_next": say("Take the next one"),
        "answer_title": say("Answer to {customer}"),
        "answer_hint": say("The customer reads this, in {language}."),
        "answer": say("Answer"),
        "answer_send": say("Send the answer"),
        "answer_take": say("Take and answer"),
        "answer_not": say("Only who has the request can answer."),
        "note_title": say("Internal note"),
        "note_hint": say("For colleagues only: the customer never sees it."),
        "note": say("Note"),
        "note_keep": say("Keep the note"),
        "macros": say("Canned answers"),
        "macros_none": say("There are no canned answers in this language yet."),
        "macros_about": say("The one you choose comes into the answer, where you can still change it."),
        "put_back": say("Back into the queue"),
        "hand_over": say("Hand over"),
        "merge": say("Merge a duplicate"),
        "solve": say("Solved"),
        "close": say("Close"),
        "reopen": say("Open it again"),
        "accept_option": say("Activate the option"),
        "decline_option": say("Refuse the option"),
        "accept_option_ask": say(
            "The option that {number} asks for becomes active. Tell the customer in an answer."
        ),
        "decline_option_ask": say(
            "The option that {number} asks for is refused. Tell the customer why in an answer."
        ),
        "put_back_ask": say("{number} goes back into the queue, for whoever takes it."),
        "hand_over_ask": say("{number} goes to a colleague, who is told at once."),
        "hand_over_to": say("New colleague in charge"),
        "merge_ask": say(
            "{number} is closed and goes on as another request of the same customer, who is told."
        ),
        "merge_into": say("Goes on as"),
        "merge_none": say("This customer has no other request."),
        "solve_ask": say("The customer is asked whether {number} is solved."),
        "close_ask": say("{number} is closed; the customer is told and asked how content they are."),
        "cancel": say("Cancel"),
        "event_taken": say("{agent} has taken the request."),
        "event_solved": say("{agent} considers the request solved."),
        "event_closed": say("{agent} has closed the request."),
        "event_merged": say("Goes on as {text}."),
        "event_handed_over": say("{agent} has handed the request over."),
        "card": say("Customer"),
        "company": say("Company"),
        "no_company": say("No company"),
        "no_rights": say("no rights yet"),
        "email": say("E-mail address"),
        "channel": say("Channel"),
        "wrote_at": say("Wrote last on {at}"),
        "others": say("Other requests"),
        "others_none": say("None"),
        "has_left": say("This person has left: say nothing of any company."),
        "unlinked": say("Nobody knows who this is: say nothing of any customer."),
        "lately": say("What happened lately"),
        "lately_none": say("Nothing is to be seen."),
        "shortcuts": say("Keyboard"),
        "shortcuts_about": say("These keys work wherever you are not writing."),
        "single_keys": say("Use these keys"),
        "key_next": say("Next request in the queue"),
        "key_previous": say("Previous request in the queue"),
        "key_open": say("Open the request"),
        "key_back": say("Back to the queue, out of a field"),
        "key_send": say("Send the answer, while writing it"),
        "key_keep": say("Keep the note, while writing it"),
        "key_help": say("Show the keys"),
        "close_window": say("Close this window"),
        "back": say("Back to the queue"),
        "had_password": say("There was a password in it: it was blanked."),
        "not_there": say("This request is not there any more."),
        "gate_title": say("This page is for agents of the Service Centre"),
        "gate_words": say(
            "Write “link my account” in the chat, with the e-mail address of your agent's account. Then load this page "
            "again."
        ),
        "gate_demo": say("In the demonstration you can play an agent:"),
        "gate_behalf": say("You are working for a customer in the chat. Write /guichet end there first."),
        "no_script": say("This page needs JavaScript."),
    }
)


def in_all_languages() -> dict[str, dict[str, str]]:
    """Write every sentence of the page in each language, with the names of states, subjects and rights."""
    named = {
        **{name: CHAT[name] for name in SHARED},
        **SENTENCES,
        **{f"state_{state}": phrase for state, phrase in STATES.items()},
        **{f"subject_{subject}": phrase for subject, phrase in SUBJECTS.items()},
        **{f"right_{right}": phrase for right, phrase in RIGHTS.items()},
    }
    return {
        language: {name: words_of(language).write(phrase) for name, phrase in named.items()}
        for language in LANGUAGES
    }
