"""A machine that is shown: what is done to it by hand, and what is so by virsh and its own log."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from xml.etree import ElementTree

from PySide6.QtGui import QImage

from celadon_tour.evidence import GuestLog, NotSo
from celadon_tour.inside import Inside
from celadon_tour.tour import Scene

T = TypeVar("T")

BOOT_S = 90.0
TICKS_ON_THEIR_WAY_S = 0.5


class ShownMachine:
    """One sample guest by its name."""

    def __init__(self, scene: Scene, name: str) -> None:
        self.name = name
        self.disk = Path()
        self._person = scene.person
        self._virsh = scene.virsh
        self._report = scene.report
        self.inside = Inside(scene.virsh, name)
        self._log: GuestLog | None = None

    def forget(self) -> None:
        """Read its log no more."""
        if self._log:
            self._log.close()
            self._log = None

    def ask(self, question: Callable[[], T]) -> T:
        """Return the answer to what may take a while; the window lives meanwhile."""
        return self._person.waiting.meanwhile(question)

    # By hand

    def quick_create(self, *, is_started: bool) -> None:
        """Make it by Quick Create, from the list of the server's machines."""
        self._person.click_row("Virtual Machines")
        self._person.click("Quick Create")
        self._person.find("Start it when it is ready")
        self._person.press("Ctrl+A")
        self._person.write(self.name)
        if not is_started:
            self._person.click("Start it when it is ready")
        self._person.click("Create")

    def boot(self) -> str:
        """Make it, started, and return what its guest says once it is up. Raises NotSo."""
        self.quick_create(is_started=True)
        self.until("running", patience_s=60)
        self.described()
        return f"guest log: {self.hears('READY', patience_s=BOOT_S)}"

    def do(self, action: str) -> None:
        """Click on its row, then on a line of the actions pane."""
        self._person.click_row(self.name)
        self._person.click(action)

    def reads(self, state: str, *, patience_s: float = 60) -> None:
        """Return once its row says so."""
        self._person.read_row(self.name, state, patience_s=patience_s)

    def delete(self) -> str:
        """Delete it with its disks, from the list; return what virsh says then. Raises NotSo."""
        self.do("Delete")
        self._person.click_beginning("Delete disk")
        self._person.click("Delete")
        self._person.miss_row(self.name)
        return self.until("gone")

    def leave(self) -> str:
        """Turn it off if it runs, and delete it, wherever the window stands. Raises NotSo."""
        self._person.click_row("Virtual Machines")
        if self.ask(lambda: self._virsh.state(self.name)) == "shut off":
            return self.delete()
        self.do("Turn Off")
        self._person.find("Cancel")
        self._person.click("Turn Off")
        told = self.until("shut off")
        return f"{told}, then {self.delete()}"

    # From outside

    def until(self, state: str, *, patience_s: float = 10) -> str:
        """Return what virsh says of it, once that is `state`. Raises NotSo."""
        told = self.ask(lambda: self._virsh.until(self.name, state, patience_s=patience_s))
        return f"virsh domstate: {told}"

    def described(self) -> ElementTree.Element:
        """Return its description by virsh; the report has from it what accelerates its guest.

        From then on it is known which file its first disk is.
        """
        found = self.ask(lambda: self._virsh.description(self.name))
        source = found.find("devices/disk[@device='disk']/source")
        self.disk = Path("/none" if source is None else source.get("file", "/none"))
        self._report.accelerator = "kvm" if found.get("type") == "kvm" else "tcg"
        return found

    def log(self) -> GuestLog:
        """Return the log of the QEMU that runs now."""
        port = self.ask(lambda: self._virsh.log_port(self.name))
        if self._log is None or self._log.port != port or not self._log.is_open:
            self.forget()
            self._log = GuestLog(port)
        return self._log

    def hears(self, pattern: str, *, patience_s: float = 60) -> str:
        """Return what the guest itself says. Raises NotSo."""
        log = self.log()
        told = self.ask(lambda: log.wait_for(pattern, patience_s=patience_s))
        return told.removeprefix("@@ ")

    def last_tick(self) -> int:
        """Return the number of the last heartbeat that came."""
        if self._log is None or not (told := self._log.ticks()):
            raise NotSo("the guest's heart was never heard")
        return told[-1][1]

    def ticks_in(self, seconds: float) -> int:
        """Return how many heartbeats come in this time."""
        log = self.log()
        return self.ask(lambda: log.count_ticks(seconds))

    def stands_still(self) -> str:
        """Say that its heart does not beat for a second. Raises NotSo."""
        self.ticks_in(TICKS_ON_THEIR_WAY_S)
        if count := self.ticks_in(1):
            raise NotSo(f"{count} heartbeats in 1 s, and it should stand still")
        return f"guest log: no heartbeat in 1 s, the last was {self.last_tick()}"

    def screen(self) -> QImage:
        """Return what is on its screen, by virsh."""

        def take() -> QImage:
            with TemporaryDirectory() as folder:
                file = Path(folder) / "screen"
                self._virsh("screenshot", self.name, "--file", str(file))
                return QImage.fromData(file.read_bytes())

        return self.ask(take)
