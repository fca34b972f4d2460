"""Two guests talk in one VLAN and not in two, as they say from inside and Open vSwitch does."""

import sys
import tempfile
from pathlib import Path

from celadon_tour.evidence import NotSo, until
from celadon_tour.inside import Inside

from backend.devices import Device, NicSpec
from backend.fields import Field
from backend.jobs import Job
from backend.model import Network
from backend.operations import device, domain
from backend.operations.settings import sheet
from backend.settings import NOW, Edit, Effect, Setting, Value
from tests.live.openvswitch import switches
from tests.live.stage import Guest, Stage, place

LAB, OTHER = "celovs0", "celovs1"
_NETWORK = (
    "<network><name>{name}</name><forward mode='bridge'/><bridge name='{name}'/>"
    "<virtualport type='openvswitch'/></network>"
)


class Plugged:
    """A guest with an adapter of ours, which was added while it ran."""

    def __init__(self, guest: Guest, host: int, vlan: int, switch: str = LAB) -> None:
        self.guest, self.address = guest, f"10.77.0.{host}"
        self.inside = Inside(guest.stage.virsh, guest.name)
        # QEMU's virtio hides tags that the guest did not ask for, which the sample guest cannot do.
        self.model = "virtio" if host == 1 else "e1000e"
        spec = NicSpec(switch, self.model, vlan=vlan)
        job = guest.stage.must(device.add, guest.ref, (spec,))
        assert isinstance(job.result, tuple)
        self.device: Device = job.result[0]
        self.mac = self.device.key
        _say(f"{guest.name} has {self.mac}: {_steps(job)}")
        self.name = self.inside.run(
            f"grep -l {self.mac} /sys/class/net/*/address | cut -d/ -f5"
        ).strip()
        self.number()

    def number(self) -> None:
        """Give it its address, which the guest takes away with its cable."""
        given = f"ip addr add {self.address}/24 dev {self.name}; ip link set {self.name} up"
        self.inside.run(given)

    @property
    def target(self) -> str:
        """Return what its port is called on the host."""
        nics = self.guest.record.live.nics if self.guest.record.live else ()
        return next(nic.target for nic in nics if nic.mac == self.mac)

    def port(self) -> dict[str, str]:
        """Return what Open vSwitch says of its port."""
        return switches.port(self.target)

    def reaches(self, other: "Plugged") -> bool:
        """Whether the other one answers it, if not the first time."""
        told = self.inside.run(f"ping -c 5 -W 1 -I {self.name} {other.address}")
        return " packets received" in told and " 0 packets received" not in told

    def hears(self, other: "Plugged") -> int:
        """Return how many frames come to it while the other one calls for it."""
        before = self._received()
        other.inside.run(f"ip neigh flush dev {other.name}; ping -c 3 -W 1 {self.address}")
        return self._received() - before

    def set(self, field: Field, value: Value) -> None:
        """Change a setting of the adapter while the guest runs."""
        edits = (Edit(Setting(field, self.mac), value),)
        stage, ref = self.guest.stage, self.guest.ref
        planned = stage.engine.query(sheet.plan, ref, NOW, edits).result(20)
        assert [change.effect for change in planned.changes] == [Effect.NOW], planned
        stage.must(sheet.apply, ref, NOW, edits)

    def pull(self, *, is_up: bool) -> None:
        """Pull its cable, or plug it in; return when the guest's own kernel says so."""
        self.set(Field.ADAPTER_LINK, is_up)
        sees = f"cat /sys/class/net/{self.name}/carrier"
        until(
            lambda: self.inside.run(sees).strip(), lambda told: told == f"{is_up:d}", patience_s=10
        )

    def _received(self) -> int:
        return int(self.inside.run(f"cat /sys/class/net/{self.name}/statistics/rx_packets"))


def main() -> int:
    """Return 0 if everything was as it has to be."""
    with switches.bridges(LAB, OTHER), place() as root:
        stage = Stage(root)
        stage.open()
        try:
            _define(stage)
            _go(stage)
        finally:
            stage.strike()
        assert switches.ports(LAB, OTHER) == [], switches.vsctl("show")
        _say("no port is left")
    return 0


def _define(stage: Stage) -> None:
    for name in (LAB, OTHER):
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as file:
            Path(file.name).write_text(_NETWORK.format(name=name))
            stage.virsh("net-define", file.name)
        stage.virsh("net-start", name)
    stage.heard.until(lambda: {LAB, OTHER} <= {n.name for n in _networks(stage) if n.is_active})


def _networks(stage: Stage) -> list[Network]:
    return [r for r in stage.heard.records.values() if isinstance(r, Network)]


def _go(stage: Stage) -> None:
    guests = [stage.create(name) for name in ("one", "two")]
    try:
        for guest in guests:
            stage.must(domain.start, guest.ref)
        for guest in guests:
            guest.listen().wait_for("READY")
        one, two = (Plugged(guest, n, vlan=10) for n, guest in enumerate(guests, start=1))
        _in_vlans(one, two)
        _stay(one, two)
        _unplug(one, two)
    finally:
        for guest in guests:
            guest.remove()


def _in_vlans(one: Plugged, two: Plugged) -> None:
    _told("both in VLAN 10", one, two)
    assert one.port()["tag"] == two.port()["tag"] == "10"
    assert one.reaches(two)
    two.set(Field.ADAPTER_VLAN, ("20",))
    _told("two in VLAN 20", one, two)
    assert two.port()["tag"] == "20"
    assert not one.reaches(two)
    two.set(Field.ADAPTER_VLAN, ("10", "30"))
    _told("two has a trunk with VLAN 10", one, two)
    assert two.port() == {"tag": "[]", "trunks": "[10, 30]", "bridge": LAB}
    heard = two.hears(one)
    two.set(Field.ADAPTER_VLAN, ("20", "30"))
    _told("two has a trunk without VLAN 10", one, two)
    unheard = two.hears(one)
    _say(f"frames of VLAN 10 in two: {heard} by a trunk with it, {unheard} without")
    assert heard > unheard == 0
    for plugged in (one, two):
        plugged.set(Field.ADAPTER_VLAN, None)
    _told("both in none", one, two)
    assert one.port()["tag"] == "[]"
    assert one.port()["trunks"] == "[]"
    assert one.reaches(two)


def _stay(one: Plugged, two: Plugged) -> None:
    """No adapter is moved while it runs: libvirt cannot, and it is said beforehand."""
    stage, ref = two.guest.stage, two.guest.ref
    edits = (Edit(Setting(Field.ADAPTER_SWITCH, two.mac), OTHER),)
    (change,) = stage.engine.query(sheet.plan, ref, NOW, edits).result(20).changes
    assert change.effect is Effect.NEXT_START
    assert change.problem
    assert change.problem.message_id == "SwitchFixed"
    with tempfile.NamedTemporaryFile("w", suffix=".xml") as file:
        nic = f"<interface type='network'><mac address='{two.mac}'/><source network='{OTHER}'/>"
        Path(file.name).write_text(f"{nic}<model type='{two.model}'/></interface>")
        try:
            stage.virsh("update-device", two.guest.name, file.name, "--live")
        except NotSo as error:
            _say(f"libvirt itself: {str(error).strip().splitlines()[-1]}")
        else:
            raise AssertionError("this libvirt moves it: so should we")
    assert two.port()["bridge"] == LAB
    assert one.reaches(two)
    for is_up in (False, True):
        one.pull(is_up=is_up)  # the e1000e of QEMU 7.2 has its guest not notice
        one.number()
        assert two.reaches(one) is is_up, f"up: {is_up}"
    _say("one's cable was pulled and plugged in, and its kernel saw it")


def _unplug(one: Plugged, two: Plugged) -> None:
    two.set(Field.ADAPTER_VLAN, ("20",))
    there = two.target
    job = two.guest.stage.must(device.remove, two.guest.ref, (two.device,))
    _say(f"removed: {_steps(job)}")
    assert two.inside.run(f"ls -d /sys/class/net/{two.name}").strip() == ""
    assert there not in switches.ports(LAB, OTHER)
    again = Plugged(two.guest, 2, vlan=20, switch=OTHER)
    _told("two has another on the other switch", again)
    assert again.port() == {"tag": "20", "trunks": "[]", "bridge": OTHER}
    # What is left goes with its guest.
    two.guest.stage.must(domain.destroy, two.guest.ref)
    one.guest.stage.must(domain.destroy, one.guest.ref)
    assert switches.ports(LAB, OTHER) == [], switches.vsctl("show")


def _steps(job: Job) -> str:
    return ", ".join(f"{step.name} {step.state.value}" for step in job.steps)


def _told(what: str, *plugged: Plugged) -> None:
    for one in plugged:
        _say(f"{what}: {one.guest.name} is {one.target}, {one.port()}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
