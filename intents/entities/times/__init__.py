"""Find periods and dates in what a customer writes, in French, Dutch, English or German.

A text is cut once into tokens (`tokens`), which one lexicon of the four languages (`lexicon`, `words_*`) gives their
senses (`reading`); a small grammar reads them, one module for each family of phrases, longest first, looking a bounded
number of items ahead (`dates`, `weekdays`, `units`, `parts`, `marks`, `named`; `ranges` ties them together);
`settle` then finds the days on the calendar, or what is wrong.
"""

from intents.entities.times.finder import find_times

__all__ = ["find_times"]
