"""Devices given to a machine that runs and taken back, with the wizards, seen from inside it."""

import re
from collections.abc import Callable

from celadon_tour import lists
from celadon_tour.evidence import NotSo, until
from celadon_tour.machine import ShownMachine
from celadon_tour.pulse import Gaps, gaps
from celadon_tour.tour import Scene

GUEST_S = 60.0
GONE_S = 30.0


class ShownDevices:
    """An adapter and a disk for one machine. `gaps` are the heartbeat's as the window told them."""

    def __init__(self, scene: Scene, machine: ShownMachine) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = machine
        self.mac = ""
        self.disk = ""
        self.gaps: list[Gaps] = []

    def add_adapter(self) -> str:
        """The guest has a driver for it and an address; its heart went on."""
        before, first = set(self._macs()), self.machine.last_tick()
        since = len(self.machine.log().lines)
        self._ask_for("Network adapter")
        self.person.find("MAC address: automatic")
        self.scene.show("Network adapter")
        self.person.click("Next")
        self.person.read("Now, while it runs")
        self.scene.show("Summary")
        self.person.click("Finish")
        self.person.read("has a new network adapter", patience_s=GUEST_S)
        (self.mac,) = set(self._macs()) - before
        told = self._hears(rf"NIC hot-add \S+ {self.mac} \S+", since)
        interface = told.split("hot-add ")[1].split()[0]
        address = self._hears(rf"NIC addr {interface} \S+", since)
        self.scene.show("It has a new adapter")
        said = self.person.read("The guest uses it")
        pulse = self._read_pulse()
        self.person.click("Close")
        return f"guest log: {told}; {address}; {self._beats(first)}; it says: {said} {pulse}"

    def add_disk(self) -> str:
        """The guest reads it, and virsh lists it."""
        before, first = set(self._disks()), self.machine.last_tick()
        since = len(self.machine.log().lines)
        self._ask_for("New virtual hard disk")
        self.person.find("Storage location")
        self.scene.show("New virtual hard disk")
        self.person.click("Finish")
        self.person.read("has a new disk", patience_s=GUEST_S)
        (self.disk,) = set(self._disks()) - before
        told = self._hears(r"DISK hot-add \S+ \S+", since)
        self.scene.show("It has a new disk")
        pulse = self._read_pulse()
        self.person.click("Close")
        beats = self._beats(first)
        return f"guest log: {told}; virsh domblklist: {self.disk}; {beats}; it says: {pulse}"

    def remove_adapter(self) -> str:
        """Gone is what the guest let go: it says so, and virsh lists it no more."""
        return self._remove("Adapter", r"NIC remove \S+", self._list_macs, self.mac)

    def remove_disk(self) -> str:
        """And the disk, whose file stays."""
        path = self._disks()[self.disk]
        told = self._remove("Disk", r"DISK remove \S+", self._list_disks, self.disk)
        volumes = self.machine.ask(lambda: self.virsh("vol-key", path))
        return f"{told}; its file stays: {volumes}"

    # By hand and by eye

    def _ask_for(self, kind: str) -> None:
        self.machine.do("Add Device")
        self.person.read("hot-plug slots free", patience_s=GUEST_S)
        self.scene.show("Kind of device")
        lists.choose(self.person, kind)
        self.person.click("Next")

    def _read_pulse(self) -> str:
        told = self.person.read("Heartbeat of the guest")
        if found := gaps(told):
            self.gaps.append(found)
        return told

    def _remove(
        self, title: str, heard: str, listed: Callable[[], dict[str, str]], key: str
    ) -> str:
        first, since = self.machine.last_tick(), len(self.machine.log().lines)
        self.machine.do("Remove Device")
        self.person.find("Now, while the machine runs", patience_s=GUEST_S)
        lists.choose(self.person, key, patience_s=GUEST_S)
        self.scene.show(f"Remove {title.lower()}")
        self.person.click("Remove")
        said = self.person.read("no longer has", patience_s=GUEST_S)
        told = self._hears(heard, since)
        self.machine.ask(
            lambda: until(lambda: str(key in listed()), lambda is_there: is_there == "False",
                          patience_s=GONE_S)
        )  # fmt: skip
        self.scene.show(f"{title} removed")
        self.person.click("Close")
        return (
            f"guest log: {told}; virsh lists {key} no more; {self._beats(first)}; it says: {said}"
        )

    # From outside

    def _hears(self, pattern: str, since: int) -> str:
        log = self.machine.log()
        told = self.machine.ask(lambda: log.wait_for(pattern, patience_s=GUEST_S, since=since))
        return told.removeprefix("@@ ")

    def _macs(self) -> dict[str, str]:
        """Return the adapters of the running machine, as virsh lists them."""
        return self.machine.ask(self._list_macs)

    def _list_macs(self) -> dict[str, str]:
        told = self.virsh("domiflist", self.machine.name)
        rows = [line.split() for line in told.splitlines() if re.search(r"([0-9a-f]{2}:){5}", line)]
        return {row[-1]: row[2] for row in rows}

    def _disks(self) -> dict[str, str]:
        """Return the drives of the running machine, as virsh lists them."""
        return self.machine.ask(self._list_disks)

    def _list_disks(self) -> dict[str, str]:
        told = self.virsh("domblklist", self.machine.name)
        rows = [line.split(maxsplit=1) for line in told.splitlines() if line.strip()]
        return {row[0]: row[1].strip() for row in rows}

    def _beats(self, first: int) -> str:
        """Return how many heartbeats came since one, if none is missing. Raises NotSo."""
        self.machine.ticks_in(0.3)
        numbers = [number for _at, number, _uptime in self.machine.log().ticks()]
        came = numbers[numbers.index(first) :]
        if missing := sorted(set(range(came[0], came[-1] + 1)) - set(came)):
            raise NotSo(f"heartbeats {missing} of the guest are missing")
        return f"{len(came)} heartbeats, none missing"
