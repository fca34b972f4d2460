"""The display: a guest's screen in the window, seen and used."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QImage

from celadon_tour import pictures
from celadon_tour.evidence import NotSo
from celadon_tour.machine import BOOT_S, ShownMachine
from celadon_tour.places import ShownPlaces
from celadon_tour.rival import Rival
from celadon_tour.screen import ShownScreen
from celadon_tour.tour import Chapter, Scene, Step

LETTERS = {"C": 46, "E": 18, "L": 38, "A": 30, "D": 32, "O": 24, "N": 49}
OTHER_KEYS = {"Tab": 15, "Esc": 1, "F1": 59, "F12": 88, "Up": 103, "Space": 57, "Del": 111}
TYPED = "ls -l /Tour"
"""What stands in the clipboard; the guest has to feel each key of it, Shift too."""
TYPED_CODES = (38, 31, 57, 12, 38, 57, 53, 42, 20, 24, 22, 19)


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of what they hold."""
    chapter = Display(scene)
    return chapter.steps(), chapter.forget


class Display:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        # Not "Display": the row would be clicked instead of the tab.
        self.machine = ShownMachine(scene, scene.called("Showcase"))
        self.screen = ShownScreen(scene, self.machine)
        self.places = ShownPlaces(scene, self.machine, self.screen)
        self.rival: Rival | None = None

    def forget(self) -> None:
        """Let go of the guest's log and of the other program."""
        self.machine.forget()
        if self.rival:
            self.rival.end()

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine that runs", self.start),
            Step("The screen in the window", self.connect),
            Step("Every change", self.follow),
            Step("Keys", self.keys),
            Step("Pointer", self.pointer),
            Step("The keyboard is given back", self.give_back),
            Step("Another program takes the display", self.take),
            Step("Every change, over VNC", self.follow),
            Step("Pointer, over VNC", self.pointer),
            Step("Keys, over VNC", self.keys),
            Step("Take Back", self.take_back),
            Step("Type Clipboard Text", self.type_text),
            Step("A window of its own", self.places.undock),
            Step("Twice as large", self.enlarge),
            Step("The guest follows the window", self.resize),
            Step("Full screen", self.places.full_screen),
            Step("Screens side by side", self.places.wall),
            Step("Ctrl+Alt+Delete", self.restart),
            Step("Turned off by somebody else", self.lose),
            Step("It comes back", self.return_again),
            Step("Display in the dark", self.dark),
            Step("Left as it was", self.machine.leave),
        )

    def start(self) -> str:
        """A sample guest boots to its end."""
        return self.machine.boot()

    def connect(self) -> str:
        """One click, and its screen is there, pixel for pixel."""
        self.machine.reads("Running")
        self.machine.do("Connect")
        told = self.screen.is_the_guests()
        return f"{told}; {self.screen.has_vnc_clients(0)}"

    def follow(self) -> str:
        """What changes there changes here: the guest's clock."""
        screen, seen = self.screen.widget(), list[QImage]()

        def has_changed() -> bool:
            image = screen.grab().toImage()
            if not seen or image != seen[-1]:
                seen.append(image)
            return len(seen) > 3

        if not self.person.waiting.until(has_changed):
            raise NotSo(f"{len(seen)} different pictures, and the guest's clock goes on")
        return f"{len(seen)} different pictures, one after the other; {self.screen.is_the_guests()}"

    def keys(self) -> str:
        """Every key arrives, also those that the window would take for itself."""
        log = self.machine.log()
        begin = len(log.lines)
        for name in (*LETTERS, *OTHER_KEYS):
            self.person.press(name)
        wanted = [*LETTERS.values(), *OTHER_KEYS.values()]
        for code in wanted:
            self.screen.hears(rf"KEY {code} up", begin)
        felt = [int(line.split()[3]) for _, line in log.lines[begin:] if line.endswith(" down")]
        if felt != wanted:
            raise NotSo(f"pressed {wanted}, felt {felt}")
        return f"guest log: {len(felt)} keys in their order, Tab, Esc and F1 among them"

    def pointer(self) -> str:
        """The pointer is where the hand is."""
        begin = len(self.machine.log().lines)
        self.person.click(self.screen.name)
        told = self.screen.hears("BUTTON 272 up at", begin)
        x, y = (int(number) for number in told.rpartition(" ")[2].split(","))
        if max(abs(x - 16384), abs(y - 16384)) > 400:
            raise NotSo(f"clicked in the middle, and the guest felt it at {x},{y}")
        return f"guest log: {told}, of 32767; clicked was the middle"

    def give_back(self) -> str:
        """Ctrl+Alt+Left, and keys are the window's again."""
        self.person.press("Ctrl+Alt+Left")
        self.person.read("Click the screen, or press Return on it")
        log = self.machine.log()
        self.machine.ticks_in(1)
        begin = len(log.lines)
        self.person.press("X")
        self.machine.ticks_in(1)
        felt = [line for _, line in log.lines[begin:] if "KEY" in line]
        if felt:
            raise NotSo(f"the guest felt {felt}")
        held = self.screen.held()
        if held:
            raise NotSo(f"the guest still feels {held} pressed")
        return "guest log: no key after that, and none is held"

    def take(self) -> str:
        """The screen goes on another way, and says so; nobody fights."""
        uri, name = self.virsh.uri, self.machine.name
        self.rival = self.machine.ask(lambda: Rival(uri, name))
        self.person.read("Another program has taken the display for itself.")
        told = self.screen.is_the_guests()
        self.scene.show("Another program takes the display")
        clients = self.screen.has_vnc_clients(1)
        return f"the other program was told {self.rival.told}; {clients}; {told}"

    def take_back(self) -> str:
        """Only when somebody says so."""
        self.person.press("Ctrl+Alt+Left")
        self.person.click("Take Back")
        told = self.screen.has_vnc_clients(0)
        if self.rival:
            self.machine.ask(self.rival.end)
            self.rival = None
        return f"{told}; {self.screen.is_the_guests()}"

    def type_text(self) -> str:
        """What was copied here is typed there, without an agent."""
        self.person.click_row("Virtual Machines")
        self.person.press("Ctrl+F")
        self.person.write(TYPED)
        self.person.press("Ctrl+A")
        self.person.press("Ctrl+C")
        self.person.press("Del")
        self.machine.do("Connect")
        self.screen.is_the_guests()
        log = self.machine.log()
        begin = len(log.lines)
        self.person.click("Type Clipboard Text")
        self.screen.hears(rf"KEY {TYPED_CODES[-1]} up", begin)
        felt = [int(line.split()[3]) for _, line in log.lines[begin:] if line.endswith(" down")]
        if tuple(felt) != TYPED_CODES:
            raise NotSo(f"{TYPED!r} is {TYPED_CODES}, felt was {felt}")
        return f"guest log: {TYPED!r} key by key, {len(felt)} with Shift"

    def enlarge(self) -> str:
        """Another size, and each pixel is a square."""
        self.screen.choose_size("Down", 3)
        screen = self.screen.widget()
        image = screen.grab().toImage()
        dull = sum(
            image.pixel(x, y) != image.pixel(x + 1, y)
            for y in range(0, 400, 40)
            for x in range(0, 800, 2)
        )
        self.scene.show("Twice as large")
        self.screen.choose_size("Up", 3)
        if dull:
            raise NotSo(f"{dull} of 4000 pairs of points are not of one pixel")
        return "4000 pairs of points are each of one pixel of the guest"

    def resize(self) -> str:
        """The guest's screen takes the size of the widget, and is shown point for point."""
        self.screen.choose_size("Down", 1)
        room = self.screen.widget().size()
        wanted = (room.width() // 8 * 8, room.height())
        real = (0, 0)

        def has_followed() -> bool:
            nonlocal real
            size = self.machine.screen().size()
            real = (size.width(), size.height())
            return real == wanted

        if not self.person.waiting.until(has_followed):
            raise NotSo(f"the guest's screen is {real}, the widget {wanted}")
        told = self.screen.is_the_guests()
        self.scene.show("The guest follows the window")
        self.screen.choose_size("Up", 1)
        return f"virsh screenshot is {real[0]} x {real[1]}, as the widget is; {told}"

    def restart(self) -> str:
        """The chord that this computer would keep for itself."""
        begin = len(self.machine.log().lines)
        self.person.click("Ctrl+Alt+Delete")
        told = self.screen.hears("SHUTDOWN", begin)
        begin = len(self.machine.log().lines)
        ready = self.screen.hears("READY", begin, patience_s=BOOT_S)
        return f"guest log: {told}, then {ready}; {self.screen.is_the_guests()}"

    def lose(self) -> str:
        """The last picture stays, grey, with the reason."""
        self.machine.ask(lambda: self.virsh("destroy", self.machine.name))
        self.person.read("Start")
        reason = f"{self.machine.name} is off."
        if not self.person.waiting.until(
            lambda: self.screen.widget().accessibleDescription() == reason or None
        ):
            raise NotSo(f"it says {self.screen.widget().accessibleDescription()!r}")
        if pictures.contrast(self.screen.widget().grab().toImage()) < 1:
            raise NotSo("the last picture is gone")
        return f"{self.machine.until('shut off')}; the screen says {reason!r}"

    def return_again(self) -> str:
        """Nobody has to connect again."""
        self.person.click("Start")
        self.machine.until("running", patience_s=30)
        ready = self.machine.hears("READY", patience_s=BOOT_S)
        return f"guest log: {ready}; {self.screen.is_the_guests()}"

    def dark(self) -> str:
        """The same in the dark."""
        self.person.click_menu("View", "Appearance", "Dark")
        told = self.screen.is_the_guests()
        self.scene.show("Display in the dark")
        self.person.click_menu("View", "Appearance", "Light")
        return told


CHAPTER = Chapter("Display", begin)
