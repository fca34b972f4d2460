"""Changes of a definition on libvirt's test driver: kept, read, compared, undone, restored."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import libvirt
import pytest

from backend.engine import Engine
from backend.host.managed import ManagedHost
from backend.jobs import Job, JobState
from backend.journal import scribe
from backend.journal.entry import AuthorKind, During, What
from backend.model import HostState, Kind, Ref
from backend.operations import alterations, domain
from backend.operations.alterations import Alteration, Undoing
from backend.operations.settings import sheet
from backend.operations.settings.rewind import Insist
from backend.settings import NOW, Edit, Field, Setting
from backend.specs import HostSpec
from tests.backend.conftest import Heard

MIB = 2**20
SECURE = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE
MAXIMUM, COUNT = Setting(Field.MEMORY_MAXIMUM), Setting(Field.PROCESSOR_COUNT)
TITLE = Setting(Field.NAME_TITLE)
HOST = Ref("t", Kind.HOST, "t")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scribe, "SETTLE_S", 0.05)


async def _change(host: ManagedHost, ref: Ref, old: str, new: str) -> None:
    def change(connect: libvirt.virConnect) -> None:
        text = connect.lookupByUUIDString(ref.key).XMLDesc(SECURE)
        assert old in text, (old, text)
        connect.defineXML(text.replace(old, new, 1))

    await host.tell(change)
    await host.read_now(ref)


async def _whole(host: ManagedHost, ref: Ref) -> str:
    return await host.ask(lambda connect: str(connect.lookupByUUIDString(ref.key).XMLDesc(SECURE)))


def outside(heard: Heard, vm: Ref, old: str, new: str) -> None:
    """Change the definition as virsh would, and wait until the journal tells of it."""
    changes(heard, vm)  # so what was there before is known by now
    count = told(heard)
    heard.engine.query(_change, vm, old, new).result(5)
    heard.until(lambda: told(heard) > count)


def told(heard: Heard) -> int:
    """Return how many changes of definitions the engine has told of so far."""
    return len({entry.uid for entry in heard.entries if entry.marks is not None})


def changes(heard: Heard, vm: Ref) -> tuple[Alteration, ...]:
    return heard.engine.query(alterations.read, vm).result(5).changes


def whole(heard: Heard, vm: Ref) -> str:
    return heard.engine.query(_whole, vm).result(5)


def end(heard: Heard, operation: object, ref: Ref, *arguments: object) -> Job:
    return heard.end_of(heard.engine.submit(operation, ref, *arguments))  # type: ignore[arg-type]


def marks(one: Alteration) -> tuple[str, str]:
    return one.before, one.after


def off(heard: Heard, vm: Ref) -> None:
    assert end(heard, domain.destroy, vm).state is JobState.DONE


def test_what_others_change_is_kept_with_what_was_before(heard: Heard, vm: Ref) -> None:
    outside(heard, vm, "<vcpu placement='static'>2", "<vcpu placement='static'>4")
    (found,) = changes(heard, vm)
    assert found.entry.author.kind is AuthorKind.OUTSIDE
    assert found.comparison
    told = {change.setting: (change.before, change.after) for change in found.comparison.values}
    assert told == {COUNT: (2, 4), Setting(Field.PROCESSOR_MAXIMUM): (2, 4)}
    lines = heard.engine.query(alterations.compare, vm, *marks(found)).result(5).lines
    assert [line for line in lines if line[0] in "+-"] == [
        "-  <vcpu placement='static'>2</vcpu>", "+  <vcpu placement='static'>4</vcpu>",
    ]  # fmt: skip


async def _change_in_silence(host: ManagedHost, ref: Ref) -> None:
    """Change what libvirt sends no event for, and read nothing afterwards."""
    flags = libvirt.VIR_DOMAIN_AFFECT_CONFIG
    await host.tell(lambda connect: connect.lookupByUUIDString(ref.key).setVcpusFlags(1, flags))


@pytest.mark.parametrize("question", [alterations.read, sheet.look])
def test_what_libvirt_tells_nobody_is_found_by_who_looks(
    heard: Heard, vm: Ref, question: Callable[..., object]
) -> None:
    heard.engine.query(sheet.look, vm).result(5)
    count = told(heard)
    heard.engine.query(_change_in_silence, vm).result(5)
    heard.engine.query(question, vm).result(5)  # type: ignore[arg-type]
    heard.until(lambda: told(heard) > count)
    entry = changes(heard, vm)[0].entry
    assert entry.author.kind is AuthorKind.OUTSIDE


def test_what_we_change_bears_our_name(heard: Heard, vm: Ref) -> None:
    assert changes(heard, vm) == ()  # so what was there before is known by now
    end(heard, sheet.apply, vm, NOW, (Edit(MAXIMUM, 3072 * MIB),))
    heard.until(lambda: told(heard) == 1)
    (found,) = changes(heard, vm)
    assert found.entry.author.kind is AuthorKind.CELADON
    end(heard, domain.set_notes, vm, "hello")
    heard.until(lambda: told(heard) == 2)
    assert changes(heard, vm)[0].entry.author.kind is AuthorKind.CELADON


def test_what_no_setting_tells_is_told_by_its_element(heard: Heard, vm: Ref) -> None:
    outside(heard, vm, "<clock offset='utc'/>", "<clock offset='utc'><timer name='hpet'/></clock>")
    (found,) = changes(heard, vm)
    assert found.comparison
    assert found.comparison.parts == ("+clock/timer[hpet]",)
    assert found.comparison.values == ()


def test_it_is_undone_to_the_very_text_with_its_secrets(heard: Heard, vm: Ref) -> None:
    off(heard, vm)
    outside(heard, vm, "<devices>", "<devices><graphics type='vnc' port='-1' passwd='pencil'/>")
    before = whole(heard, vm)
    assert "pencil" in before
    outside(heard, vm, "<clock offset='utc'/>", "<clock offset='utc'><timer name='hpet'/></clock>")
    assert whole(heard, vm) != before
    job = end(heard, alterations.undo, vm, *marks(changes(heard, vm)[0]))
    assert job.state is JobState.DONE, job.problem
    assert whole(heard, vm) == before
    heard.until(lambda: told(heard) == 3)
    undone = changes(heard, vm)[0]
    assert (undone.entry.author.kind, undone.after) == (
        AuthorKind.CELADON,
        changes(heard, vm)[1].before,
    )


def test_no_secret_is_written_to_the_disk(uri: str, vm: Ref, tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite"
    engine = Engine([HostSpec("t", "Test", uri)], journal=file)
    engine.start()
    heard = Heard(engine)
    heard.until(lambda: heard.records and heard.host().state is HostState.CONNECTED)
    outside(heard, vm, "<devices>", "<devices><graphics type='vnc' port='-1' passwd='pencil'/>")
    marked = changes(heard, vm)[0].after
    kept = engine.query(alterations.text, vm, marked).result(5)
    engine.close()
    assert "graphics" in kept
    assert "pencil" not in kept
    assert file.stat().st_mode & 0o777 == 0o600
    database = sqlite3.connect(file)
    assert database.execute("SELECT count(*) FROM definition").fetchone() == (2,)
    database.close()


def test_what_was_changed_elsewhere_since_stays(heard: Heard, vm: Ref) -> None:
    off(heard, vm)
    before = whole(heard, vm)
    outside(heard, vm, "<vcpu placement='static'>2", "<vcpu placement='static'>4")
    first = changes(heard, vm)[0]
    outside(heard, vm, "<on_crash>destroy", "<on_crash>preserve")
    plan: Undoing = heard.engine.query(alterations.plan, vm, *marks(first)).result(5)
    assert {c.setting for c in plan.comparison.values} == {c.setting for c in plan.plan.changes}
    job = end(heard, alterations.undo, vm, *marks(first))
    assert job.state is JobState.DONE, job.problem
    assert whole(heard, vm) == before.replace("<on_crash>destroy", "<on_crash>preserve")


def test_what_was_changed_again_is_asked_about(heard: Heard, vm: Ref) -> None:
    off(heard, vm)
    before = whole(heard, vm)
    outside(heard, vm, "<vcpu placement='static'>2", "<vcpu placement='static'>4")
    first = changes(heard, vm)[0]
    outside(heard, vm, "<vcpu placement='static'>4", "<vcpu placement='static'>8")
    plan: Undoing = heard.engine.query(alterations.plan, vm, *marks(first)).result(5)
    assert plan.overlaps == ("vcpu",)
    assert (COUNT, 8, 2) in [(c.setting, c.before, c.after) for c in plan.again]
    refused = end(heard, alterations.undo, vm, *marks(first))
    assert refused.problem
    assert (refused.problem.message_id, refused.problem.detail) == ("ChangedAgain", ("vcpu",))
    assert end(heard, alterations.undo, vm, *marks(first), Insist.YES).state is JobState.DONE
    assert whole(heard, vm) == before


def test_all_is_as_it_was_then(heard: Heard, vm: Ref) -> None:
    off(heard, vm)
    before = whole(heard, vm)
    outside(heard, vm, "<vcpu placement='static'>2", "<vcpu placement='static'>4")
    outside(heard, vm, "<on_crash>destroy", "<on_crash>preserve")
    end(heard, domain.rename, vm, "other")
    heard.until(lambda: told(heard) == 3)
    last, _second, first = changes(heard, vm)
    assert last.entry.author.kind is AuthorKind.CELADON
    now = heard.engine.query(alterations.read, vm).result(5).now
    assert now == last.after
    job = end(heard, alterations.undo, vm, first.before, now)
    assert job.state is JobState.DONE, job.problem
    assert whole(heard, vm) == before
    assert "<name>test</name>" in before


def test_a_display_that_comes_back_is_told_of(heard: Heard, vm: Ref) -> None:
    off(heard, vm)
    display = "<graphics type='vnc' port='-1' autoport='yes' passwd='pencil'>"
    outside(heard, vm, "<devices>", "<devices><graphics type='vnc' port='-1' passwd='pencil'/>")
    text = whole(heard, vm)
    start = text.index(display)
    stop = text.index("</graphics>", start) + len("</graphics>")
    outside(heard, vm, text[start:stop], "")
    plan = heard.engine.query(alterations.plan, vm, *marks(changes(heard, vm)[0])).result(5)
    assert plan.bare == ("vnc",)


def test_what_was_changed_while_no_console_ran_is_one_entry(
    uri: str, vm: Ref, tmp_path: Path
) -> None:
    file, node = tmp_path / "journal.sqlite", Path(uri.removeprefix("test://"))

    def session(act: Callable[[Heard], None]) -> None:
        engine = Engine([HostSpec("t", "Test", uri)], journal=file)
        engine.start()
        heard = Heard(engine)
        try:
            heard.until(lambda: heard.records and heard.host().state is HostState.CONNECTED)
            engine.query(alterations.read, vm).result(5)
            act(heard)
        finally:
            engine.close()

    session(lambda _heard: None)
    for old, new in ((">2</vcpu>", ">4</vcpu>"), ("<on_crash>destroy", "<on_crash>preserve")):
        text = node.read_text()
        assert old in text, text
        node.write_text(text.replace(old, new))

    def look(heard: Heard) -> None:
        heard.until(lambda: told(heard) == 1)
        (found,) = changes(heard, vm)
        assert (found.entry.during, found.entry.author.kind) == (
            During.CLOSED, AuthorKind.UNKNOWN,
        )  # fmt: skip
        off(heard, vm)
        job = end(heard, alterations.undo, vm, *marks(found))
        assert job.state is JobState.DONE, job.problem
        assert ">2</vcpu>" in whole(heard, vm)

    session(look)


def test_a_deleted_machine_is_defined_again(heard: Heard, vm: Ref) -> None:
    assert changes(heard, vm) == ()
    off(heard, vm)
    before = whole(heard, vm)
    assert end(heard, domain.delete, vm).state is JobState.DONE
    read = alterations.read_deleted
    heard.until(lambda: told(heard) == 1)
    (deleted,) = heard.engine.query(read, HOST).result(5).changes
    assert (deleted.entry.subject, deleted.entry.name, deleted.after) == (vm, "test", "")
    assert What.DELETED in {fact.what for fact in deleted.entry.facts}
    job = end(heard, alterations.define_again, HOST, deleted.before)
    assert (job.state, job.result) == (JobState.DONE, vm), job.problem
    assert whole(heard, vm) == before
    assert heard.engine.query(read, HOST).result(5).changes == ()


async def _undefine(host: ManagedHost, ref: Ref) -> None:
    await host.tell(lambda connect: connect.lookupByUUIDString(ref.key).undefine())
    await host.read_now(ref)


def test_a_definition_comes_back_with_the_password_that_its_machine_runs_with(
    heard: Heard, vm: Ref
) -> None:
    off(heard, vm)
    outside(heard, vm, "<devices>", "<devices><graphics type='vnc' port='-1' passwd='pencil'/>")
    assert end(heard, domain.start, vm).state is JobState.DONE
    before, count = changes(heard, vm)[0].after, told(heard)
    heard.engine.query(_undefine, vm).result(5)
    heard.until(lambda: told(heard) > count)
    assert heard.engine.query(alterations.plan, vm, before, "").result(5).bare == ()
    assert end(heard, alterations.undo, vm, before, "").state is JobState.DONE
    assert "passwd='pencil'" in whole(heard, vm)
