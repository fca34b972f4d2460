"""First steps: a machine from Quick Create to Delete."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QImage

from celadon_tour import pictures
from celadon_tour.evidence import NotSo
from celadon_tour.machine import BOOT_S, ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

LIST = "Virtual Machines"
THUMBNAIL = "Picture of the machine's screen"
ALIKE = 12.0
"""Two pictures of the same screen, of different size and a second apart, are nearer than this."""
DARK, LIGHT = 60, 180
"""A list in the dark is darker, one in the light brighter."""
BEATS_MINIMUM = 5
FIGURES_S = 5.0
"""So long the machine runs before the picture in the dark, so that its curves are curves."""


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log."""
    first = FirstSteps(scene)
    return first.steps(), first.machine.forget


class FirstSteps:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = ShownMachine(scene, scene.called("First steps"))

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("Window", self.window),
            Step("Quick Create", self.quick_create),
            Step("Start", self.start),
            Step("Heartbeat", self.heartbeat),
            Step("Thumbnail", self.thumbnail),
            Step("Address", self.address),
            Step("Pause", self.pause),
            Step("Resume, by keys alone", self.resume),
            Step("Save", self.save),
            Step("Start where it was saved", self.restore),
            Step("Dark", self.dark),
            Step("Shut Down", self.shut_down),
            Step("Delete", self.delete),
        )

    def window(self) -> str:
        """It opens on an empty list, and says what to do first."""
        self.person.click("Quick Create")
        self.person.find("Create")
        self.person.press("Escape")
        self.person.find(LIST)
        if self.machine.name in (names := self.machine.ask(self.virsh.names)):
            raise NotSo(f"the host is not new: {names}")
        return f"virsh list --all: {len(names)} machines; Escape left Quick Create"

    def quick_create(self) -> str:
        """From one dialog comes a machine with a disk."""
        self.person.click("Quick Create")
        self.person.find("Start it when it is ready")
        if (place := self.person.keyboard_is_at()) != "Name":
            raise NotSo(f"the keyboard is not at the name but at {place!r}")
        self.person.press("Ctrl+A")
        self.person.write(self.machine.name)
        self.person.click("Start it when it is ready")
        self.scene.show("Quick Create")
        self.person.click("Create")
        self.machine.reads("Off")
        made = self.machine.described()
        if not self.machine.disk.is_file():
            raise NotSo(f"its disk {self.machine.disk} is not there")
        kind = made.attrib["type"]
        told = self.machine.until("shut off")
        return f"{told}, made for {kind}; its disk {self.machine.disk.name} is there"

    def start(self) -> str:
        """It boots to its end."""
        self.machine.do("Start")
        told = self.machine.until("running", patience_s=30)
        ready = self.machine.hears("READY", patience_s=BOOT_S)
        self.machine.reads("Running")
        return f"{told}; guest log: {ready}"

    def heartbeat(self) -> str:
        """Its heart beats, and no beat is lost."""
        count = self.machine.ticks_in(2)
        numbers = [number for _, number, _ in self.machine.log().ticks()]
        lost = numbers[-1] - numbers[0] + 1 - len(numbers) if numbers else 0
        if count < BEATS_MINIMUM or lost:
            raise NotSo(f"{count} heartbeats in 2 s, {lost} lost")
        return f"guest log: {count} heartbeats in 2 s, number {numbers[-1]}, none lost"

    def thumbnail(self) -> str:
        """The picture in the window is the picture on the guest's screen."""
        widget = self.person.find(THUMBNAIL)
        shown, apart, contrast = QImage(), 255.0, 0.0

        def is_alike() -> bool:
            nonlocal shown, apart, contrast
            shown, real = widget.grab().toImage(), self.machine.screen()
            apart, contrast = pictures.distance(shown, real), pictures.contrast(real)
            return apart < ALIKE < contrast

        if not self.person.waiting.until(is_alike):
            raise NotSo(f"{apart:.1f} apart from virsh's screenshot (contrast {contrast:.1f})")
        if not self.person.waiting.until(lambda: widget.grab().toImage() != shown):
            raise NotSo("the thumbnail never changed, and the guest's screen does")
        return (
            f"thumbnail and virsh screenshot are {apart:.1f} of 255 apart, a blank one would be "
            f"{contrast:.1f}; {pictures.colours(shown)} colours; it changed with the guest"
        )

    def address(self) -> str:
        """The window knows the guest's address, as the guest was given it."""
        told = self.machine.hears(r"NIC addr \S+ \S+/\d+", patience_s=30)
        address = told.split("NIC addr ")[1].split()[1].partition("/")[0]
        shown = self.person.read(address, patience_s=60)
        return f"guest log: {told}; the window says {shown!r}"

    def pause(self) -> str:
        """It stands still."""
        self.machine.do("Pause")
        self.machine.reads("Paused")
        return f"{self.machine.until('paused')}; {self.machine.stands_still()}"

    def resume(self) -> str:
        """It goes on; the hand does not touch the pointer."""
        at_list = lambda: self.person.keyboard_is_at() == LIST  # noqa: E731
        self.person.press_until("F6", "the list", at_list)
        self.person.press("Home")
        following = self.machine.last_tick() + 1
        self.person.choose_by_keys("Alt+A", "Resume")
        self.machine.reads("Running")
        self.machine.hears(rf"^TICK {following} ", patience_s=10)
        return f"{self.machine.until('running')}; guest log: it goes on with number {following}"

    def save(self) -> str:
        """It is off, and nothing is lost."""
        self.machine.do("Save")
        self.machine.reads("Saved")
        told = self.machine.until("shut off")
        facts = self.machine.ask(lambda: self.virsh("dominfo", self.machine.name))
        if not any(line.split() == ["Managed", "save:", "yes"] for line in facts.splitlines()):
            raise NotSo(f"virsh knows of no saved state: {facts}")
        return f"{told}, managed save: yes; its last heartbeat was {self.machine.last_tick()}"

    def restore(self) -> str:
        """It goes on where it was."""
        last = self.machine.last_tick()
        self.machine.do("Start (Restore Saved State)")
        told = self.machine.until("running", patience_s=60)
        self.machine.hears("^TICK", patience_s=30)
        self.machine.reads("Running")
        log = self.machine.log()
        number = log.ticks()[0][1]
        has_booted = any("BOOT" in line for _, line in log.lines)
        if has_booted or not last < number < last + 100:
            raise NotSo(f"not the same guest: heartbeat {number} after {last}")
        return f"{told}; guest log: after heartbeat {last} came {number}, and no boot"

    def dark(self) -> str:
        """The same in the dark, by the menu; and back."""
        self.person.click_row(self.machine.name)
        self.person.waiting.turn(round(FIGURES_S * 1000))
        light = self._brightness()
        self.person.click_menu("View", "Appearance", "Dark")
        dark = self._brightness()
        self.scene.show("Dark")
        self.person.click_menu("View", "Appearance", "Light")
        again = self._brightness()
        if not (dark < DARK and min(light, again) > LIGHT):
            raise NotSo(f"brightness of the list: {light:.0f}, {dark:.0f}, {again:.0f}")
        return f"brightness of the list: {light:.0f}, in the dark {dark:.0f}, then {again:.0f}"

    def shut_down(self) -> str:
        """The guest itself ends."""
        log = self.machine.log()
        self.machine.do("Shut Down")
        words = self.machine.ask(lambda: log.wait_for("SHUTDOWN|POWER"))
        told = self.machine.until("shut off", patience_s=60)
        self.machine.reads("Off")
        return f"guest log: {words.removeprefix('@@ ')}; {told}"

    def delete(self) -> str:
        """It is gone, and so is its disk."""
        disk = self.machine.disk
        self.machine.do("Delete")
        self.person.click_beginning(f"Delete disk {disk.name}")
        self.scene.show("Delete")
        self.person.click("Delete")
        self.person.miss_row(self.machine.name)
        told = self.machine.until("gone")
        if disk.exists():
            raise NotSo(f"its disk {disk} is still there")
        return f"{told}; its disk {disk.name} is gone"

    def _brightness(self) -> float:
        self.person.waiting.turn(200)
        return pictures.brightness(self.person.find(LIST).grab().toImage())


CHAPTER = Chapter("First steps", begin)
