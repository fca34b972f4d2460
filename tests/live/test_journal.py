"""What a real host's journal says: of us, of virsh, of the guest, and of the time without us."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celadon_tour.patience import Patience

from backend.journal.entry import AuthorKind, During, Entry, What
from backend.model import DomainState
from backend.operations import domain, host, journal
from tests.live.stage import HOST, Guest, Stage, place

pytestmark = pytest.mark.live
OURS, OUTSIDE, GUEST = AuthorKind.CELADON, AuthorKind.OUTSIDE, AuthorKind.GUEST
QUIET_S = 2.5
"""After so long nothing of what happened is still to be told."""
QUIET = frozenset({What.AGENT_CONNECTED, What.AGENT_LEFT})


@pytest.fixture(scope="module")
def kept() -> Iterator[Stage]:
    with place() as root:
        stage = Stage(root, journal=root.parent / "journal.sqlite")
        stage.open()
        yield stage
        stage.strike()


@pytest.fixture(scope="module")
def told(kept: Stage) -> Guest:
    return kept.create("told")


def entries(guest: Guest) -> list[Entry]:
    """What the journal says of a machine, oldest first; agents come and go unsaid."""
    page = guest.stage.engine.query(journal.read, guest.ref).result(15)
    return [e for e in reversed(page.entries) if not {f.what for f in e.facts} & QUIET]


def tale(guest: Guest, since: int = 0) -> list[tuple[tuple[str, ...], AuthorKind]]:
    """Return what was told since then; that the definition is another one goes with the rest."""
    return [
        (tuple(f.what for f in e.facts if f.what != What.CONFIGURED or len(e.facts) == 1),
         e.author.kind)
        for e in entries(guest)[since:]
    ]  # fmt: skip


def begin(guest: Guest) -> int:
    """Return how much was told, once all that happened before is."""
    time.sleep(QUIET_S)
    return len(entries(guest))


def until(guest: Guest, *tales: tuple[str, AuthorKind], since: int) -> None:
    """Return once exactly this was told since then, in this order, and stays all there is."""
    wanted = [((what,), who) for what, who in tales]
    patience = Patience(30)
    while tale(guest, since) != wanted:
        assert not patience.is_over, (tale(guest, since), wanted)
        time.sleep(0.2)
    time.sleep(QUIET_S)
    assert tale(guest, since) == wanted


def test_what_we_make_and_do_is_ours(told: Guest) -> None:
    until(told, (What.CREATED, OURS), since=0)
    since = begin(told)
    told.boot()
    until(told, (What.STARTED, OURS), since=since)
    told.stage.must(domain.suspend, told.ref)
    told.stage.must(domain.resume, told.ref)
    until(told, (What.STARTED, OURS), (What.PAUSED, OURS), (What.RESUMED, OURS), since=since)


def test_what_virsh_does_is_outside(told: Guest) -> None:
    since = begin(told)
    told.stage.virsh("suspend", told.name)
    told.until(lambda record: record.state is DomainState.PAUSED)
    told.stage.virsh("resume", told.name)
    until(told, (What.PAUSED, OUTSIDE), (What.RESUMED, OUTSIDE), since=since)
    told.stage.virsh("desc", told.name, "--live", "--config", "said outside")
    until(
        told,
        (What.PAUSED, OUTSIDE), (What.RESUMED, OUTSIDE), (What.NOTES, OUTSIDE),
        since=since,
    )  # fmt: skip


def test_a_guest_that_restarts_does_so_itself(told: Guest) -> None:
    since, lines = begin(told), len(told.listen().lines)
    told.stage.virsh("send-key", told.name, "KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_DELETE")
    told.listen().wait_for("BOOT", since=lines)
    until(told, (What.RESTARTED, GUEST), since=since)


def test_a_reset_of_ours_is_ours_and_one(told: Guest) -> None:
    since, lines = begin(told), len(told.listen().lines)
    told.stage.must(domain.reset, told.ref)
    told.listen().wait_for("READY", since=lines)
    until(told, (What.RESTARTED, OURS), since=since)


def test_a_panic_is_the_guest_s(told: Guest) -> None:
    # libvirt may wait for ever for an agent that was asked in the moment of the reset before.
    told.stage.must(domain.destroy, told.ref)
    told.boot()
    since = begin(told)
    told.panic()
    until(told, (What.PANICKED, GUEST), since=since)
    told.stage.must(domain.destroy, told.ref)
    until(told, (What.PANICKED, GUEST), (What.TURNED_OFF, OURS), since=since)
    told.boot()


def test_a_checkpoint_by_virsh_is_one_entry(told: Guest) -> None:
    since = begin(told)
    told.stage.virsh("snapshot-create-as", told.name, "before")
    until(told, (What.CHECKPOINT_MADE, OUTSIDE), since=since)
    told.stage.virsh("snapshot-delete", told.name, "before")
    told.stage.must(host.refresh, HOST)
    until(told, (What.CHECKPOINT_MADE, OUTSIDE), (What.CHECKPOINT_DELETED, OUTSIDE), since=since)


def test_saved_and_restored_are_one_entry_each(told: Guest) -> None:
    since = begin(told)
    told.stage.must(domain.managed_save, told.ref)
    told.stage.virsh("start", told.name)
    told.until(lambda record: record.state is DomainState.RUNNING)
    until(told, (What.SAVED, OURS), (What.RESTORED, OUTSIDE), since=since)


def test_qemu_that_is_killed_is_told_of_the_host(told: Guest) -> None:
    since = begin(told)
    os.kill(told.qemu(), signal.SIGKILL)
    until(told, (What.CRASHED, AuthorKind.HOST), since=since)


@pytest.fixture(scope="module")
def absent(told: Guest) -> int:
    """Close the console, do something without it, and open it again; what was told before."""
    stage, before = told.stage, begin(told)
    stage.engine.close()
    stage.virsh("domrename", told.name, "renamed")
    told.name = "renamed"
    stage.virsh("start", told.name)
    stage.open()
    return before


def test_what_happened_while_no_console_ran_is_one_entry(told: Guest, absent: int) -> None:
    patience = Patience(20)
    while len(entries(told)) == absent:
        assert not patience.is_over
        time.sleep(0.2)
    time.sleep(QUIET_S)
    (away,) = entries(told)[absent:]
    assert away.during is During.CLOSED
    assert {What.STARTED, What.RENAMED} <= {fact.what for fact in away.facts}
    assert away.author.kind is AuthorKind.UNKNOWN


_ANOTHER = """
import sys, time
sys.path[:0] = {path!r}
from pathlib import Path
from backend.operations import domain
from tests.live.stage import Stage
stage = Stage(Path({root!r}), journal=Path({journal!r}))
stage.open()
ref = next(record.ref for record in stage.domains() if record.name == {name!r})
print("ready", flush=True)
while True:
    stage.do(domain.suspend, ref)
    stage.do(domain.resume, ref)
    time.sleep(2.5)
    print("turn", flush=True)
"""


def test_a_console_that_is_killed_leaves_a_sound_journal_to_another(told: Guest) -> None:
    stage = told.stage
    script = _ANOTHER.format(
        path=sys.path,
        root=str(stage.root),
        journal=str(stage.root.parent / "journal.sqlite"),
        name=told.name,
    )
    before = begin(told)
    other = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert other.stdout
    for word in ("ready", "turn", "turn", "turn"):
        assert other.stdout.readline().strip() == word
    other.kill()
    other.stdout.close()
    other.wait()
    page = stage.engine.query(journal.read, told.ref).result(15)
    assert page.problem is None
    found = entries(told)[before:]
    assert any(entry.author.kind is OURS for entry in found), "what the other did was Celadon's"
    turns = [fact.what for entry in found for fact in entry.facts]
    assert turns[:4] == [What.PAUSED, What.RESUMED] * 2, "both consoles saw it: it is told once"
    if told.record.state is DomainState.PAUSED:
        stage.must(domain.resume, told.ref)


def test_it_goes_with_its_disk(kept: Stage, told: Guest) -> None:
    told.remove()
    patience = Patience(20)
    while True:
        page = kept.engine.query(journal.read, told.ref).result(15)
        if page.entries[0].facts[0].what == What.DELETED:
            break
        assert not patience.is_over
        time.sleep(0.2)
    assert page.entries[0].author.kind is OURS
    assert page.entries[0].name == "renamed"
    assert Path(kept.root.parent / "journal.sqlite").exists()
