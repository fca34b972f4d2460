"""Memory at the start and at most: one that is not dynamic stays so."""

import pytest

from backend.settings import Edit, Field, Setting, Value
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue
from backend.xmldesc.settings.facts import Facts
from tests.backend.xmldesc.settings.pages import Machine

MIB = 2**20
STARTUP, MAXIMUM = Setting(Field.MEMORY_STARTUP), Setting(Field.MEMORY_MAXIMUM)


def after(before: tuple[int, int], *edits: Edit) -> tuple[Value, Value]:
    startup, maximum = before
    domain = tree.read(
        f"<domain><memory unit='MiB'>{maximum}</memory>"
        f"<currentMemory unit='MiB'>{startup}</currentMemory></domain>"
    )
    catalogue.write(domain, edits)
    found = catalogue.settings(domain)
    return found[STARTUP].value, found[MAXIMUM].value


@pytest.mark.parametrize(
    ("before", "edit", "left"),
    [
        ((512, 512), Edit(STARTUP, 1024 * MIB), (1024, 1024)),
        ((512, 512), Edit(STARTUP, 256 * MIB), (256, 256)),
        ((512, 1024), Edit(STARTUP, 256 * MIB), (256, 1024)),
        ((512, 1024), Edit(STARTUP, 2048 * MIB), (2048, 2048)),
        ((512, 512), Edit(MAXIMUM, 1024 * MIB), (512, 1024)),
        ((512, 1024), Edit(MAXIMUM, 256 * MIB), (256, 256)),
    ],
)
def test_one_takes_the_other_along(
    before: tuple[int, int], edit: Edit, left: tuple[int, int]
) -> None:
    assert after(before, edit) == (left[0] * MIB, left[1] * MIB)


def test_both_together_in_either_order() -> None:
    edits = (Edit(MAXIMUM, 1024 * MIB), Edit(STARTUP, 256 * MIB))
    assert after((512, 512), *edits) == (256 * MIB, 1024 * MIB)
    assert after((512, 512), *reversed(edits)) == (256 * MIB, 1024 * MIB)


def test_without_a_balloon_s_value_it_starts_with_all() -> None:
    domain = tree.read("<domain><memory>1024</memory></domain>")
    assert catalogue.settings(domain)[STARTUP].value == MIB


def test_pages_of_the_host() -> None:
    machine = Machine("", Facts(pages={2 * MIB: 0, 1024 * MIB: 4}))
    told = machine.offers(Field.MEMORY_HUGE_PAGES)
    assert told == {0: "", 2 * MIB: "HugePagesMissing", 1024 * MIB: ""}
    for value in (0, 2 * MIB, None):
        assert machine.set(Field.MEMORY_HUGE_PAGES, value).get(Field.MEMORY_HUGE_PAGES) == value
    assert machine.text() == ""


def test_shared_memory_has_a_file_without_a_name() -> None:
    machine = Machine("").set(Field.MEMORY_SHARED, value=True)
    assert "<source type='memfd'/>" in machine.text()
    assert machine.set(Field.MEMORY_SHARED, value=False).text() == ""


def test_what_is_ours_stands_in_our_namespace() -> None:
    machine = Machine("").set(Field.MEMORY_MINIMUM, 64 * MIB)
    assert machine.get(Field.MEMORY_MINIMUM) == 64 * MIB
    assert "xmlns:celadon='urn:celadon:machine:1'" in machine.text()
    assert machine.set(Field.MEMORY_MINIMUM, None).text() == ""


def test_memory_that_can_be_plugged_in_needs_one() -> None:
    machine = Machine("<memory unit='MiB'>512</memory><vcpu>2</vcpu>")
    told = machine.set(Field.MEMORY_LIMIT, 1024 * MIB).text()
    assert "<maxMemory slots='16' unit='KiB'>1048576</maxMemory>" in told
    assert "<cell id='0' cpus='0-1' memory='524288' unit='KiB'/>" in told
    assert "cpu>" not in machine.set(Field.MEMORY_LIMIT, None).text().replace("vcpu>", "")
