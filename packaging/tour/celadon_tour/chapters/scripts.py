"""Scripts: a machine from XML, one from a disk that is there, and a click read as virsh."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QListWidget

from celadon_tour import sight
from celadon_tour.evidence import GuestLog, NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

LIST = "Virtual Machines"
EDITOR = "Description in XML"
SH_S = 60
# 16-bit code that writes a text to the first serial port, again and again.
_CODE = bytes.fromhex("31c08ed8be207cac84c074f888c4bafd03eca82074fb88e0baf803eeebe9")
_SAYS = "IT BOOTS"


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what throws the disk away."""
    scripts = Scripts(scene)
    return scripts.steps(), scripts.end


class Scripts:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.written = ShownMachine(scene, scene.called("From XML"))
        self.imported = ShownMachine(scene, scene.called("From a disk"))
        self._folder = TemporaryDirectory(prefix="disk-", dir=scene.settings)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A broken description is refused", self.broken),
            Step("Define from XML", self.define),
            Step("Show XML", self.show_xml),
            Step("Import a disk", self.import_disk),
            Step("Show as Script, and run it", self.start),
            Step("Two machines, one script", self.turn_off),
            Step("A dialog as a script", self.delete),
        )

    def end(self) -> None:
        """Let go of logs, and of the disk."""
        for machine in (self.written, self.imported):
            machine.forget()
        self._folder.cleanup()

    def broken(self) -> str:
        """It says where a text is no XML, and defines nothing."""
        self.person.click_row(LIST)
        self.person.click("Define from XML")
        self.person.click(EDITOR)
        self.person.write("<domain type='qemu'><name>x</nome></domain>")
        said = self.person.read("Line 1, column ")
        self.person.press("Ctrl+A")
        self.person.write(
            "<domain type='qemu'><name>x</name><memory>65536</memory><os><type>hvm</type></os>"
            "<nonsense/></domain>"
        )
        words = self.person.read("Line 1: libvirt does not know")
        self.scene.show("A broken description is refused")
        self.person.press("Escape")
        self.person.click("Drop It")
        if "x" in (names := self.written.ask(self.virsh.names)):
            raise NotSo(f"it was defined all the same: {names}")
        return f"said {said.splitlines()[0]!r}, then {words.splitlines()[0]!r}; virsh knows no x"

    def define(self) -> str:
        """What was typed is a machine, and what is missing was told before."""
        self.person.click("Define from XML")
        self.person.click(EDITOR)
        self.person.write(
            f"<domain type='qemu'><!--mine--><name>{self.written.name}</name><memory unit='MiB'>64"
            "</memory><os><type arch='x86_64' machine='q35'>hvm</type></os>"
            "<features><acpi/></features></domain>"
        )
        self.person.read("Becomes")
        self.person.see("what libvirt does not keep", lambda: _list_says("<!-- mine -->"))
        self.scene.show("Define from XML")
        self.person.click("Define")
        self.written.reads("Off")
        made = self.written.ask(lambda: self.virsh.description(self.written.name))
        memory = made.findtext("memory")
        if memory != "65536":
            raise NotSo(f"it has {memory} KiB of memory")
        return f"{self.written.until('shut off')}; virsh dumpxml: memory {memory} KiB"

    def show_xml(self) -> str:
        """The description is read as libvirt has it."""
        self.person.click_row(self.written.name)
        self.person.click("Show XML")
        view = self.person.find("Next start")
        self.person.click("Copy")
        told = QGuiApplication.clipboard().text()
        self.scene.show("Show XML")
        self.person.click("Close")
        real = self.written.ask(lambda: self.virsh("dumpxml", "--inactive", self.written.name))
        if told.split() != real.split():
            raise NotSo("what was shown is not what virsh dumpxml says")
        return f"{len(told.splitlines())} lines, as virsh dumpxml has them ({type(view).__name__})"

    def import_disk(self) -> str:
        """A disk image becomes a machine that boots from it."""
        image = self._disk()
        self.person.click_row(LIST)
        self.person.click("Import Existing Disk")
        self.person.find("Start it when it is ready")
        self.person.write(str(image))
        self.person.read("vmdk, ")
        self.person.click("Name")
        self.person.press("Ctrl+A")
        self.person.write(self.imported.name)
        self.person.click("Start it when it is ready")
        self.scene.show("Import a disk")
        self.person.click("Import")
        self.imported.reads("Running")
        told = self._hears(_SAYS)
        return f"{self.imported.until('running')}; its first serial port: {told!r}"

    def start(self) -> str:
        """What Start is in virsh starts it, and the window sees it."""
        text = self._script_of((self.written.name,), "Start")
        done = self._run(text)
        self.written.reads("Running")
        return f"sh: {done}; {self.written.until('running')}; the window reads Running"

    def turn_off(self) -> str:
        """One line for each machine."""
        names = (self.imported.name, self.written.name)
        text = self._script_of(names, "Turn Off")
        lines = [line for line in text.splitlines() if line.startswith("virsh ")]
        if len(lines) != len(names):
            raise NotSo(f"{len(lines)} lines for {len(names)} machines")
        done = self._run(text)
        for machine in (self.imported, self.written):
            machine.reads("Off")
        return f"{len(lines)} lines of virsh; sh: {done}; {self.imported.until('shut off')}"

    def delete(self) -> str:
        """The values of a dialog are in its script, and the script does what the dialog would."""
        self.person.click_row(self.imported.name)
        self.person.click("Delete")
        self.person.click_beginning("Delete disk")
        self.person.click("Show as Script")
        self.person.find("Script for virsh")
        self.scene.show("A dialog as a script")
        self.person.click("Copy")
        text = QGuiApplication.clipboard().text()
        self.person.click("Close")
        self.person.press("Escape")
        done = self._run(text)
        self.person.miss_row(self.imported.name)
        self._run(self._script_of((self.written.name,), "Delete"))
        self.person.miss_row(self.written.name)
        if "vol-delete" not in text:
            raise NotSo("the disk that was ticked is not in the script")
        return f"sh: {done}; virsh knows {len(self.written.ask(self.virsh.names))} machines"

    def _script_of(self, names: Sequence[str], action: str) -> str:
        """Return what is copied from the sheet for an action on these machines."""
        self.person.click_row(names[0])
        for _name in names[1:]:
            self.person.press("Shift+Down")
        self.person.click("Show as Script")
        self.person.find("Script for virsh")
        heading = f"{action}: {', '.join(names)}"
        self.person.press_until("Down", repr(heading), lambda: _heads(heading))
        self.person.read(heading)
        self.scene.show(f"Show as Script: {action}")
        self.person.click("Copy")
        text = QGuiApplication.clipboard().text()
        self.person.click("Close")
        return text

    def _run(self, text: str) -> str:
        """Run a script by sh, as somebody would who pasted it. Raises NotSo."""

        def run() -> str:
            answer = subprocess.run(
                ["sh"], input=text, capture_output=True, text=True, timeout=SH_S, check=False
            )
            if answer.returncode:
                raise NotSo(f"sh ended with {answer.returncode}: {answer.stderr.strip()}")
            return " ".join(answer.stdout.split())

        return self.written.ask(run)

    def _disk(self) -> Path:
        """Make the image of a disk that boots, in a format that nobody runs from."""
        raw = Path(self._folder.name) / "disk.raw"
        code = _CODE.ljust(0x20, b"\x90") + f"{_SAYS}\r\n".encode() + b"\0"
        raw.write_bytes((code.ljust(510, b"\0") + b"\x55\xaa").ljust(2**20, b"\0"))
        image = raw.with_suffix(".vmdk")
        subprocess.run(
            ["qemu-img", "convert", "-f", "raw", "-O", "vmdk", str(raw), str(image)], check=True
        )
        return image

    def _hears(self, text: str) -> str:
        """Return what the machine's first serial port says, once it says that. Raises NotSo."""

        def listen() -> str:
            serial = self.virsh.description(self.imported.name).find("devices/serial/source")
            log = GuestLog(Path(serial.attrib["path"] if serial is not None else "/none"))
            try:
                return log.wait_for(text, patience_s=30)
            finally:
                log.close()

        return self.imported.ask(listen)


def _heads(heading: str) -> bool:
    return any(heading in sight.words(widget) for widget in sight.visible(QLabel))


def _list_says(text: str) -> bool | None:
    """Whether a list that can be seen has a line with this text in it."""
    for found in sight.visible(QListWidget):
        if isinstance(found, QListWidget):
            lines = [found.item(row).text() for row in range(found.count())]
            if any(text in line for line in lines):
                return True
    return None


CHAPTER = Chapter("Scripts", begin)
