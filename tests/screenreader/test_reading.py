"""The running program, read back through AT-SPI as a screen reader hears it."""

from collections.abc import Iterator

import pytest

from tests.screenreader.desktop import Accessible, Reader, desktop, missing, until

if missing():
    pytest.skip(f"not installed: {', '.join(missing())}", allow_module_level=True)

# What nobody knows what to do with. A region (to AT-SPI a filler) has a name at least.
VAGUE = {"unknown", "invalid", "redundant object"}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with desktop("--no-embedded", "--connect", "test:///default") as reader:
        reader.find("tree item", "test")
        yield reader


def nameless(reader: Reader) -> list[str]:
    """Return what can have the keyboard and is not called anything, or is nothing in particular."""
    found = [thing for thing in reader.all() if thing.is_focusable]
    assert len(found) > 10
    return [
        f"{thing.role} {thing.name!r} ({thing.description!r})" for thing in found if is_mute(thing)
    ]


def is_mute(thing: Accessible) -> bool:
    # A cell may be empty: nothing is to be said of it, and its neighbours speak.
    is_cell = thing.role in ("tree item", "table cell", "list item")
    return (not thing.name and not is_cell) or thing.role in VAGUE


def test_all_that_can_have_the_keyboard_has_a_name_and_a_role(reader: Reader) -> None:
    assert not "\n".join(nameless(reader))


def test_the_tree_tells_names_states_and_remarks(reader: Reader) -> None:
    told = {thing.name for thing in reader.find("tree", "Tree").everything()}
    assert {"Virtual Machines", "Storage", "Virtual Switches", "test (Running)"} <= told


def test_the_list_tells_its_cells_and_its_columns(reader: Reader) -> None:
    told = [
        (thing.role, thing.name) for thing in reader.find("tree", "Virtual Machines").everything()
    ]
    assert ("column header", "State") in told
    cells = [name for role, name in told if role == "tree item"]
    assert cells[:2] == ["test", "Running"]


def test_panes_stand_in_the_order_in_which_one_reads_them(reader: Reader) -> None:
    order = [thing.name for thing in reader.all() if thing.role in ("tree", "push button")]
    places = [order.index(name) for name in ("Tree", "Virtual Machines", "Quick Create...")]
    assert places == sorted(places)


def test_a_change_is_told_where_it_stands(reader: Reader) -> None:
    """The machine is paused from the actions pane, by ear alone."""
    row = next(t for t in reader.find("tree", "Virtual Machines").everything() if t.name == "test")
    row.press()
    reader.press("push button", "Pause")
    reader.find("tree item", "test (Paused)")
    reader.find("tree item", "Paused")
    reader.press("push button", "Resume")
    reader.find("tree item", "test (Running)")


@pytest.mark.parametrize(
    ("button", "title", "way_out"),
    [
        ("Quick Create", "Quick Create", "Cancel"),
        ("Define from XML", "Define from XML", "Cancel"),
        ("Import Existing Disk", "Import Existing Disk", "Cancel"),
        ("Edit Notes", "Notes", "Cancel"),
        ("Turn Off", "Turn off", "Cancel"),
        ("Show as Script", "Show as Script", "Close"),
        ("Show XML", "XML of", "Close"),
        ("Settings", "Settings of test", "Cancel"),
        ("Help", "Celadon Help", ""),
    ],
)
def test_windows_are_told_with_all_that_is_in_them(
    reader: Reader, button: str, title: str, way_out: str
) -> None:
    before = len(reader.windows())
    reader.press("push button", button)
    until(lambda: len(reader.windows()) > before or None, f"the window {title!r}")
    until(lambda: title in reader.windows()[-1].name or None, f"the title {title!r}")
    assert not "\n".join(nameless(reader))
    if way_out:
        reader.press("push button", way_out)
        until(lambda: len(reader.windows()) == before or None, "it to be gone")


def test_the_palette_is_told(reader: Reader) -> None:
    """Last of all: by ear alone it is left with Escape, and nobody presses that here."""
    reader.press("push button", "Search machines, actions, settings")
    reader.find("text", "Search machines, actions, settings")
    found = reader.find("list", "What was found")
    told = [thing.name for thing in found.everything() if thing.role == "list item"]
    assert "Pause, test" in told
    assert not "\n".join(nameless(reader))
