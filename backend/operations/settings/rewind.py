"""A change of a machine's definition, taken back in the definition of now. Pure."""

from dataclasses import dataclass, field
from enum import Enum

from backend.refusals import ChangedAgain
from backend.settings import Edit, Field, Setting
from backend.xmldesc import hidden, tree
from backend.xmldesc.merging import Merger


class Insist(Enum):
    """Whether what was changed again since is set back too."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Rewind:
    """The definition `before` a change and the one `after` it, neither with what is hidden."""

    before: str = field(repr=False)
    after: str = field(repr=False)
    insist: Insist = Insist.NO

    def restored(self, now: str) -> str:
        """Return the definition of now without the change, with what is hidden in it.

        Raises ChangedAgain for what was changed since in the very same place.
        """
        whole = tree.read(now)
        made, places = self._merged(whole)
        if places and self.insist is Insist.NO:
            raise ChangedAgain(detail=places)
        hidden.put_back(made, whole)
        return tree.write(made)

    def overlaps(self, now: str) -> tuple[str, ...]:
        """Return the ways to what was changed since in the very same place."""
        return self._merged(tree.read(now))[1]

    def bare(self, now: str) -> tuple[str, ...]:
        """Return the types of displays that come back, with or without a password: who knows."""
        whole = tree.read(now)
        return hidden.lost(self._merged(whole)[0], whole)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What no definition sets, and is to be as before: the name."""
        was, became = (tree.text_of(tree.read(one), "name") for one in (self.before, self.after))
        return () if was == became else (Edit(Setting(Field.NAME), was),)

    def _merged(self, whole: tree.Element) -> tuple[tree.Element, tuple[str, ...]]:
        now, base, wanted = hidden.without(whole), tree.read(self.after), tree.read(self.before)
        for root in (now, base, wanted):
            for name in root.findall("name"):
                name.text = ""  # a verb of its own sets it
        merger = Merger()
        made = merger.merge(base, now, wanted)
        return made, tuple(overlap.path for overlap in merger.overlaps)
