"""Changes of a definition on a real host, by virsh, with a console and without: undone, the same.

No guest is needed: another client of libvirt says what the definition is, and was, with what is
secret in it.
"""

import time
from collections.abc import Callable, Iterator

import pytest
from celadon_tour.patience import Patience

from backend.journal import scribe
from backend.journal.entry import AuthorKind, During
from backend.model import Kind, Ref
from backend.operations import alterations, domain, host
from backend.operations.alterations import Alteration
from tests.live.settings_table import MAC, MACHINE, UUID
from tests.live.stage import HOST, Stage, place

pytestmark = pytest.mark.live
VM = Ref("live", Kind.DOMAIN, UUID)
UNKNOWN_PART = (
    "<ours:rack xmlns:ours='urn:example:rack' unit='7'><ours:note>left</ours:note></ours:rack>"
)


@pytest.fixture(scope="module")
def kept() -> Iterator[Stage]:
    """A host, whose journal outlives the console, with a machine of all that there is."""
    with place() as root, pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(scribe, "SETTLE_S", 0.2)
        stage = Stage(root, journal=root.parent / "journal.sqlite")
        stage.open()
        changes(stage)  # so what was there before is known by now
        define(stage, MACHINE)
        until(stage, 1)
        yield stage
        stage.strike()


def define(stage: Stage, text: str) -> None:
    """Define a machine as `virsh edit` does."""
    file = stage.root.parent / "definition.xml"
    file.write_text(text)
    stage.virsh("define", str(file))


def whole(stage: Stage) -> str:
    return stage.virsh("dumpxml", "--inactive", "--security-info", UUID)


def changes(stage: Stage) -> tuple[Alteration, ...]:
    return stage.engine.query(alterations.read, VM).result(15).changes


def until(stage: Stage, count: int) -> tuple[Alteration, ...]:
    """Return the changes once there are so many. libvirt tells of `--config` by no event."""
    stage.must(host.refresh, HOST)
    patience = Patience(30)
    while len(found := changes(stage)) != count:
        told = [(tuple(f.what for f in one.entry.facts), one.entry.during) for one in found]
        assert not patience.is_over, (count, len(found), told[:3])
        time.sleep(0.1)
    return found


def edit(*pairs: tuple[str, str]) -> Callable[[Stage], None]:
    def do(stage: Stage) -> None:
        text = whole(stage)
        for old, new in pairs:
            assert old in text, (old, text)
            text = text.replace(old, new, 1)
        define(stage, text)

    return do


def virsh(*words: str) -> Callable[[Stage], None]:
    def do(stage: Stage) -> None:
        stage.virsh(*words)

    return do


EDITS = {
    "memory": virsh("setmem", UUID, "256M", "--config"),
    "processors": virsh("setvcpus", UUID, "1", "--config"),
    "notes": virsh("desc", UUID, "--config", "said outside"),
    "adapter out": virsh("detach-interface", UUID, "user", "--mac", MAC, "--config"),
    "disk out": virsh("detach-disk", UUID, "vdb", "--config"),
    "disk in": virsh("attach-disk", UUID, "/nowhere/more.raw", "vdc", "--config"),
    "cache": edit(("discard='unmap'/>", "cache='unsafe' discard='unmap'/>")),
    "metadata": edit(("</metadata>", f"{UNKNOWN_PART}</metadata>")),
    "arguments": edit(("<qemu:arg value='foreign'/>", "<qemu:arg value='other'/>")),
    "clock": edit(("<clock offset='utc'>", "<clock offset='localtime'>")),
    "order": edit(("<boot dev='hd'/>", "<boot dev='network'/>\n    <boot dev='hd'/>")),
    "display": edit(("passwd='secret'", "passwd='secret' keymap='de'")),
}


@pytest.fixture(scope="module")
def absent(kept: Stage) -> tuple[str, int]:
    """Change it without a console, and open one again; how it was, and how often changed.

    First of all: what two consoles tell alike within seconds is taken for one happening.
    """
    before = whole(kept), len(changes(kept))
    kept.engine.close()
    for name in ("processors", "metadata", "disk out"):
        EDITS[name](kept)
    kept.open()
    return before


def test_what_was_changed_while_no_console_ran_is_one_and_undone(
    kept: Stage, absent: tuple[str, int]
) -> None:
    before, count = absent
    changed = until(kept, count + 1)[0]
    assert (changed.entry.during, changed.entry.author.kind) == (
        During.CLOSED, AuthorKind.UNKNOWN,
    )  # fmt: skip
    kept.must(alterations.undo, VM, changed.before, changed.after)
    assert whole(kept) == before
    until(kept, count + 2)


@pytest.mark.parametrize("name", EDITS)
def test_what_virsh_changes_is_undone_to_the_very_text(kept: Stage, name: str) -> None:
    before, count = whole(kept), len(changes(kept))
    assert "passwd='secret'" in before
    EDITS[name](kept)
    changed = until(kept, count + 1)[0]
    assert whole(kept) != before
    assert changed.entry.author.kind is AuthorKind.OUTSIDE
    assert changed.comparison, "it is said what differs"
    kept.must(alterations.undo, VM, changed.before, changed.after)
    assert whole(kept) == before
    undone = until(kept, count + 2)[0]
    assert (undone.entry.author.kind, undone.after) == (AuthorKind.CELADON, changed.before)


def test_the_first_of_two_is_undone_and_the_second_stays(kept: Stage) -> None:
    count = len(changes(kept))
    EDITS["disk out"](kept)
    first = until(kept, count + 1)[0]
    EDITS["metadata"](kept)
    until(kept, count + 2)
    kept.must(alterations.undo, VM, first.before, first.after)
    text = whole(kept)
    assert "urn:example:rack" in text
    assert "dev='vdb'" in text
    assert "passwd='secret'" in text
    *_rest, now = reversed(until(kept, count + 3))
    kept.must(alterations.undo, VM, first.before, now.after)
    assert "urn:example:rack" not in whole(kept)
    until(kept, count + 4)


def test_what_comes_back_gives_way_to_what_took_its_address(kept: Stage) -> None:
    before, count = whole(kept), len(changes(kept))
    EDITS["disk out"](kept)
    first = until(kept, count + 1)[0]
    EDITS["disk in"](kept)
    second = until(kept, count + 2)[0]
    kept.must(alterations.undo, VM, first.before, first.after)
    text = whole(kept)
    assert "dev='vdb'" in text
    assert "dev='vdc'" in text
    now = until(kept, count + 3)[0]
    kept.must(alterations.undo, VM, first.before, now.after)
    assert whole(kept) == before
    assert second.comparison
    until(kept, count + 4)


def test_no_secret_lies_on_the_disk(kept: Stage) -> None:
    directory = kept.root.parent
    for file in directory.glob("journal.sqlite*"):
        assert file.stat().st_mode & 0o077 == 0
    texts = [one.after for one in changes(kept)]
    for mark in texts:
        text = kept.engine.query(alterations.text, VM, mark).result(15)
        assert "secret'" not in text


def test_a_guest_that_starts_and_stops_changes_no_definition(kept: Stage) -> None:
    guest = kept.create("told")
    guest.boot()
    kept.must(domain.destroy, guest.ref)
    time.sleep(2.5)
    found = kept.engine.query(alterations.read, guest.ref).result(15).changes
    assert [(one.before, one.entry.author.kind) for one in found] == [("", AuthorKind.CELADON)]
    guest.remove()


def test_a_machine_that_virsh_deleted_is_defined_again(kept: Stage) -> None:
    before = whole(kept)
    kept.virsh("undefine", UUID, "--nvram")
    patience = Patience(30)
    while not (found := deleted(kept)):
        assert not patience.is_over
        time.sleep(0.1)
    (gone,) = found
    assert (gone.entry.name, gone.entry.author.kind) == ("settings", AuthorKind.OUTSIDE)
    kept.must(alterations.define_again, HOST, gone.before)
    assert whole(kept) == before.replace(" passwd='secret'", ""), "passwords are kept nowhere"
    assert deleted(kept) == ()


def deleted(stage: Stage) -> tuple[Alteration, ...]:
    found = stage.engine.query(alterations.read_deleted, HOST).result(15).changes
    return tuple(one for one in found if one.entry.subject == VM)
