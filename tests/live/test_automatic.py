"""After a restart of the computer machines start in order, and stop as each is set: seen by virsh.

The computer's restart is what a container's is to us: another process 1, and guests that ended.
"""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import service
from backend.hypervisor.embedded import daemon, plan
from backend.jobs import JobState
from backend.model import Kind, Ref
from backend.operations import automatic, domain
from backend.operations.domain import Autostart
from backend.operations.settings import sheet
from backend.settings import NOW, Edit, Field, Setting, Value
from tests.backend.conftest import Heard
from tests.live.stage import HOST, Guest, Stage, place

pytestmark = pytest.mark.live
TINY = """<domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory>
<os><type arch='x86_64' machine='q35'>hvm</type></os>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices></domain>"""
DELAY_S = 2
SET: dict[str, dict[Field, Value]] = {
    "third": {Field.STOP_ACTION: "save"},
    "second": {
        Field.START_ORDER: 2,
        Field.START_DELAY_S: DELAY_S,
        Field.STOP_ACTION: "shut_down",
        Field.STOP_TIMEOUT_S: 1,
    },
}
FIRST: dict[Field, Value] = {Field.START_ORDER: 1, Field.STOP_ACTION: "shut_down"}


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    with place() as found:
        yield found


@pytest.fixture(scope="module")
def stage(root: Path) -> Iterator[Stage]:
    """A host with two machines that do nothing, and the sample guest, marked in some order."""
    made = Stage(root)
    made.open()
    guest = made.create("first")
    _set(made, guest.ref, FIRST)
    for name, wanted in SET.items():
        path = root.parent / f"{name}.xml"
        path.write_text(TINY.format(name=name))
        made.virsh("define", str(path))
        key = made.virsh("domuuid", name).strip()
        ref = Ref(HOST.host, Kind.DOMAIN, key)
        made.heard.until(lambda ref=ref: ref in made.heard.records)  # type: ignore[misc]
        _set(made, ref, wanted)
    made.engine.close()
    yield made
    daemon.stop(daemon.ensure(made.root))


@contextlib.contextmanager
def _opened(stage: Stage) -> Iterator[Heard]:
    """Open a console on the host."""
    stage.open()
    try:
        yield stage.heard
    finally:
        stage.engine.close()


def _set(stage: Stage, ref: Ref, wanted: dict[Field, Value]) -> None:
    edits = tuple(Edit(Setting(field), value) for field, value in wanted.items())
    stage.must(sheet.apply, ref, NOW, edits)
    stage.must(domain.set_autostart, ref, Autostart.ON)


def _restart(stage: Stage) -> None:
    """The computer starts anew: everything of its last life has ended."""
    ours = plan.make(stage.root)
    daemon._clear(ours.host.uri)
    daemon._end(ours.layout, at_once=False)
    (ours.layout.run / "init").write_text("another process 1")


def _started(stage: Stage) -> dict[str, float]:
    """When QEMU was started for each machine, as the kernel has it, in seconds."""
    found = {}
    for name in ("first", *SET):
        pid = (stage.embedded().run_directory / f"{name}.pid").read_text()
        ticks = Path(f"/proc/{pid.strip()}/stat").read_text().rsplit(")", 1)[1].split()[19]
        found[name] = int(ticks) / 100
    return found


def _job(stage: Stage, operation: str) -> JobState | None:
    jobs = [job for job in stage.heard.jobs.values() if job.operation == operation]
    return jobs[-1].state if jobs else None


def test_after_a_restart_they_start_in_order_with_their_delays(stage: Stage) -> None:
    _restart(stage)
    with _opened(stage) as heard:
        heard.until(lambda: _job(stage, "automatic.start_due") is JobState.DONE)
        at = _started(stage)
    assert sorted(at, key=lambda name: at[name]) == ["first", "second", "third"]
    assert at["second"] - at["first"] >= DELAY_S - 0.02
    assert not stage.embedded().due.exists()


def test_a_restart_of_libvirt_alone_starts_nothing(stage: Stage) -> None:
    stage.virsh("destroy", "third")
    daemon._end(plan.make(stage.root).layout, at_once=False)
    with _opened(stage):
        assert _job(stage, "automatic.start_due") is None
        assert stage.virsh.state("third") == "shut off"
        stage.virsh("start", "third")


def test_they_stop_as_each_is_set(stage: Stage) -> None:
    with _opened(stage):
        guest = Guest(stage, next(d.ref for d in stage.domains() if d.name == "first"), "first")
        log = guest.listen()
        log.wait_for("READY")
        stage.must(automatic.stop, HOST)
        log.wait_for("SHUTDOWN|POWER")
        log.close()
    assert "third" in stage.virsh("list", "--all", "--with-managed-save", "--name")
    reasons = {
        name: re.sub(r"\s+", " ", stage.virsh("domstate", "--reason", name)).strip()
        for name in ("first", *SET)
    }
    assert reasons == {
        "first": "shut off (shutdown)",
        "second": "shut off (destroyed)",
        "third": "shut off (saved)",
    }


def test_a_console_that_ends_leaves_the_rest_to_the_next_or_to_the_service(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    _restart(stage)
    with _opened(stage) as heard:
        heard.until(lambda: stage.virsh.state("first") == "running")
    assert stage.embedded().is_due, "it ended in the delay before the second"
    assert service.main(["start", "--root", str(stage.root)]) == 0, capsys.readouterr().err
    assert set(stage.virsh("list", "--name").split()) == {"first", "second", "third"}
    assert not stage.embedded().due.exists()
    stage.virsh("destroy", "first")  # it boots, and would let itself be waited for
    assert service.main(["stop", "--root", str(stage.root)]) == 0, capsys.readouterr().err
    assert stage.virsh("list", "--name").strip() == ""
    assert "third" in stage.virsh("list", "--all", "--with-managed-save", "--name")
