"""What a change did in words, and who did it."""

from dataclasses import replace

import pytest

from backend.journal.entry import UNKNOWN, During, What, fact
from backend.operations.alterations import Alteration
from backend.settings import Comparison, Place, Section
from console.snapins.machines.history import words
from tests.console.snapins.machines.history.changes import change
from tests.fakes.entries import CELADON, entry


def test_settings_are_told_by_their_values() -> None:
    assert words.headline(change("m1", "m2")) == (
        "Startup memory 2 GiB → 4 GiB, Memory: Maximum 2 GiB → 4 GiB"
    )
    assert words.headline(change("m2", "m1")).startswith("Startup memory 4 GiB → 2 GiB")


def test_of_many_the_first_are_told() -> None:
    assert words.headline(change("m1", "m4")) == (
        "Startup memory 2 GiB → 4 GiB, Memory: Maximum 2 GiB → 4 GiB, Network adapter "
        "52:54:00:00:00:01 removed and 1 more"
    )
    assert len(words.told_of(change("m1", "m4"))) == 4


def test_a_controller_is_told_only_where_nothing_else_is() -> None:
    port = Place(Section.CONTROLLER, "pci:7", ("pci", "pcie-root-port"))
    drive = Place(Section.DRIVE, "vdb", ("disk", "virtio"))
    assert words.differing(Comparison(came=(port, drive))) == ("Hard drive vdb added",)
    assert words.differing(Comparison(came=(port,))) == ("1 controllers added",)
    assert words.differing(Comparison()) == ()


def test_a_name_is_told_once() -> None:
    renamed = fact(What.RENAMED, before="a", after="b")
    told = replace(change("m1", "m1", more=[renamed]), comparison=Comparison(parts=("name",)))
    assert words.told_of(told) == ("Renamed from “a” to “b”",)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (fact(What.CREATED, definition="m1"), "Created"),
        (fact(What.DELETED, definition="m1"), "Deleted"),
        (
            fact(What.CONFIGURED, before="m1", after=""),
            "Definition deleted: it exists until it is turned off",
        ),
    ],
)
def test_it_comes_and_goes(said: object, expected: str) -> None:
    one = entry(said)  # type: ignore[arg-type]
    assert words.told_of(Alteration(one, *(one.marks or ("", "")))) == (expected,)


def test_what_differs_in_nothing_that_can_be_seen_was_written_anew() -> None:
    assert words.headline(change("m1", "m1")) == "Written anew"


def test_who_did_it() -> None:
    assert words.by(change("m1", "m2").entry) == "Outside Celadon"
    assert words.by(change("m1", "m2", author=CELADON).entry) == "Celadon (ada@desk)"
    closed = change("m1", "m2", author=UNKNOWN, during=During.CLOSED)
    assert words.by(closed.entry) == "Outside, while Celadon was closed"
