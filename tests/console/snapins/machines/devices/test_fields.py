"""A box of choices says why one will not do, and proposes one that will."""

from pytestqt.qtbot import QtBot

from console.sdk.forms import Remark
from console.snapins.machines.devices import fields
from console.snapins.machines.devices.fields import OfferBox
from console.snapins.machines.devices.outlook import Offered


def test_the_first_that_will_do_is_proposed_and_the_others_say_why(qtbot: QtBot) -> None:
    box = OfferBox(Remark("About it"))
    qtbot.addWidget(box)
    assert (box.name, box.verdict()[0]) == ("", "")
    box.offer([(Offered("DMZ", "It is off."), "DMZ"), (Offered("default"), "default")])
    assert box.name == "default"
    assert box.itemText(0) == "DMZ (not now)"
    box.setCurrentIndex(0)
    assert box.verdict() == ("It is off.", box.remark)


def test_a_favourite_that_will_do_is_proposed_before_the_first(qtbot: QtBot) -> None:
    box = OfferBox(Remark("About it"))
    qtbot.addWidget(box)
    offered = [(Offered("isolated"), "isolated"), (Offered("nat"), "nat")]
    box.offer(offered, ("nat",))
    assert box.name == "nat"
    box.offer([(Offered("a"), "a"), (Offered("nat", "It is off."), "nat")], ("other", "nat"))
    assert box.name == "nat", "what was chosen stays"
    fresh = OfferBox(Remark("About it"))
    qtbot.addWidget(fresh)
    fresh.offer([(Offered("a"), "a"), (Offered("nat", "It is off."), "nat")], ("nat",))
    assert fresh.name == "a"


def test_what_was_chosen_stays_when_it_is_offered_again(qtbot: QtBot) -> None:
    box = OfferBox(Remark("About it"))
    qtbot.addWidget(box)
    offered = [(Offered("a"), "A"), (Offered("b"), "B")]
    box.offer(offered)
    box.setCurrentIndex(1)
    box.offer(offered)
    assert box.name == "b"
    box.offer(offered[:1])
    assert box.name == "a"


def test_words_of_libvirt_are_not_shown_bare() -> None:
    assert fields.switch_words("user") == "User-mode networking"
    assert fields.switch_words("DMZ") == "DMZ"
    assert "e1000e" in fields.model_words("e1000e")
    assert fields.bus_words("sata") == "SATA"
    assert fields.bus_words("ide") == "ide"
