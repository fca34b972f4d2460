"""What was changed between two descriptions is changed in a third; what was changed there stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.xmldesc import tree, verbatim
from backend.xmldesc.merging import Merger, differing, same
from tests.backend.xmldesc.settings.foreign import CORPUS

BASE = """<domain><memory unit='KiB'>1</memory><vcpu>1</vcpu>
<os><boot dev='hd'/><boot dev='cdrom'/></os><devices>
<disk><driver cache='none'/><target dev='vda'/><address type='pci' slot='4'/></disk>
<disk><target dev='vdb'/></disk>
<interface><mac address='52:54:00:00:00:01'/></interface>
<interface><mac address='52:54:00:00:00:02'/></interface>
</devices></domain>"""


def merged(base: str, now: str, wanted: str) -> tuple[str, list[str]]:
    merger = Merger()
    made = merger.merge(*(tree.read(text) for text in (base, now, wanted)))
    return tidy(tree.write(made)), [overlap.path for overlap in merger.overlaps]


def tidy(text: str) -> str:
    return "\n".join(verbatim.lines(tree.read(text)))


@pytest.mark.parametrize("whole", CORPUS)
def test_what_nobody_changed_since_becomes_the_very_same(whole: str) -> None:
    other = whole.replace("</devices>", "<tpm/></devices>")
    assert merged(other, other, whole) == (tidy(whole), [])


def test_changes_in_other_places_stay() -> None:
    now = BASE.replace("<vcpu>1", "<vcpu>4").replace("cache='none'", "cache='none' discard='unmap'")
    now = now.replace("<disk><target dev='vdb'/></disk>", "")
    wanted = BASE.replace(">1</memory>", ">2</memory>").replace(
        "cache='none'", "cache='directsync'"
    )
    both = now.replace(">1</memory>", ">2</memory>").replace("cache='none'", "cache='directsync'")
    assert merged(BASE, now, wanted) == (tidy(both), [])


def test_a_device_comes_back_in_its_place_beside_others() -> None:
    first = "<interface><mac address='52:54:00:00:00:01'/></interface>\n"
    without = BASE.replace(first, "")
    now = without.replace("</devices>", "<rng model='virtio'/></devices>")
    both = BASE.replace("</devices>", "<rng model='virtio'/></devices>")
    assert merged(without, now, BASE) == (tidy(both), [])
    assert merged(BASE, both, without) == (tidy(now), [])


@pytest.mark.parametrize(
    ("now", "wanted", "where"),
    [
        (("<vcpu>1", "<vcpu>4"), ("<vcpu>1", "<vcpu>2"), "vcpu"),
        (
            ("cache='none'", "cache='unsafe'"),
            ("cache='none'", "cache='directsync'"),
            "devices/disk[vda]/driver/@cache",
        ),
        (("slot='4'", "slot='5'"), ("slot='4'", "slot='6'"), "devices/disk[vda]/address"),
        (
            ("<disk><target dev='vdb'/></disk>", ""),
            ("<target dev='vdb'/>", "<target dev='vdb' bus='sata'/>"),
            "devices/disk[vdb]",
        ),
        (
            ("<target dev='vdb'/>", "<target dev='vdb' bus='sata'/>"),
            ("<disk><target dev='vdb'/></disk>", ""),
            "devices/disk[vdb]",
        ),
    ],
)
def test_the_very_same_place_is_told_and_is_as_wanted(
    now: tuple[str, str], wanted: tuple[str, str], where: str
) -> None:
    text, overlaps = merged(BASE, BASE.replace(*now), BASE.replace(*wanted))
    assert (text, overlaps) == (tidy(BASE.replace(*wanted)), [where])


def test_the_same_change_on_both_sides_is_no_overlap() -> None:
    other = BASE.replace("<vcpu>1", "<vcpu>4")
    assert merged(BASE, other, other) == (tidy(other), [])


def test_an_order_is_as_wanted_unless_it_was_moved_since() -> None:
    moved = BASE.replace(
        "<boot dev='hd'/><boot dev='cdrom'/>", "<boot dev='cdrom'/><boot dev='hd'/>"
    )
    now = BASE.replace("<boot dev='hd'/>", "<boot dev='hd'/><boot dev='network'/>")
    text, overlaps = merged(BASE, now, moved)
    assert [line.strip() for line in text.split("\n") if "boot" in line] == [
        "<boot dev='cdrom'/>", "<boot dev='hd'/>", "<boot dev='network'/>",
    ]  # fmt: skip
    assert overlaps == []


def test_what_differs_is_told_by_the_way_to_it() -> None:
    one, other = (
        tree.read(BASE),
        tree.read(
            BASE.replace("<vcpu>1", "<vcpu>2")
            .replace("cache='none'", "cache='unsafe'")
            .replace("<disk><target dev='vdb'/></disk>", "<rng model='virtio'/>")
        ),
    )
    assert list(differing(one, other)) == [
        "vcpu", "devices/disk[vda]/driver/@cache", "-devices/disk[vdb]", "+devices/rng",
    ]  # fmt: skip
    assert list(differing(one, tree.read(BASE))) == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_two_changes_in_different_places_are_undone_apart(data: st.DataObject) -> None:
    """Whatever two places are changed one after the other, the first is taken back alone."""
    text = data.draw(st.sampled_from(CORPUS))
    places = [
        (number, str(name))
        for number, element in enumerate(tree.read(text).iter())
        if isinstance(element.tag, str) and element.tag != "address"
        for name in element.attrib
        if name not in {"dev", "address", "type", "index", "name", "bus", "id", "dir", "vcpu"}
        and "xmlns" not in str(name)
    ]
    first, second = data.draw(
        st.lists(st.sampled_from(places), min_size=2, max_size=2, unique=True)
    )
    after, now, alone = (tree.read(text) for _ in range(3))
    for root, changed in ((after, [first]), (now, [first, second]), (alone, [second])):
        elements = list(root.iter())
        for number, name in changed:
            elements[number].set(name, "changed")
    merger = Merger()
    made = merger.merge(after, now, tree.read(text))
    assert same(made, alone)
    assert merger.overlaps == []
