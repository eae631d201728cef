"""Word what more than one channel has to say by itself."""

from __future__ import annotations

from locales.phrases import say

# Translators: told privately to somebody who pressed a button that was made for another person; 200 characters.
NOT_YOURS = say("This button was made for somebody else. Write to me, and I will help you in the same way.")
