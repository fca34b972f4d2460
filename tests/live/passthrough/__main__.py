"""A network card and a USB stick go into a guest that runs, are used there, and come back.

Then the stick goes there once more by usbredirect, which connects and which waits.
"""

import argparse
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
_HEARS, _SERVES = "127.0.0.1:4000", "127.0.0.1:4001"
_COMES, _GOES = "DISK hot-add", "DISK remove"
_HAND_ON = f"setsid usbredirect --device {STICK}"
_ALONE = "</dev/null >/run/usbredirect.log 2>&1 & echo $!"
_DESCRIBE = "virsh -c qemu:///system dumpxml guest"
_DISKS = "ls /sys/block"
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
    """Return 0 if the guest had all of it, as seen from inside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", choices=("devices", "redirection"))
    only = parser.parse_args().only
    _stretch()
    with started() as computer:
        _say("its guest was started")
        spec = HostSpec("there", "There", computer.uri, ssh_config=computer.ssh_config)
        engine = Engine([spec])
        engine.start()
        try:
            stage = _Stage(computer, engine)
            if only != "redirection":
                _hand_over(stage)
            if only != "devices":
                _redirect(stage)
        finally:
            engine.close()
    return 0


class _Stage:
    """The emulated computer, its guest, and what is done to it."""

    def __init__(self, computer: Computer, engine: Engine) -> None:
        self.computer, self._engine = computer, engine
        client = Client(engine)
        heard = client.heard = self._heard = Heard(engine, _PATIENCE_S)
        heard.until(lambda: heard.records and client.host.state is HostState.CONNECTED)
        heard.until(lambda: any(isinstance(r, Domain) for r in heard.records.values()))
        (self._machine,) = (r for r in heard.records.values() if isinstance(r, Domain))
        self._read = 0
        self.until_told("READY")

    def add(self, kind: DeviceKind, *values: tuple[str, str]) -> Device:
        """Add a device to the guest as it runs; return what it is called."""
        spec = PartSpec(kind, values)
        job = self._heard.end_of(self._engine.submit(device.add, self._machine.ref, (spec,)))
        _report(job)
        assert isinstance(job.result, tuple)
        found = job.result[0]
        assert isinstance(found, Device)
        return found

    def remove(self, target: Device) -> None:
        """Remove a device from the guest as it runs."""
        ref = self._machine.ref
        _report(self._heard.end_of(self._engine.submit(device.remove, ref, (target,))))

    def until_told(self, sign: str) -> None:
        """Return once the guest says so, later than what it said before."""
        end = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end:
            told = self.computer.run("cat /run/guest.log").splitlines()
            for number, line in enumerate(told[self._read :], start=self._read + 1):
                if sign in line:
                    self._read = number
                    _say(line)
                    return
            time.sleep(2)
        raise TimeoutError(sign)


def _hand_over(stage: _Stage) -> None:
    """The guest has both devices of the host, and the host has them again."""
    for kind, name, sign in _COMING:
        stage.add(kind, ("device", name))
        stage.until_told(sign)
    for kind, name, _sign in reversed(_COMING):
        stage.remove(Device(kind, name))
        stage.until_told(_GONE[kind])
    driver = stage.computer.run(f"readlink /sys/bus/pci/devices/{CARD}/driver")
    assert driver.strip().endswith("/e1000e"), driver
    _say("the host has its card again")


def _redirect(stage: _Stage) -> None:
    """The guest has the stick by way of the network, whoever of both connects."""
    run = stage.computer.run
    assert run("command -v usbredirect"), "usbredirect is missing: apt-get install usbredirect"
    port = stage.add(DeviceKind.USB_REDIRECTION, ("origin", "listen"), ("address", _HEARS))
    process = run(f"{_HAND_ON} --to {_HEARS} {_ALONE}").strip()
    stage.until_told(_COMES)
    assert "sda" not in run(_DISKS), "the host has it no more"
    run(f"kill {process}")
    stage.until_told(_GOES)
    stage.remove(port)
    # It comes with whoever hands it on: nobody does yet.
    port = stage.add(DeviceKind.USB_REDIRECTION, ("origin", "connect"), ("address", _SERVES))
    process = run(f"{_HAND_ON} --as {_SERVES} {_ALONE}").strip()
    stage.until_told(_COMES)
    _say(run(f"{_DESCRIBE} | grep -A4 '<redirdev'"))
    stage.remove(port)
    stage.until_told(_GOES)
    run(f"kill {process}")
    assert "<redirdev" not in run(_DESCRIBE)
    _say("the guest has no redirection any more")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _report(job: Job) -> None:
    assert job.state is JobState.DONE, job
    steps = ", ".join(f"{step.name} {step.state.value}" for step in job.steps)
    _say(f"{job.operation}: {steps}")


if __name__ == "__main__":
    sys.exit(main())
