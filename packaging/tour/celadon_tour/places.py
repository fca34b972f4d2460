"""The places where a machine's screen can stand: a window of its own, the whole display, a wall."""

from PySide6.QtWidgets import QTabBar

from celadon_tour import sight
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.screen import ShownScreen
from celadon_tour.stage import HOST_NAME
from celadon_tour.tour import Scene

LETTER, CODE = "A", 30
SCREENS = "Screens"


def show_screens(scene: Scene) -> None:
    """Show the screens of all machines of the server, whichever of its tabs was in front last."""
    scene.person.click_row(HOST_NAME)

    def is_in_front() -> str | None:
        for bar in sight.visible(QTabBar):
            texts = [bar.tabText(n) for n in range(bar.count())] if isinstance(bar, QTabBar) else []
            if isinstance(bar, QTabBar) and SCREENS in texts:
                return str(bar.tabText(bar.currentIndex()) == SCREENS)
        return None

    # A click on the page itself would open the machine whose tile lies there.
    if scene.person.see(f"the tab {SCREENS!r}", is_in_front) != "True":
        scene.person.click(SCREENS)


class ShownPlaces:
    """One screen, seen in each of them."""

    def __init__(self, scene: Scene, machine: ShownMachine, screen: ShownScreen) -> None:
        self._scene = scene
        self._person = scene.person
        self._machine = machine
        self._screen = screen

    def undock(self) -> str:
        """The screen leaves the window, takes keys there, and comes back."""
        self._person.click("Undock")
        self._person.find("Show the Window")
        told = self._screen.is_the_guests()
        window = self._screen.widget().window()
        title = window.windowTitle()
        begin = len(self._machine.log().lines)
        self._person.click(self._screen.name)
        self._person.press(LETTER)
        felt = self._screen.hears(rf"KEY {CODE} up", begin)
        self._scene.look("A window of its own")
        self._person.press("Ctrl+Alt+Left")
        self._person.click("Dock")
        back = self._screen.is_the_guests()
        if self._screen.widget().window() is window or not title.startswith(self._machine.name):
            raise NotSo(f"{title!r}, and it did not come back")
        return f"{title!r}: {told}; guest log: {felt}; docked: {back}"

    def full_screen(self) -> str:
        """The screen alone, its bar while it is needed, and back."""
        before = self._screen.widget().size()
        self._person.click("Full Screen")
        self._person.find("Leave Full Screen")
        full = self._screen.widget().size()
        told = self._screen.is_the_guests()
        self._person.press("Ctrl+Alt+Return")
        back = self._screen.widget().size()
        if not (full.width() > before.width() and back == before):
            raise NotSo(f"from {before} to {full} to {back}")
        return f"{full.width()} x {full.height()} instead of {before.width()}; {told}"

    def wall(self) -> str:
        """All machines of the server that run; a click on one opens it."""
        show_screens(self._scene)
        tile = ShownScreen(self._scene, self._machine)
        tile.name = f"Picture of {self._machine.name}"
        told = tile.is_the_guests()
        self._scene.show("Screens side by side")
        self._person.click(self._screen.name)
        self._person.find("Full Screen")
        return f"{told}; opened: {self._screen.is_the_guests()}"
