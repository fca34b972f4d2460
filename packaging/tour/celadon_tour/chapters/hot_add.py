"""Hot-add: an adapter and a disk for a machine that runs, seen from inside it, and gone again."""

from collections.abc import Callable, Sequence

from celadon_tour.devices import GUEST_S, ShownDevices
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.tour import Chapter, Scene, Step


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
        self.devices = ShownDevices(scene, self.machine)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine with room for devices", self.start),
            Step("A network adapter while it runs", self.devices.add_adapter),
            Step("A disk while it runs", self.devices.add_disk),
            Step("The adapter is let go", self.devices.remove_adapter),
            Step("The disk is let go", self.devices.remove_disk),
            Step("The machine is left", self.machine.leave),
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

    def _ports(self) -> list[str]:
        described = self.machine.described()
        found = described.findall("devices/controller[@model='pcie-root-port']")
        return [port.attrib["index"] for port in found]


CHAPTER = Chapter("Hot-add", begin)
