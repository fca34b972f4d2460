"""From Quick Create to Delete without rights: as an ordinary user, and as root in a container."""

import json
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.hypervisor.embedded import rights
from backend.operations import samples
from tests.backend.hypervisor.embedded.traces import remains
from tests.live.stage import Stage, place
from tests.live.walk import Sight, walk

pytestmark = pytest.mark.live

REPOSITORY = Path(__file__).parents[2]
WALK = Path(__file__).with_name("walk.py")
IS_ROOT = os.geteuid() == 0
ORDINARY = "nobody"
WITHOUT_MOUNT = ("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin")
WALK_SECONDS = 120

only_root = pytest.mark.skipif(not IS_ROOT, reason="only root becomes somebody else")


@pytest.fixture
def root() -> Iterator[Path]:
    """Where a host's data directory may be made; nothing of the host is left afterwards."""
    with place() as root:
        yield root
        assert remains(root) == []


def send(root: Path, *user: str, before: tuple[str, ...] = ()) -> Sight:
    """Have a process of its own take the walk, and return what it saw."""
    done = subprocess.run(
        (*before, sys.executable, str(WALK), str(root), *user),
        check=False,
        cwd="/",
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'packaging/tour'}",
            "CELADON_GUEST_DIR": str(samples.directory()),
            "QT_NO_GLIB": "1",
        },
        capture_output=True,
        text=True,
        timeout=WALK_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    seen: Sight = json.loads(done.stdout)
    return seen


def check(seen: Sight, owner: int) -> None:
    """Whether that was a life without rights: networks are QEMU's own, and so is its user."""
    assert seen["mode"] == "session"
    assert "UserModeNetworking" in seen["notes"]
    assert seen["nic_kind"] == "user"
    assert seen["address"].startswith("10.0.2.")
    assert seen["qemu_owner"] == owner
    assert seen["left"] == []


@only_root
def test_an_ordinary_user_has_all_of_a_machines_life(root: Path) -> None:
    user = pwd.getpwnam(ORDINARY)
    os.chown(root.parent, user.pw_uid, user.pw_gid)
    check(send(root, ORDINARY), user.pw_uid)


@pytest.mark.skipif(IS_ROOT, reason="root has another way, above")
def test_we_have_all_of_a_machines_life(root: Path) -> None:
    stage = Stage(root)
    try:
        stage.open()
        check(walk(stage), os.geteuid())
    finally:
        stage.strike()


@only_root
def test_root_who_may_not_mount_has_it_too_and_qemu_is_somebody_else(root: Path) -> None:
    user = rights.find_user(rights.SESSION_USERS)
    assert user
    assert user.uid != 0
    check(send(root, before=WITHOUT_MOUNT), user.uid)
