"""Word what the channel itself has to say."""

from __future__ import annotations

from locales.phrases import say

# Translators: a button under a message in a group; it opens the person's own chat with the bot.
OPEN_PRIVATE = say("Open our private chat")
# Translators: the button of a file.
DOWNLOAD = say("Download")
FILE_GONE = say("This file is no longer kept. Please ask for it again.")
# Translators: a file that the chat platform may not carry, where no address of our own is set.
NOT_HERE = say("This file may not be sent in this chat. Please ask for it in the web chat.")
