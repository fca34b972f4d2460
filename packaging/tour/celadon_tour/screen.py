"""The screen of a machine that is shown: as it stands in the window, and what its guest felt."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from celadon_tour import pictures
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.tour import Scene

ALIKE = 6.0
"""Two pictures of the same screen, of different size and a moment apart, are nearer than this."""


class ShownScreen:
    """The widget in which a machine's screen is seen."""

    def __init__(self, scene: Scene, machine: ShownMachine) -> None:
        self._person = scene.person
        self._machine = machine
        self._virsh = scene.virsh
        self.name = f"Screen of {machine.name}"

    def widget(self) -> QWidget:
        """Return it, as soon as it is seen."""
        return self._person.find(self.name)

    def choose_size(self, way: str, lines: int) -> None:
        """Go so many lines "Down" or "Up" in the list of sizes."""
        self._person.click("Zoom")
        self._person.press(way, times=lines)
        self._person.press("Return")

    def hears(self, pattern: str, since: int, *, patience_s: float = 20) -> str:
        """Return the first thing that the guest says like that from a line of its log on."""
        log = self._machine.log()
        told = self._machine.ask(lambda: log.wait_for(pattern, patience_s=patience_s, since=since))
        return told.removeprefix("@@ ")

    def held(self) -> set[str]:
        """Return the keys that the guest felt going down and not up."""
        held: set[str] = set()
        for _, line in self._machine.log().lines:
            words = line.split()
            if "KEY" in words:
                (held.add if words[-1] == "down" else held.discard)(words[-2])
        return held

    def has_vnc_clients(self, count: int) -> str:
        """Say so by QEMU: over D-Bus its VNC server has none. Raises NotSo."""
        told: list[str] = []

        def is_so() -> bool:
            told[:] = self._machine.ask(
                lambda: self._virsh("qemu-monitor-command", self._machine.name, "--hmp", "info vnc")
            ).splitlines()
            return sum("Client" in line and "none" not in line for line in told) == count

        if not self._person.waiting.until(is_so):
            raise NotSo(f"QEMU's VNC server has not {count} clients: {told}")
        return f"QEMU's VNC server has {count or 'no'} client{'s' * (count != 1)}"

    def is_the_guests(self) -> str:
        """Say that the screen in the window is the guest's, by virsh. Raises NotSo."""
        apart = contrast = 0.0

        def is_alike() -> bool:
            nonlocal apart, contrast
            real = self._machine.screen()
            shown = pictures.shown(self.widget())
            # The guest's proportions in the middle of the widget; around it is nothing.
            size = real.size().scaled(shown.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(shown.rect().center())
            apart = pictures.distance(shown.copy(place), real)
            contrast = pictures.contrast(real)
            return apart < ALIKE < contrast

        if not self._person.waiting.until(is_alike):
            raise NotSo(f"{apart:.1f} apart from virsh's screenshot (contrast {contrast:.1f})")
        return (
            f"the screen and virsh screenshot are {apart:.1f} of 255 apart, a blank one would be "
            f"{contrast:.1f}"
        )
