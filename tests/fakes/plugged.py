"""A host with one machine that devices are plugged into, without a hypervisor: it does as told."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import libvirt

from backend.errors import BackendError, HypervisorRefused
from backend.host.managed import ManagedHost
from backend.hypervisor.devices import CONFIG, LIVE
from backend.hypervisor.events import DeviceAdded, DeviceRemovalFailed, DeviceRemoved, Event
from backend.inventory import Inventory
from backend.model import Domain, DomainState, Host, HostState, Kind, Network, Ref, StoragePool
from backend.specs import HostSpec
from backend.xmldesc import devices as device_xml
from backend.xmldesc import domain as domain_xml
from backend.xmldesc import tree

REF = Ref("h", Kind.DOMAIN, "6695eb01-f6a4-8304-79aa-97f2502e193f")
EMPTY = f"""<domain type='qemu'><name>web</name><uuid>{REF.key}</uuid>
<memory>1048576</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
<devices><controller type='pci' index='0' model='pcie-root'/>
<controller type='pci' index='1' model='pcie-root-port'/>
<controller type='scsi' model='virtio-scsi'/></devices></domain>"""

CAPABILITIES = """<domainCapabilities><devices>
<rng supported='yes'><enum name='backendModel'><value>random</value></enum></rng>
<tpm supported='yes'><enum name='backendModel'><value>passthrough</value></enum></tpm>
</devices></domainCapabilities>"""


class Machine:
    """The machine, as libvirt's own object of it; `live` is None while it is off."""

    def __init__(self) -> None:
        self.live: str | None = EMPTY
        self.config = EMPTY
        self.state = DomainState.RUNNING
        self.attach_fails: BackendError | None = None
        self.rivals: list[str] = []
        self.dies = self.attaches_though_it_fails = self.was_told = False
        self.obeys, self.refuses = True, False
        self.volumes: list[str] = []
        self.tell: Callable[[Event], None] = lambda _event: None
        self.traffic: set[str] = set()
        self.addresses: dict[str, Any] = {}
        self.figures: dict[str, Any] = {}
        self.guest_vcpus: dict[str, str] | None = None
        self.told: list[tuple[str, int, int]] = []
        self.update_fails: BackendError | None = None
        self.keeps_devices = False

    def attachDeviceFlags(self, text: str, flags: int) -> None:
        self.was_told = True
        if self.dies:
            self.live = None
        if self.rivals:
            self.live = _with(str(self.live), self.rivals.pop(0))
            raise HypervisorRefused(code=55, detail=("target already exists",))
        if self.attach_fails and not self.attaches_though_it_fails:
            raise self.attach_fails
        if flags & LIVE:
            self.live = _with(str(self.live), text)
            self.tell(DeviceAdded(REF, device_xml.alias_of(text)))
        if flags & CONFIG:
            self.config = _with(self.config, text)
        if self.attach_fails:
            raise self.attach_fails

    def detachDeviceFlags(self, text: str, flags: int) -> None:
        alias = device_xml.alias_of(text)
        if flags & CONFIG:
            self.config = _without(self.config, alias)
        elif self.refuses:
            self.tell(DeviceRemovalFailed(REF, alias))
        elif self.obeys:
            self.live = _without(str(self.live), alias)
            self.tell(DeviceRemoved(REF, alias))

    def XMLDesc(self, flags: int) -> str:
        return self.config if flags or self.live is None else self.live

    def agentSetResponseTimeout(self, _seconds: int, _flags: int) -> None:
        return

    def interfaceAddresses(self, _source: int, _flags: int) -> dict[str, Any]:
        return self.addresses

    def setVcpusFlags(self, count: int, flags: int) -> None:
        self.told.append(("vcpus", count, flags))
        if flags & LIVE:
            root = tree.read(str(self.live))
            found = root.find("vcpu")
            assert found is not None
            found.set("current", str(count))
            self.live = tree.write(root)

    def setMemoryFlags(self, kib: int, flags: int) -> None:
        self.told.append(("memory", kib, flags))

    def updateDeviceFlags(self, text: str, _flags: int) -> None:
        self.told.append(("update", 0, _flags))
        if self.update_fails:
            raise self.update_fails
        if self.keeps_devices:
            return
        root, new = tree.read(str(self.live)), tree.read(text)
        path, child, name = (
            ("devices/disk", "target", "dev")
            if new.tag == "disk"
            else ("devices/interface", "mac", "address")
        )
        for found in root.iterfind(path):
            if tree.attribute(found, child, name) == tree.attribute(new, child, name):
                found.getparent().replace(found, new)  # type: ignore[union-attr]
                break
        self.live = tree.write(root)

    def setBlockIoTune(self, target: str, limits: dict[str, int], _flags: int) -> None:
        root = tree.read(str(self.live))
        disk = root.find(f"devices/disk/target[@dev='{target}']/..")
        assert disk is not None
        for old in disk.findall("iotune"):
            disk.remove(old)
        tune = tree.add(disk, "iotune")
        for name, value in limits.items():
            if value:
                tree.add(tune, name, str(value))
        self.live = tree.write(root)

    def guestVcpus(self, _flags: int) -> dict[str, str]:
        if self.guest_vcpus is None:
            raise libvirt.libvirtError("no agent")
        return self.guest_vcpus

    def guestInfo(self, _kinds: int, _flags: int) -> dict[str, Any]:
        return {}


class Connect:
    """A virConnect to it."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def lookupByUUIDString(self, _uuid: str) -> Machine:
        return self._machine

    def getURI(self) -> str:
        return "qemu+tls://rack/system"

    def getLibVersion(self) -> int:
        return 11_003_000

    def getDomainCapabilities(self, *_what: object) -> str:
        return CAPABILITIES

    def listAllDevices(self, _flags: int) -> list[Any]:
        return []

    def domainListGetStats(self, _domains: object, _kinds: int, _flags: int) -> list[Any]:
        names = sorted(self._machine.traffic)
        told: dict[str, Any] = {"net.count": len(names), "block.count": len(names)}
        for number, name in enumerate(names):
            told |= {f"net.{number}.name": name, f"net.{number}.tx.pkts": 1}
            told |= {f"block.{number}.name": name, f"block.{number}.rd.reqs": 1}
        return [(self._machine, told | self._machine.figures)]


class PluggedHost:
    """What operations take for a host. Readings after an attach fail as `cuts` says."""

    def __init__(self) -> None:
        self.machine = Machine()
        self.connect = Connect(self.machine)
        self.inventory = Inventory()
        self.spec = HostSpec("h", "Here")
        self.ref = Ref("h", Kind.HOST, "h")
        self.record = Host(self.ref, "Here", "qemu:///system", HostState.CONNECTED)
        self.embedded = None
        self.cuts: Iterator[BackendError] = iter(())
        self.is_stuck = False
        self.guests = SimpleNamespace(
            ask=lambda _ref, question, **_: self.ask(question), is_stuck=lambda _ref: self.is_stuck
        )
        self.machine.tell = self._tell
        self._ears: list[Callable[[Event], None]] = []
        self.inventory.put(self.record)
        self.inventory.put(Network(Ref("h", Kind.NETWORK, "n"), "nat", "nat", is_active=True))
        self.inventory.put(
            StoragePool(Ref("h", Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True,
                        path="/images", available_bytes=2**40)
        )  # fmt: skip
        self.read()

    @property
    def managed(self) -> ManagedHost:
        """It, as the operations' signatures want it."""
        return cast("ManagedHost", self)

    def read(self) -> None:
        """Have the inventory show the machine as it is."""
        live = domain_xml.parse(self.machine.live).configuration if self.machine.live else None
        state = self.machine.state if live else DomainState.OFF
        config = domain_xml.parse(self.machine.config).configuration
        self.inventory.put(Domain(REF, "web", state, live=live, next_start=config))

    @property
    def domain(self) -> Domain:
        """The machine as the inventory shows it."""
        found = self.inventory.find(REF, Domain)
        assert found
        return found

    def _tell(self, event: Event) -> None:
        for hear in list(self._ears):
            hear(event)

    async def read_now(self, _ref: Ref) -> None:
        if self.machine.was_told and (error := next(self.cuts, None)):
            raise error
        if not self.is_stuck:
            self.read()

    async def read_storage_now(self) -> None:
        return

    async def act(self, command: Callable[..., Any], ref: Ref, *args: Any) -> Any:
        return command(self.connect, ref.key, *args)

    async def ask(self, question: Callable[[Any], Any], **_: Any) -> Any:
        return question(self.connect)

    tell = ask

    async def run_locally(self, function: Callable[[], Any], **_: Any) -> Any:
        return function()

    def on_event(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        self._ears.append(listener)
        return lambda: self._ears.remove(listener)


def _with(text: str, device: str) -> str:
    root = tree.read(text)
    _devices(root).append(tree.read(device))
    return tree.write(root)


def _without(text: str, alias: str) -> str:
    root = tree.read(text)
    for found in root.findall(f"devices/*/alias[@name='{alias}']/.."):
        _devices(root).remove(found)
    return tree.write(root)


def _devices(root: tree.Element) -> tree.Element:
    found = root.find("devices")
    assert found is not None
    return found
