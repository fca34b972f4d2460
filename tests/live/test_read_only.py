"""Where rights end: a user whom the system's libvirt lets look, and no more."""

import contextlib
import json
import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pytest
from celadon_tour.sshd import IS_ROOT, somebody

from backend.errors import NotPermitted
from backend.hypervisor.embedded import daemon
from backend.hypervisor.embedded.record import EmbeddedMode
from backend.model import Domain, Kind, Ref
from backend.operations import domain, host
from backend.specs import HostSpec
from tests.live.client import HOST, client
from tests.live.stage import place

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not IS_ROOT, reason="only root can be somebody else"),
]
MACHINE = """
<domain type="qemu"><name>shown</name><memory>65536</memory>
  <os><type arch="x86_64" machine="q35">hvm</type></os>
</domain>
"""
# What a console of that user sees of qemu:///system, and what he is told when he does something.
_CONSOLE = """
import json
from backend.model import Domain
from backend.operations import domain, host
from backend.specs import HostSpec
from tests.live.client import HOST, client
with client(HostSpec("there", "There", "qemu:///system")) as one:
    told = one.connected()
    (machine,) = (r for r in one.heard.records.values() if isinstance(r, Domain))
    start = one.heard.end_of(one.engine.submit(domain.start, machine.ref))
    stop = one.engine.watch(machine.ref)
    refreshed = one.do(host.refresh)
    stop()
    print(json.dumps({
        "is_read_only": told.is_read_only,
        "notes": [(note.message_id, note.detail) for note in told.notes],
        "machine": machine.name,
        "start": start.problem and start.problem.message_id,
        "refresh": refreshed and refreshed.message_id,
        "states": sorted({record.state.value for record in one.history()}),
    }))
"""


@pytest.fixture(scope="module")
def seen() -> Iterator[dict[str, Any]]:
    """What a user without rights sees."""
    with contextlib.ExitStack() as stack:
        root = stack.enter_context(place())
        found = daemon.ensure(root)
        stack.callback(daemon.stop, found)
        if found.mode is not EmbeddedMode.SYSTEM:
            pytest.skip("there is no system-wide libvirt here, for want of mount namespaces")
        connect = libvirt.open(found.uri)
        connect.defineXML(MACHINE)
        connect.close()
        found.run_directory.parent.joinpath("libvirt-sock-ro").chmod(0o777)
        user = stack.enter_context(somebody(root.parent / "home"))
        caches = stack.enter_context(tempfile.TemporaryDirectory(prefix="cel-", dir="/tmp"))
        Path(caches).chmod(0o777)
        (path,) = root.rglob("libvirtd.pid")
        yield _look(int(path.read_text()), user, caches)


def _look(daemon_pid: int, user: str, caches: str) -> dict[str, Any]:
    """Run that console in the namespace where the daemon's sockets are the system's."""
    who = pwd.getpwnam(user)
    identity = (f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups", "--")
    prefix = (
        "nsenter",
        "--target",
        str(daemon_pid),
        "--mount",
        "--wd=.",
        "--",
        "setpriv",
        *identity,
    )
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": "packaging/tour:.",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": caches,
    }
    readable = subprocess.run(
        [*prefix, sys.executable, "-c", "import libvirt, backend"], env=environment, check=False
    )
    if readable.returncode:
        pytest.skip("another user cannot read this checkout")
    ran = subprocess.run(
        [*prefix, sys.executable, "-c", _CONSOLE], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def test_who_may_not_change_may_look_and_is_told_why(seen: dict[str, Any]) -> None:
    assert seen["is_read_only"] is True
    assert seen["machine"] == "shown"
    (note,) = (note for note in seen["notes"] if note[0] == "RightsRefused")
    assert "Permission denied" in note[1][0]


def test_what_he_does_all_the_same_is_refused_at_once(seen: dict[str, Any]) -> None:
    assert seen["start"] == "NotPermitted"
    assert seen["refresh"] is None
    assert "away" not in seen["states"]


def test_who_renounces_his_rights_has_none() -> None:
    spec = HostSpec("there", "There", "test:///default", is_read_only=True)
    with client(spec) as one:
        told = one.connected()
        assert told.is_read_only
        assert [note.message_id for note in told.notes] == ["ReadOnlyWanted"]
        (machine,) = (r for r in one.heard.records.values() if isinstance(r, Domain))
        job = one.heard.end_of(one.engine.submit(domain.suspend, machine.ref))
        assert job.problem == NotPermitted().problem
        assert one.do(host.refresh) is None
        assert one.engine.query(domain.description, Ref("there", Kind.DOMAIN, machine.ref.key))
        one.engine.manage(HostSpec("there", "There", "test:///default"))
        one.heard.until(lambda: one.heard.records and not one.host.is_read_only)
        one.connected()
        assert one.heard.end_of(one.engine.submit(domain.suspend, machine.ref)).problem is None
        assert one.heard.end_of(one.engine.submit(domain.resume, machine.ref)).problem is None
        assert one.do(host.disconnect) is None
        assert HOST in one.heard.records
