"""A change of a machine's definition, taken back in the definition of now. Pure."""

from dataclasses import dataclass, field
from enum import Enum

from backend.refusals import ChangedAgain
from backend.settings import Edit, Field, Setting
from backend.xmldesc import hidden, tree
from backend.xmldesc.merging import Merger, same
from backend.xmldesc.settings.lens import forget_address


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
        """Return the definition of now without the change, with its name and what is hidden in it.

        Raises ChangedAgain for what was changed since in the very same place.
        """
        whole = tree.read(now)
        made, places = self._merged(whole)
        if places and self.insist is Insist.NO:
            raise ChangedAgain(detail=places)
        hidden.put_back(made, whole)
        for name in made.findall("name"):
            name.text = tree.text_of(whole, "name")
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
        _give_way(made, now)
        return made, tuple(overlap.path for overlap in merger.overlaps)


def _give_way(made: tree.Element, now: tree.Element) -> None:
    """Have libvirt choose a new address for what comes back to one that is taken by now."""
    there = list(now.iterfind("devices/*"))
    taken = {place for device in there if (place := _address(device))}
    for device in made.iterfind("devices/*"):
        is_back = not any(_address(one) == _address(device) and _is(one, device) for one in there)
        if is_back and _address(device) in taken and _is_shared(made, device):
            forget_address(device)


def _is(one: tree.Element, other: tree.Element) -> bool:
    """Return whether two devices are the same one, however it is set."""
    names = (("target", "dev"), ("mac", "address"), (".", "index"))
    told = [[tree.attribute(device, *way) for way in names] for device in (one, other)]
    return one.tag == other.tag and (same(one, other) or (any(told[0]) and told[0] == told[1]))


def _is_shared(made: tree.Element, device: tree.Element) -> bool:
    address = _address(device)
    return sum(_address(other) == address for other in made.iterfind("devices/*")) > 1


def _address(device: tree.Element) -> tuple[tuple[str, str], ...]:
    place = device.find("address")
    told = {} if place is None else {str(k): str(v) for k, v in place.attrib.items()}
    # The function that shares a slot with others says so; where it is does not depend on that.
    return tuple(sorted((k, v) for k, v in told.items() if k != "multifunction"))
