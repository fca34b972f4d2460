"""A network card and a USB stick go into a guest that runs, are used there, and come back."""

import sys
import time
from typing import Any

from backend.devices import Device, DeviceKind, PartSpec
from backend.engine import Engine
from backend.host import follow
from backend.hypervisor import connection, errand
from backend.jobs import Job, JobState
from backend.model import Domain, HostState
from backend.operations import device, plugging, prospects
from backend.specs import HostSpec
from tests.backend.conftest import Heard
from tests.live.client import Client
from tests.live.passthrough.computer import CARD, STICK, Computer, started

_SLOWER, _PATIENCE_S = 20.0, 400.0
_COMING = (
    (DeviceKind.PCI_DEVICE, CARD, "NIC addr"),
    (DeviceKind.USB_DEVICE, STICK, "DISK hot-add"),
)
_GONE = {DeviceKind.PCI_DEVICE: "NIC remove", DeviceKind.USB_DEVICE: "DISK remove"}


def _stretch() -> None:
    """Have deadlines hold for a computer that is emulated on this one."""
    stretched: tuple[tuple[Any, str], ...] = (
        (connection, "OPEN_DEADLINE_S"), (errand, "DEADLINE_S"), (follow, "_READ_DEADLINE_S"),
        (follow, "_BATCH_DEADLINE_S"), (follow, "_ALONE_DEADLINE_S"), (prospects, "ASK_DEADLINE_S"),
        (follow, "_VOLUMES_DEADLINE_S"), (plugging, "EVENT_DEADLINE_S"),
        (plugging, "EFFECT_DEADLINE_S"),
    )  # fmt: skip
    for module, name in stretched:
        setattr(module, name, getattr(module, name) * _SLOWER)


def main() -> int:
    """Return 0 if the guest had both, as seen from inside."""
    _stretch()
    with started() as computer:
        _say("its guest was started")
        spec = HostSpec("there", "There", computer.uri, ssh_config=computer.ssh_config)
        engine = Engine([spec])
        engine.start()
        try:
            _go(computer, engine)
        finally:
            engine.close()
    return 0


def _go(computer: Computer, engine: Engine) -> None:
    client = Client(engine)
    heard = client.heard = Heard(engine, _PATIENCE_S)
    heard.until(lambda: heard.records and client.host.state is HostState.CONNECTED)
    heard.until(lambda: any(isinstance(r, Domain) for r in heard.records.values()))
    (machine,) = (r for r in heard.records.values() if isinstance(r, Domain))
    _until_told(computer, "READY")
    for kind, name, sign in _COMING:
        spec = PartSpec(kind, (("device", name),))
        _report(heard.end_of(engine.submit(device.add, machine.ref, (spec,))))
        _say(_until_told(computer, sign))
    for kind, name, _sign in reversed(_COMING):
        _report(heard.end_of(engine.submit(device.remove, machine.ref, (Device(kind, name),))))
        _say(_until_told(computer, _GONE[kind]))
    driver = computer.run(f"readlink /sys/bus/pci/devices/{CARD}/driver")
    assert driver.strip().endswith("/e1000e"), driver
    _say("the host has its card again")


def _until_told(computer: Computer, sign: str) -> str:
    """Return the line of the guest's log that says so."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        told = computer.run("cat /run/guest.log").splitlines()
        if found := [line for line in told if sign in line]:
            return found[-1]
        time.sleep(2)
    raise TimeoutError(sign)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _report(job: Job) -> None:
    assert job.state is JobState.DONE, job
    steps = ", ".join(f"{step.name} {step.state.value}" for step in job.steps)
    _say(f"{job.operation}: {steps}")


if __name__ == "__main__":
    sys.exit(main())
