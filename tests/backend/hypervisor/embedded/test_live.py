"""The embedded host for real, in each mode that this machine allows; as root that is all three."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.hypervisor.embedded import plan, rights
from tests.backend.hypervisor.embedded.traces import chains, others_run, remains

pytestmark = [pytest.mark.live, pytest.mark.alone]

REPOSITORY = Path(__file__).parents[4]
SCENARIO = Path(__file__).with_name("scenario.py")
IS_ROOT = os.geteuid() == 0
WITHOUT_MOUNT = ("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin")
STORY_SECONDS = 90


@pytest.fixture
def directory() -> Iterator[Path]:
    """A directory that every user may pass through; pytest's own is closed to others."""
    made = Path(tempfile.mkdtemp(prefix="celadon-test-"))
    made.chmod(0o777)
    yield made
    shutil.rmtree(made)


def tell(story: str, root: Path, mode: str) -> dict[str, Any]:
    """Run a story with the rights of a mode."""
    before = WITHOUT_MOUNT if mode == "contained" else ()
    user = ("nobody",) if mode == "ordinary" and IS_ROOT else ()
    done = subprocess.run(
        (*before, sys.executable, str(SCENARIO), story, str(root), *user),
        check=False,
        cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=STORY_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def modes() -> list[str]:
    if not IS_ROOT:
        return ["ordinary"]
    return [*(["system"] if rights.propagation() else []), "contained", "ordinary"]


@pytest.mark.parametrize("mode", modes())
def test_a_host_is_found_survives_and_leaves_nothing(directory: Path, mode: str) -> None:
    # A long path: sockets need their short names.
    root = directory / ("a-rather-long-name-" * 4) / "host"
    root.parent.mkdir()
    root.parent.chmod(0o777)
    before = chains()

    report = tell("life", root, mode)

    assert report["starters"] == [0, 0, 0, 0]
    assert report["daemons"] == 1
    assert report["mode"] == ("system" if mode == "system" else "session")
    assert report["pools"] == [["default", 1]]
    assert report["qemu_owner"] == report["qemu_user"] == expected_user(mode)
    assert report["has_log"]
    assert report["after_kill"], "the guest is there after the daemon was killed"
    assert report["after_hang"], "the guest is there after the daemon hung"
    assert report["same_qemu"]
    assert report["hung_is_gone"]
    assert report["hang_s"] < 15
    first, second = report["problems"]
    assert first == second
    if mode == "system":
        check_networks(report)
        check_owners(report)
    else:
        assert "UserModeNetworking" in first
        assert report["networks"] == []
    assert remains(root) == []
    if not before:
        assert not {line for line in chains() if ":LIBVIRT" in line} or others_run()


def expected_user(mode: str) -> str:
    if mode == "ordinary":
        return "nobody" if IS_ROOT else rights.identity_of_self().name
    users = rights.QEMU_USERS if mode == "system" else rights.SESSION_USERS
    found = rights.find_user(users)
    return found.name if found else "root"


def check_networks(report: dict[str, Any]) -> None:
    problems = set(report["problems"][0]) - {"QemuUserMissing"}
    assert problems == set()
    assert [name for name, _ in sorted(report["networks"])] == ["isolated", "nat"]
    assert all(bridge.startswith("cel") for _, bridge in report["networks"])


def check_owners(report: dict[str, Any]) -> None:
    user = report["qemu_user"]
    running, stopped = report["owners_running"], report["owners_stopped"]
    assert running == {"disk": user, "foreign": user, "medium": "nobody"}
    assert stopped["medium"] == "nobody"
    assert stopped["disk"] == "root"
    assert stopped["foreign"] in ("nobody", "root")  # root where xattrs are not to be had


def test_an_idle_daemon_leaves_but_not_while_a_client_is_there(directory: Path) -> None:
    report = tell("idle", directory / "host", "ordinary")
    assert report == {"stays": 1, "answers": 1, "left": 0}
    assert remains(directory / "host") == []


@pytest.mark.skipif(not IS_ROOT, reason="only root gives QEMU another user")
def test_a_closed_parent_directory_makes_qemu_run_as_root_and_says_so(directory: Path) -> None:
    if not rights.propagation() or not rights.find_user(rights.QEMU_USERS):
        pytest.skip("no other user for QEMU on this machine")
    closed = directory / "closed"
    closed.mkdir(mode=0o700)
    host = plan.make(closed / "host").host
    assert host.qemu_user == "root"
    assert [problem.message_id for problem in plan.notes(host)] == ["ImagesOutOfReach"]
