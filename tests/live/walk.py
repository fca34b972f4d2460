"""A machine's whole life where networks of our own are out of reach (EmbeddedMode.SESSION).

Run as a program: `walk.py ROOT [USER]`; prints what it saw as JSON. Everything is imported before
USER takes over, who may be able to read neither the checkout nor Python.
"""

import concurrent.futures.thread
import encodings.idna
import json
import os
import pwd
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

from celadon_tour.evidence import GuestLog

from backend.model import Domain
from backend.operations import domain
from tests.live.stage import Guest, Stage

# Python loads these when they are first used, which would be too late.
__all__ = ["Sight", "concurrent", "encodings", "walk"]

NAME = "unprivileged"


class Sight(TypedDict):
    """What one walk saw."""

    mode: str
    notes: list[str]
    qemu_owner: int
    nic_kind: str
    address: str
    left: list[str]


def walk(stage: Stage) -> Sight:
    """Take the sample guest from Quick Create to Delete; what a guest does is asserted here."""
    guest = stage.create(NAME)
    log = guest.boot()
    address = log.wait_for(r"NIC addr ")
    seen = Sight(
        mode=stage.embedded().mode.value,
        notes=[note.message_id for note in stage.host().notes],
        qemu_owner=_owner(guest.qemu()),
        nic_kind=stage.virsh.description(NAME).findall("devices/interface")[0].attrib["type"],
        address=address.split("NIC addr ")[1].split()[1],
        left=[],
    )
    _pause(stage, guest, log)
    _save(stage, guest)
    _shut_down(stage, guest)
    seen["left"] = _delete(stage, guest)
    return seen


def _owner(pid: int) -> int:
    told = subprocess.run(
        ("ps", "-o", "uid=", "-p", str(pid)), check=True, capture_output=True, text=True
    )
    return int(told.stdout)


def _pause(stage: Stage, guest: Guest, log: GuestLog) -> None:
    assert log.count_ticks(1) > 2
    stage.must(domain.suspend, guest.ref)
    assert stage.virsh.state(NAME) == "paused"
    log.count_ticks(0.5)  # what was on its way
    assert log.count_ticks(1) == 0
    last = log.ticks()[-1][1]
    stage.must(domain.resume, guest.ref)
    log.wait_for(rf"^TICK {last + 1} ")


def _save(stage: Stage, guest: Guest) -> None:
    before = guest.listen().ticks()[-1][1]
    stage.must(domain.managed_save, guest.ref)
    assert guest.record.has_saved_state
    assert stage.virsh.state(NAME) == "shut off"
    stage.must(domain.start, guest.ref)
    log = guest.listen()
    log.wait_for("^TICK")
    number = log.ticks()[0][1]
    assert before < number < before + 100, "not the same guest, or it ran on while saved"
    assert not any("BOOT" in line for _, line in log.lines)


def _shut_down(stage: Stage, guest: Guest) -> None:
    log = guest.listen()
    stage.must(domain.shutdown, guest.ref)
    log.wait_for("SHUTDOWN|POWER")
    assert stage.virsh.state(NAME) == "shut off"


def _delete(stage: Stage, guest: Guest) -> list[str]:
    """Delete the machine with its disk; return what of it is still there."""
    disks = [Path(d.path) for d in stage.engine.query(domain.owned_disks, guest.ref).result(10)]
    assert len(disks) == 1
    assert disks[0].exists()
    guest.remove()
    files = [path for path in stage.embedded().images.iterdir() if path.is_file()]
    records = [r.name for r in stage.heard.records.values() if isinstance(r, Domain)]
    return [*map(str, files), *records, *stage.virsh.names()]


def become(name: str, home: Path) -> None:
    """Be that user for good, with nothing of ours but what every user has."""
    user = pwd.getpwnam(name)
    os.setgroups([])
    os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
    os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
    os.environ["HOME"] = str(home)
    os.chdir("/")


def main() -> None:
    """Take one walk; strike the stage however it went."""
    root = Path(sys.argv[1])
    if len(sys.argv) > 2:
        become(sys.argv[2], root.parent)
    stage = Stage(root)
    try:
        stage.open()
        sys.stdout.write(json.dumps(walk(stage)))
    finally:
        stage.strike()


if __name__ == "__main__":
    main()
