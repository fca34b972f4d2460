"""Settings: a change that acts now, one at the next start, one refused, one undone."""

from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from celadon_tour import lists
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

TITLE = "Web server"
PATIENCE_S = 20.0


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log."""
    chapter = Settings(scene)
    return chapter.steps(), chapter.machine.forget


class Settings:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = ShownMachine(scene, scene.called("Front desk"))
        self.before = 0

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("Its settings, while it runs", self.open),
            Step("A change that acts now", self.change_now),
            Step("A change for the next start", self.change_later),
            Step("A change that is refused", self.be_refused),
            Step("A change is undone", self.undo),
            Step("The machine is left", self.machine.leave),
        )

    def open(self) -> str:
        """A sample guest is started; its sheet says what it is."""
        # Not booted: nothing here is asked of the guest.
        self.machine.quick_create(is_started=True)
        started = self.machine.until("running", patience_s=60)
        self.machine.described()
        self.machine.reads("Running")
        self.machine.do("Settings")
        self.person.find("What OK will do", patience_s=PATIENCE_S)
        self._turn_to("Memory")
        self.person.find("Startup memory")
        self.scene.show("Settings: memory")
        return started

    def change_now(self) -> str:
        """A title is there at once, while the machine runs."""
        self._turn_to("Name")
        self.person.click("Title")
        self.person.write(TITLE)
        planned = self.person.read("Now: Title", patience_s=PATIENCE_S)
        self.person.click("Apply", patience_s=PATIENCE_S)
        told = self._until("the title as it runs", lambda: self._running().findtext("title"), TITLE)
        return f"the sheet says “{planned}”; virsh dumpxml: title {told}"

    def change_later(self) -> str:
        """Room for more processors waits for the next start; what runs stays as it is."""
        self.before = self.machine.ask(self._defined_vcpus)
        wanted = self.before + 1
        self._turn_to("Processor")
        self._enter("Maximum", str(wanted))
        planned = self.person.read("At the next start: Maximum", patience_s=PATIENCE_S)
        self.scene.show("Settings: what OK will do")
        self.person.click("Apply", patience_s=PATIENCE_S)
        self._until("the processors of the definition", self._defined_vcpus, wanted)
        self.person.read("until it is turned off", patience_s=PATIENCE_S)
        running = _vcpus(self.machine.ask(self._running))
        if running != self.before:
            raise NotSo(f"virsh says that it runs with {running} processors already")
        self.scene.look("Settings: waiting for the next start")
        return f"the sheet says “{planned}”; virsh: {wanted} in the definition, {running} running"

    def be_refused(self) -> str:
        """More processors than a machine can have: refused with the reason, and nothing changed."""
        self._enter("Maximum", "100000")
        told = self.person.read("Refused: Maximum", patience_s=PATIENCE_S)
        if self.person.find("OK").isEnabled():
            raise NotSo("OK can be clicked, and the change was refused")
        self.scene.show("Settings: refused")
        self.person.click("Revert Maximum")
        self.person.click("OK", patience_s=PATIENCE_S)
        count = self.machine.ask(self._defined_vcpus)
        if count != self.before + 1:
            raise NotSo(f"virsh tells of {count} processors, and {self.before + 1} were left")
        return f"the sheet says “{told}”; virsh dumpxml --inactive: {count}"

    def undo(self) -> str:
        """Undo takes back the last change, by keys in the window."""
        self.person.click_row(self.machine.name)
        self.person.press("Ctrl+Z")
        self._until("the processors of the definition", self._defined_vcpus, self.before)
        return f"virsh dumpxml --inactive: {self.before} again"

    def _turn_to(self, page: str) -> None:
        """Choose a page in the list."""
        lists.click(self.person, page)
        self.person.find(page)

    def _enter(self, field: str, text: str) -> None:
        self.person.click(field)
        self.person.press("Ctrl+A")
        self.person.write(text)

    def _running(self) -> ElementTree.Element:
        return self.virsh.description(self.machine.name)

    def _defined_vcpus(self) -> int:
        told = self.virsh("dumpxml", "--inactive", self.machine.name)
        return _vcpus(ElementTree.fromstring(told))  # noqa: S314  # our own host's

    def _until(self, what: str, ask: Callable[[], object], wanted: object) -> object:
        """Ask until it is as wanted. Raises NotSo."""

        def look() -> object:
            found = self.machine.ask(ask)
            return found if found == wanted else None

        return self.person.see(f"{what} to be {wanted!r}", look, patience_s=PATIENCE_S)


def _vcpus(described: ElementTree.Element) -> int:
    vcpu = described.find("vcpu")
    if vcpu is None:
        raise NotSo("virsh tells of no processors")
    return int(vcpu.text or 0)


CHAPTER = Chapter("Settings", begin)
