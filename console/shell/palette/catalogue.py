"""Everything that can be found at this moment, and what of it fits what was typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from console.shell.order import Natural, natural
from console.shell.palette import ranking
from console.shell.palette.finds import Find, Source, Standing
from console.shell.palette.ranking import Spans
from console.shell.palette.recent import Recent

SHOWN = 60
_SUBJECTS = 3
_PAIR = 5
"""What it costs to be found as thing and deed together, rather than by its own title."""
HABIT = 9
"""Less than the step between two ways to fit: a habit decides among equals, not against letters."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A find that fits, and what of its title did."""

    find: Find
    spans: Spans = ()


class Catalogue:
    """What the sources had when it was last gathered. Looking in it asks nobody."""

    def __init__(self, sources: Sequence[Source], recent: Recent) -> None:
        self._sources = list(sources)
        self._recent = recent
        self._lately: frozenset[str] = frozenset()
        self._finds: tuple[Find, ...] = ()
        self._by_id: dict[str, Find] = {}

    def gather(self) -> None:
        """Ask the sources what there is now."""
        found = (find for source in self._sources for find in source())
        self._by_id = {}
        for number, find in enumerate(found):
            self._by_id.setdefault(find.id or f"#{number}", find)
        self._finds = tuple(self._by_id.values())
        self._lately = frozenset(self._recent.ids)

    def remember(self, find: Find) -> None:
        """Offer this first from now on."""
        self._recent.add(find.id)

    def search(self, text: str) -> list[Hit]:
        """Return what fits, the best first; for no words what was used last, then what is here."""
        words = ranking.split(text)
        if not words:
            return self._first()
        ranked = list(self._ranked(words, self._finds))
        ranked += self._pairs(words)
        return best(ranked)

    def _first(self) -> list[Hit]:
        recent = [find for key in self._recent.ids if (find := self._found(key))]
        known = {find.id for find in recent}
        rest = [find for find in self._finds if find.id not in known]
        shown = sorted(rest, key=lambda find: find.standing)
        return [Hit(find) for find in (*recent, *shown[:SHOWN])]

    def _found(self, key: str) -> Find | None:
        """Return a find by its id; a deed at a place is one of the place's second step."""
        place = self._by_id.get(key.partition("@")[2])
        if key in self._by_id or place is None or place.further is None:
            return self._by_id.get(key)
        deed = next((find for find in place.further() if find.id == key), None)
        return named_after(deed, place) if deed else None

    def _ranked(self, words: tuple[str, ...], finds: Sequence[Find]) -> Iterator[tuple[int, Hit]]:
        for find in finds:
            if fit := ranking.fit(words, find.words):
                habit = HABIT if find.id in self._lately else 0
                yield fit.cost - habit, Hit(find, fit.spans)

    def _pairs(self, words: tuple[str, ...]) -> Iterator[tuple[int, Hit]]:
        """Find deeds at places: "web-01 shut", "shut web-01"."""
        for cut in range(1, len(words)):
            for subject, deed in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
                places = [find for find in self._finds if find.further]
                for cost, hit in sorted(self._ranked(subject, places), key=_order)[:_SUBJECTS]:
                    further = hit.find.further() if hit.find.further else ()
                    for more, found in self._ranked(deed, further):
                        yield (
                            cost + more + _PAIR,
                            Hit(named_after(found.find, hit.find), found.spans),
                        )


def best(ranked: list[tuple[int, Hit]]) -> list[Hit]:
    """Return the best hits in their order, each thing once."""
    shown: dict[str, Hit] = {}
    for number, (_cost, hit) in enumerate(sorted(ranked, key=_order)):
        shown.setdefault(hit.find.id or f"#{number}", hit)
        if len(shown) == SHOWN:
            break
    return list(shown.values())


def narrowed(text: str, finds: Sequence[Find]) -> list[Hit]:
    """Return what of a second step fits; for no words all of it, in its own order."""
    words = ranking.split(text)
    hits = ((fit.cost, Hit(f, fit.spans)) for f in finds if (fit := ranking.fit(words, f.words)))
    return [hit for _cost, hit in (sorted(hits, key=lambda pair: pair[0]) if words else hits)]


def named_after(deed: Find, place: Find) -> Find:
    """Return a deed that says at what it is done."""
    return replace(deed, beside=place.title, standing=Standing.ELSEWHERE)


def _order(ranked: tuple[int, Hit]) -> tuple[int, int, Natural]:
    cost, hit = ranked
    # A thousand machines fit "web" alike: then by name as in the list, and never by chance.
    return cost, hit.find.standing, natural(hit.find.title)
