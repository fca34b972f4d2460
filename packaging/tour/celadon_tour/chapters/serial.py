"""The serial console: a guest's shell as text in the window, used by keys."""

import os
import pty
import subprocess
from collections.abc import Callable, Sequence

from PySide6.QtGui import QImage

from celadon_tour.evidence import NotSo
from celadon_tour.machine import BOOT_S, ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

PROMPT = ":/root#"
# What the guest's own scripts write to its log by, so that its log says what was typed.
SAY = ". /lib/guest.sh; say"


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log and of the other client."""
    chapter = Serial(scene)
    return chapter.steps(), chapter.forget


class Serial:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = ShownMachine(scene, scene.called("Serial"))
        self.other: OtherClient | None = None

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine that runs", self.start),
            Step("Its serial port in the window", self.open),
            Step("A command is answered", self.type),
            Step("Ctrl+C", self.interrupt),
            Step("Colours", self.colours),
            Step("Found above", self.find),
            Step("Another client takes the port", self.lose),
            Step("Take Over", self.take_over),
            Step("A flood", self.flood),
            Step("Through a restart", self.restart),
            Step("Turned off by somebody else", self.turn_off),
            Step("Left as it was", self.machine.leave),
        )

    def start(self) -> str:
        """A sample guest boots to its end."""
        return self.machine.boot()

    def open(self) -> str:
        """The tab is opened, and the guest's prompt is there."""
        self.machine.reads("Running")
        self.machine.do("Connect")
        self.person.click("Serial Console")
        self.person.click(self.terminal)
        self.person.read("The keyboard is the machine's")
        self.person.press_until("Return", "the prompt", lambda: PROMPT in self.shown())
        return f"the terminal shows {self.shown().split()[-1]!r}"

    def type(self) -> str:
        """What is typed arrives, and the answer is seen."""
        heard = self.says("TYPED $((6*7))", "TYPED 42")
        self.run("echo answer $((7*8))")
        self.person.see("the answer", lambda: "answer 56" in self.text() or None)
        return f"{heard}; the terminal shows 'answer 56'"

    def interrupt(self) -> str:
        """What runs is stopped, and the shell reads again."""
        self.run("sleep 1000")
        self.person.press("Ctrl+C")
        self.person.see("^C", lambda: "^C" in self.text() or None)
        return self.says("STOPPED $?", "STOPPED")

    def colours(self) -> str:
        """Colours are seen as such, in light and in dark."""
        self.run("clear; for c in 1 2 3 4 5 6; do printf '\\033[3%sm colour %s' $c $c; done; echo")
        self.person.see("colours", lambda: "colour 6\n" in self.text() or None)
        light = strong_colours(self.person.find(self.terminal).grab().toImage())
        self.scene.show("Colours")
        self.person.press("Ctrl+Alt+Left")
        self.person.click_menu("View", "Appearance", "Dark")
        dark = strong_colours(self.person.find(self.terminal).grab().toImage())
        self.scene.show("Colours in the dark")
        self.person.click_menu("View", "Appearance", "Light")
        if min(light, dark) < 6:
            raise NotSo(f"{light} colours in light, {dark} in dark")
        return f"{light} strong colours in light, {dark} in dark"

    def find(self) -> str:
        """A line that scrolled away is found."""
        self.person.click(self.terminal)
        self.run("seq 1 300")
        self.person.see("the end", lambda: "\n300\n" in self.text() or None)
        self.person.press("Ctrl+Shift+F")
        self.person.find("Find")
        self.person.write("137")
        self.person.see("137", lambda: "\n137\n" in self.shown() or None)
        self.scene.show("Found above")
        self.person.press("Esc")
        return "line 137 of 300 is in sight"

    def lose(self) -> str:
        """The line above the terminal says so, and nothing is taken back by itself."""
        self.other = self.machine.ask(lambda: OtherClient(self.scene.virsh.uri, self.machine.name))
        self.person.read("Another client has the serial port")
        self.machine.ticks_in(7)
        if not self.other.lives:
            raise NotSo("virsh console was thrown out, and nobody wanted that")
        self.scene.show("Another client")
        return "virsh console --force has it, and still after 7 s"

    def take_over(self) -> str:
        """On a word it is ours again."""
        self.person.click("Take Over")
        other = self.other
        if other is None or not self.person.waiting.until(lambda: not other.lives or None):
            raise NotSo("virsh console still runs")
        self.person.read("Click the terminal, or press Return on it")
        self.person.click(self.terminal)
        return f"virsh console has ended; {self.says('MINE', 'MINE')}"

    def flood(self) -> str:
        """A guest that writes without end leaves the window usable, and hears Ctrl+C."""
        self.run("yes celadon")
        self.machine.ticks_in(5)
        self.scene.show("A flood")
        self.person.press("Ctrl+C")
        return self.says("DRY", "DRY")

    def restart(self) -> str:
        """The port stays open while the guest restarts."""
        self.machine.ask(lambda: self.virsh("reset", self.machine.name))
        log = self.machine.log()
        since = len(log.lines)
        self.machine.ask(lambda: log.wait_for("READY", patience_s=BOOT_S, since=since))
        self.person.press_until("Return", "the greeting", lambda: "sample guest" in self.shown())
        return self.says("AGAIN", "AGAIN")

    def turn_off(self) -> str:
        """The text stays, grey, with the reason."""
        self.machine.ask(lambda: self.virsh("destroy", self.machine.name))
        self.person.read(f"{self.machine.name} is off.")
        self.scene.show("Turned off")
        return self.machine.until("shut off")

    def forget(self) -> None:
        """Hold nothing any more."""
        self.machine.forget()
        if self.other:
            self.other.close()

    # At the terminal

    @property
    def terminal(self) -> str:
        """What the terminal is called."""
        return f"Terminal of {self.machine.name}"

    def run(self, command: str) -> None:
        """Type a command."""
        self.person.write(command)
        self.person.press("Return")

    def says(self, words: str, heard: str) -> str:
        """Have the guest write words to its log, by a command that is typed; return its line."""
        since = len(self.machine.log().lines)
        self.run(f"{SAY} {words}")
        log = self.machine.log()
        told = self.machine.ask(lambda: log.wait_for(heard, patience_s=20, since=since))
        return f"guest log: {told.removeprefix('@@ ')}"

    def text(self) -> str:
        """Return the last of what the terminal tells whoever cannot see it."""
        return f"\n{self.person.find(self.terminal).accessibleDescription()}\n"

    def shown(self) -> str:
        """Return the lines that can be seen."""
        view = self.person.find(self.terminal)
        first: int = view.first_shown  # type: ignore[attr-defined]
        screen = view.intake.screen  # type: ignore[attr-defined]
        return f"\n{screen.text(first, first + screen.lines)}\n"


def strong_colours(image: QImage) -> int:
    """Count the strong colours at the top of a picture, by their hue."""
    hues = set[int]()
    for y in range(min(40, image.height())):
        for x in range(image.width() - 40):
            colour = image.pixelColor(x, y)
            if colour.hsvSaturation() > 90 and colour.value() > 60:
                hues.add(colour.hsvHue() // 20)
    return len(hues)


class OtherClient:
    """virsh console, which takes the port, in a terminal of its own."""

    def __init__(self, uri: str, name: str) -> None:
        self._ours, theirs = pty.openpty()
        command = ("virsh", "-c", uri, "console", "--force", name)
        self._process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        said = b""
        while b"Escape character" not in said:
            said += os.read(self._ours, 1024)

    @property
    def lives(self) -> bool:
        """Whether it still has the port."""
        return self._process.poll() is None

    def close(self) -> None:
        """Let it go."""
        if self.lives:
            self._process.kill()
            self._process.wait()
        os.close(self._ours)


CHAPTER = Chapter("Serial console", begin)
