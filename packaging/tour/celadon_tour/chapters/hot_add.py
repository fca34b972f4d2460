"""Hot-add: an adapter and a disk for a machine that runs, seen from inside it, and gone again."""

import re
from collections.abc import Callable, Sequence

from celadon_tour.evidence import NotSo, until
from celadon_tour.machine import ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

GUEST_S = 60.0
GONE_S = 30.0


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log."""
    chapter = HotAdd(scene)
    return chapter.steps(), chapter.machine.forget


class HotAdd:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = ShownMachine(scene, scene.called("Hot-add"))
        self.mac = ""
        self.disk = ""

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine with room for devices", self.start),
            Step("A network adapter while it runs", self.add_adapter),
            Step("A disk while it runs", self.add_disk),
            Step("The adapter is let go", self.remove_adapter),
            Step("The disk is let go", self.remove_disk),
            Step("The machine is left", self.leave),
        )

    def start(self) -> str:
        """A sample guest boots; its page says how many slots are free."""
        ready = self.machine.boot()
        self.machine.reads("Running")
        self.person.click_row(self.machine.name)
        self.person.click("Networking")
        room = self.person.read("hot-plug slots free", patience_s=GUEST_S)
        ports = len(self._ports())
        if not ports or str(ports) not in room:
            raise NotSo(f"virsh tells of {ports} ports that can be used, the page says {room!r}")
        self.scene.show("Room for devices")
        return f"{ready}; the page says {room}; virsh dumpxml: {ports} root ports"

    def add_adapter(self) -> str:
        """The guest has a driver for it and an address; its heart went on."""
        before, first = set(self._macs()), self.machine.last_tick()
        since = len(self.machine.log().lines)
        self.machine.do("Add Device")
        self.person.read("hot-plug slots free", patience_s=GUEST_S)
        self.scene.show("Kind of device")
        self.person.click("Next")
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
        pulse = self.person.read("Heartbeat of the guest")
        self.person.click("Close")
        return f"guest log: {told}; {address}; {self._beats(first)}; it says: {said} {pulse}"

    def add_disk(self) -> str:
        """The guest reads it, and virsh lists it."""
        before, first = set(self._disks()), self.machine.last_tick()
        since = len(self.machine.log().lines)
        self.machine.do("Add Device")
        self.person.read("hot-plug slots free", patience_s=GUEST_S)
        self.person.press("Down")
        self.person.click("Next")
        self.person.find("Storage location")
        self.scene.show("New virtual hard disk")
        self.person.click("Finish")
        self.person.read("has a new disk", patience_s=GUEST_S)
        (self.disk,) = set(self._disks()) - before
        told = self._hears(r"DISK hot-add \S+ \S+", since)
        self.scene.show("It has a new disk")
        self.person.click("Close")
        return f"guest log: {told}; virsh domblklist: {self.disk}; {self._beats(first)}"

    def remove_adapter(self) -> str:
        """Gone is what the guest let go: it says so, and virsh lists it no more."""
        return self._remove(f"Network adapter {self.mac}", r"NIC remove \S+", self._macs, self.mac)

    def remove_disk(self) -> str:
        """And the disk, whose file stays."""
        path = self._disks()[self.disk]
        told = self._remove(f"Disk {self.disk}", r"DISK remove \S+", self._disks, self.disk)
        volumes = self.machine.ask(lambda: self.virsh("vol-key", path))
        return f"{told}; its file stays: {volumes}"

    def leave(self) -> str:
        """Turned off and deleted."""
        self.machine.do("Turn Off")
        self.person.find("Cancel")
        self.person.click("Turn Off")
        told = self.machine.until("shut off")
        self.machine.do("Delete")
        self.person.click_beginning("Delete disk")
        self.person.click("Delete")
        self.person.miss_row(self.machine.name)
        return f"{told}, then {self.machine.until('gone')}"

    # By hand and by eye

    def _remove(
        self, title: str, heard: str, listed: Callable[[], dict[str, str]], key: str
    ) -> str:
        first, since = self.machine.last_tick(), len(self.machine.log().lines)
        self.machine.do("Remove Device")
        self.person.find("Now, while the machine runs", patience_s=GUEST_S)
        place = self._removable(key)
        self.person.press("Home")
        self.person.press("Down", times=place)
        self.scene.show(f"Remove {title.split(maxsplit=1)[0].lower()}")
        self.person.click("Remove")
        said = self.person.read("no longer has", patience_s=GUEST_S)
        told = self._hears(heard, since)
        self.machine.ask(
            lambda: until(lambda: str(key in listed()), lambda is_there: is_there == "False",
                          patience_s=GONE_S)
        )  # fmt: skip
        self.scene.show(f"{title.split(maxsplit=1)[0]} removed")
        self.person.click("Close")
        return (
            f"guest log: {told}; virsh lists {key} no more; {self._beats(first)}; it says: {said}"
        )

    def _removable(self, key: str) -> int:
        """Return the place of a device in the list: adapters first, then drives, as virsh lists."""
        return [*self._macs(), *self._disks()].index(key)

    # From outside

    def _hears(self, pattern: str, since: int) -> str:
        log = self.machine.log()
        told = self.machine.ask(lambda: log.wait_for(pattern, patience_s=GUEST_S, since=since))
        return told.removeprefix("@@ ")

    def _macs(self) -> dict[str, str]:
        """Return the adapters of the running machine, as virsh lists them."""
        told = self.machine.ask(lambda: self.virsh("domiflist", self.machine.name))
        rows = [line.split() for line in told.splitlines() if re.search(r"([0-9a-f]{2}:){5}", line)]
        return {row[-1]: row[2] for row in rows}

    def _disks(self) -> dict[str, str]:
        """Return the drives of the running machine, as virsh lists them."""
        told = self.machine.ask(lambda: self.virsh("domblklist", self.machine.name))
        rows = [line.split(maxsplit=1) for line in told.splitlines() if line.strip()]
        return {row[0]: row[1].strip() for row in rows}

    def _ports(self) -> list[str]:
        described = self.machine.ask(lambda: self.virsh.description(self.machine.name))
        found = described.findall("devices/controller[@model='pcie-root-port']")
        return [port.attrib["index"] for port in found]

    def _beats(self, first: int) -> str:
        """Return how many heartbeats came since one, if none is missing. Raises NotSo."""
        self.machine.ticks_in(1)
        numbers = [number for _at, number, _uptime in self.machine.log().ticks()]
        came = numbers[numbers.index(first) :]
        if missing := sorted(set(range(came[0], came[-1] + 1)) - set(came)):
            raise NotSo(f"heartbeats {missing} of the guest are missing")
        return f"{len(came)} heartbeats, none missing"


CHAPTER = Chapter("Hot-add", begin)
