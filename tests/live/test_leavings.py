"""A live run that is killed leaves a host behind; the next run ends it, and nothing else's."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from backend.hypervisor.embedded import daemon, plan
from backend.hypervisor.embedded.failures import EmbeddedHostFailed
from backend.hypervisor.embedded.layout import Layout
from backend.hypervisor.embedded.record import EmbeddedHost
from tests.live import leavings

pytestmark = pytest.mark.live
ROOT = Path(__file__).parents[2]
KILLED = """
import sys, time
from pathlib import Path
from backend.hypervisor.embedded import daemon
from tests.live import leavings
place = Path(sys.argv[1])
leavings.sign(place)
host = daemon.ensure(place / "root")
import libvirt
daemon.provision(libvirt.open(host.uri), host)
print("ready", flush=True)
time.sleep(60)
"""


def bridges(layout: Layout) -> set[str]:
    there = {name for _number, name in socket.if_nameindex()}
    return there & {layout.bridge(number) for number in range(2)}


def test_what_a_killed_run_left_is_ended_and_what_lives_is_not() -> None:
    with TemporaryDirectory(prefix="celadon-left-", dir="/var/tmp") as around:
        Path(around).chmod(0o711)
        place, mine, nobodys = (Path(around, f"run-{name}") for name in ("dead", "mine", "old"))
        for one in (place, mine, nobodys):
            one.mkdir(mode=0o711)
        leavings.sign(mine)
        run = subprocess.Popen(
            (sys.executable, "-c", KILLED, str(place)), cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert run.stdout
        assert run.stdout.readline() == "ready\n"
        assert leavings.clear(Path(around), "run-") == [], "it lives"
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
        layout = plan.make(place / "root").layout
        assert os.geteuid() != 0 or bridges(layout)
        assert leavings.clear(Path(around), "run-") == [place]
        assert not bridges(layout)
        assert not place.exists()
        assert mine.exists()
        assert nobodys.exists()


def test_a_host_that_cannot_be_ended_keeps_no_run_from_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(root: Path) -> EmbeddedHost:
        raise EmbeddedHostFailed(detail=(), root=str(root))

    place = tmp_path / "run-dead"
    (place / "root").mkdir(parents=True)
    (place / leavings.OWNER).write_text(f"{leavings._namespace()} {os.getpid()} 1")
    monkeypatch.setattr(daemon, "ensure", refuse)
    assert leavings.clear(tmp_path, "run-") == []
    assert place.exists()
