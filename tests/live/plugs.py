"""Devices of a real guest: plugged through an engine, and looked at through a separate virsh."""

from backend.devices import Device, Prospects, When
from backend.jobs import Job, Step
from backend.operations import device
from tests.live.stage import Guest


def look(guest: Guest) -> Prospects:
    return guest.stage.engine.query(device.look, guest.ref).result(20)


def devices_of(job: Job) -> tuple[Device, ...]:
    assert isinstance(job.result, tuple)
    return job.result


def add(guest: Guest, *specs: object, when: When = When.NOW) -> Job:
    return guest.stage.must(device.add, guest.ref, specs, when)


def remove(guest: Guest, *targets: Device, when: When = When.NOW) -> Job:
    return guest.stage.do(device.remove, guest.ref, targets, when)


def step(job: Job, name: str) -> Step:
    return next(one for one in job.steps if one.name == name)


def drives(guest: Guest, *flags: str) -> set[str]:
    """Return the drives that virsh shows, as it runs or ("--inactive") as it starts next."""
    told = guest.stage.virsh("domblklist", guest.name, *flags)
    return {line.split()[0] for line in told.splitlines()}


def adapters(guest: Guest, *flags: str) -> str:
    return guest.stage.virsh("domiflist", guest.name, *flags)
