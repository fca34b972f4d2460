"""A change taken back in the definition of now: merged, or refused; and what is hidden stays."""

import pytest

from backend.operations.settings.rewind import Insist, Rewind
from backend.refusals import ChangedAgain
from backend.settings import Edit, Field, Setting
from backend.xmldesc import tree, verbatim

DISPLAY = "<graphics type='vnc' port='-1'/>"
BEFORE = f"<domain><name>a</name><vcpu>1</vcpu><devices>{DISPLAY}</devices></domain>"
AFTER = BEFORE.replace("<vcpu>1", "<vcpu>2")
SECRET = DISPLAY.replace("/>", " passwd='pencil'/>")


def tidy(text: str) -> list[str]:
    return verbatim.lines(tree.read(text))


def test_what_is_hidden_is_that_of_now() -> None:
    now = AFTER.replace(DISPLAY, SECRET)
    wanted = BEFORE.replace(DISPLAY, SECRET)
    assert tidy(Rewind(BEFORE, AFTER).restored(now)) == tidy(wanted)


def test_what_was_changed_again_is_refused_unless_one_insists() -> None:
    now = AFTER.replace("<vcpu>2", "<vcpu>3")
    with pytest.raises(ChangedAgain) as told:
        Rewind(BEFORE, AFTER).restored(now)
    assert told.value.detail == ("vcpu",)
    assert "<vcpu>1" in Rewind(BEFORE, AFTER, Insist.YES).restored(now)
    assert Rewind(BEFORE, AFTER).overlaps(now) == ("vcpu",)


def test_a_name_is_set_by_a_verb_of_its_own() -> None:
    renamed = BEFORE.replace("<name>a", "<name>b")
    assert Rewind(BEFORE, renamed).edits == (Edit(Setting(Field.NAME), "a"),)
    assert Rewind(BEFORE, AFTER).edits == ()
    now = BEFORE.replace("<name>a", "<name>c")
    assert Rewind(BEFORE, renamed).overlaps(now) == ()
    assert tidy(Rewind(BEFORE, renamed).restored(now)) == tidy(now), "the name of today"


def test_a_display_that_comes_back_is_named() -> None:
    without = BEFORE.replace(DISPLAY, "")
    assert Rewind(BEFORE, without).bare(without) == ("vnc",)
    assert Rewind(BEFORE, AFTER).bare(AFTER) == ()


def test_it_is_never_printed() -> None:
    assert "domain" not in repr(Rewind(BEFORE, AFTER))


def disk(target: str, slot: str) -> str:
    address = f"<address type='pci' slot='{slot}'/>" if slot else ""
    return f"<disk><target dev='{target}'/>{address}</disk>"


def devices(*found: str) -> str:
    return f"<domain><name>a</name><devices>{''.join(found)}</devices></domain>"


def test_what_comes_back_gives_way_to_what_took_its_place() -> None:
    before, after = devices(disk("vda", "4"), disk("vdb", "5")), devices(disk("vda", "4"))
    now = devices(disk("vda", "4"), disk("vdc", "5"))
    text = Rewind(before, after).restored(now)
    found = tree.read(text).findall("devices/disk")
    slots = {
        tree.attribute(d, "target", "dev"): tree.attribute(d, "address", "slot") for d in found
    }
    assert slots == {"vda": "4", "vdb": "", "vdc": "5"}


def test_what_only_changed_keeps_its_place() -> None:
    changed = disk("vda", "4").replace("<target", "<driver cache='none'/><target")
    text = Rewind(devices(disk("vda", "4")), devices(changed)).restored(devices(changed, DISPLAY))
    assert "slot=" in text
