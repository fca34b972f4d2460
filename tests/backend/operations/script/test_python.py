"""The program does what the click does: it runs as it stands, on libvirt's test driver."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from backend.model import Ref
from backend.operations import alterations, domain, machine
from backend.operations.domain import Autostart
from backend.operations.script import python
from backend.operations.script.request import Request, made_by
from backend.specs import HostSpec, MachineSpec, SourceKind
from tests.backend.conftest import Heard
from tests.backend.operations.script.known import Records, say
from tests.fakes import machines
from tests.fakes.machines import HOST

ROOT = Path(__file__).resolve().parents[4]


def run(script: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, check=False,
        env=environment, timeout=60,
    )  # fmt: skip


def program(heard: Heard, *requests: Request) -> str:
    return python.dump("A test", requests, Records(*heard.records.values()), say)


def test_it_runs_and_says_what_it_did(heard: Heard, vm: Ref) -> None:
    done = run(program(heard, Request(domain.suspend, vm)))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "test domain.suspend done\n"


def test_what_fails_is_told_and_ends_it(heard: Heard, vm: Ref) -> None:
    done = run(program(heard, Request(domain.rename, vm, ("other",))))
    assert done.returncode == 1
    assert "WrongState(" in done.stderr
    assert "name='test'" in done.stderr


def test_arguments_stand_in_it(heard: Heard, vm: Ref) -> None:
    text = program(heard, Request(domain.set_autostart, vm, (Autostart.ON,)))
    assert "domain.Autostart.ON" in text
    assert run(text).returncode == 0


def test_many_run_beside_each_other_and_what_was_made_is_used(heard: Heard) -> None:
    spec = MachineSpec("web", SourceKind.SAMPLE_GUEST)
    requests: Sequence[Request] = (
        Request(machine.create, HOST, (spec,)),
        Request(domain.start, made_by(0, HOST.host)),
    )
    text = python.dump("Create", requests, Records(), say)
    compile(text, "script", "exec")
    first, second = text.split("jobs += until_done(")
    assert 'MachineSpec("web", SourceKind.SAMPLE_GUEST)' in first
    assert "engine.submit(domain.start, jobs[0].result)," in second
    both = python.dump(
        "Start", [Request(domain.start, machines.domain(n).ref) for n in "ab"], Records(), say
    )
    assert both.count("until_done(") == 1


def test_a_title_ends_no_docstring() -> None:
    text = python.dump('x"""\nimport os\\', [Request(domain.start, HOST)], Records(), say)
    compile(text, "script", "exec")
    assert "\nimport os" not in text


def test_hosts_are_found_as_they_were() -> None:
    root = Path("/var/tmp/h")
    embedded = replace(machines.host(), embedded_root=root)
    assert python.spec_of(embedded) == HostSpec(
        "here", "this-computer", is_embedded=True, embedded_root=root
    )
    far = replace(machines.away_host(), uri="qemu+tcp://me:secret@rack/system", name="rack")
    assert python.spec_of(far) == HostSpec("rack-2", "rack", uri="qemu+tcp://me@rack/system")


def test_what_the_journal_keeps_is_read_from_it() -> None:
    request = Request(alterations.undo, HOST, ("m1", "m2"))
    text = python.dump("Undo", [request], Records(machines.host()), say)
    compile(text, "script", "exec")
    assert "from backend.journal.keeper import journal_path" in text
    assert "], journal_path())" in text
    other = python.dump("Start", [Request(domain.start, HOST)], Records(machines.host()), say)
    assert "journal_path" not in other
