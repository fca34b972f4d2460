"""How well a few typed letters fit a text. Pure, and the same for the same letters.

A word fits, from best to worst: the whole text, its beginning, the beginning of a word in it, the
first letters of its words ("qc": Quick Create), a part of it, and letters that occur in this order.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

WHOLE, BEGINNING, WORD, INITIALS, PART, SCATTERED = 0, 10, 20, 30, 40, 60
BESIDE = 50
"""What a word costs that is not in the title but in what stands beside it."""
_SCATTER_MINIMUM, _SCATTER_MAXIMUM = 3, 3
_BREAKS = " -_./:·>()"

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """`cost` is smaller the better it fits; `spans` are (from, to) of what of the title did."""

    cost: int
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A title and what is said beside it, made ready to be searched."""

    title: str
    beside: str
    starts: tuple[int, ...]
    initials: str


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return a text without capitals and accents, letter for letter."""
    if text.isascii():
        return text.lower()
    plain = (unicodedata.normalize("NFKD", letter)[0].lower()[:1] for letter in text)
    return "".join(plain)


@lru_cache(maxsize=8192)
def prepare(title: str, beside: str = "") -> Words:
    """Return a text ready to be searched."""
    folded = fold(title.removesuffix("..."))
    starts = tuple(
        i
        for i, letter in enumerate(folded)
        if letter not in _BREAKS and (i == 0 or folded[i - 1] in _BREAKS)
    )
    return Words(folded, fold(beside), starts, "".join(folded[i] for i in starts))


def split(text: str) -> tuple[str, ...]:
    """Return the words that somebody typed, folded."""
    return tuple(fold(text).replace("...", " ").split())


def fit(words: tuple[str, ...], text: Words) -> Fit | None:
    """Return how well all the words fit; None if one of them does not. No words fit anything.

    Who types a title as it is written, or begins to, means it: that is one word that fits.
    """
    phrase = " ".join(words)
    if len(words) > 1 and text.title.startswith(phrase):
        return _fit_word(phrase, text)
    cost = 0
    spans: list[tuple[int, int]] = []
    for word in words:
        found = _fit_word(word, text)
        if found is None:
            return None
        cost += found.cost
        spans += found.spans
    return Fit(cost, tuple(sorted(spans)))


def _fit_word(word: str, text: Words) -> Fit | None:
    title = text.title
    at = title.find(word)
    if at == 0:
        return Fit(WHOLE if len(word) == len(title) else BEGINNING, ((0, len(word)),))
    if at > 0:
        begins = next((start for start in text.starts if title.startswith(word, start)), None)
        if begins is not None:
            return Fit(WORD, ((begins, begins + len(word)),))
    initials = _initials(word, text)
    if initials:
        return Fit(INITIALS, initials)
    if at > 0:
        return Fit(PART, ((at, at + len(word)),))
    if word in text.beside:
        return Fit(BESIDE)
    scattered = _scattered(word, title)
    return Fit(SCATTERED + _breadth(scattered) - len(word), scattered) if scattered else None


def _initials(word: str, text: Words) -> Spans:
    """Find the letters as first letters of words that follow each other."""
    at = text.initials.find(word) if len(word) > 1 else -1
    return tuple((s, s + 1) for s in text.starts[at : at + len(word)]) if at >= 0 else ()


def _scattered(word: str, title: str) -> Spans:
    """Find the letters in this order and near each other."""
    if len(word) < _SCATTER_MINIMUM or not all(letter in title for letter in word):
        return ()
    begins = (at for at, letter in enumerate(title) if letter == word[0])
    walks = (walk for at in begins if (walk := _walk(word, title, at)))
    best = min(walks, key=_breadth, default=())
    return best if best and _breadth(best) <= _SCATTER_MAXIMUM * len(word) else ()


def _walk(word: str, title: str, begin: int) -> Spans:
    places = [begin]
    for letter in word[1:]:
        place = title.find(letter, places[-1] + 1)
        if place < 0:
            return ()
        places.append(place)
    return tuple((place, place + 1) for place in places)


def _breadth(spans: Spans) -> int:
    return spans[-1][1] - spans[0][0]
