"""Keyboard: a machine from the first key to the last, and the pointer is never touched."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu
from typing_extensions import override

from celadon_tour import sight
from celadon_tour.evidence import NotSo, until
from celadon_tour.machine import BOOT_S, ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

LIST = "Virtual Machines"
PALETTE = "Search machines, actions, settings"
NOTES = "Owned by nobody; may be restarted at any time."
MENUS = ("Alt+F", "Alt+E", "Alt+A", "Alt+V", "Alt+O", "Alt+W", "Alt+H")
ENTRIES_MINIMUM = 30
_POINTER = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what stops watching the pointer."""
    keyboard = Keyboard(scene)
    return keyboard.steps(), keyboard.end


class PointerWatch(QObject):
    """Counts what a pointer does to any window of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let it go on."""
        self.count += event.type() in _POINTER
        return super().eventFilter(watched, event)


class Keyboard:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.machine = ShownMachine(scene, scene.called("Typed"))
        self.pointer = PointerWatch()
        self.walked: list[str] = []
        if application := QApplication.instance():
            application.installEventFilter(self.pointer)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("Create, by the palette", self.create),
            Step("Find it in the list", self.find),
            Step("Notes", self.notes),
            Step("Undo", self.undo),
            Step("Settings", self.settings),
            Step("Help", self.help),
            Step("Every menu", self.menus),
            Step("Panes", self.panes),
            Step("Shut down, by the palette", self.shut_down),
            Step("Delete, by keys", self.delete),
            Step("No pointer", self.no_pointer),
        )

    def end(self) -> None:
        """Watch the pointer no more; let go of the guest's log."""
        if application := QApplication.instance():
            application.removeEventFilter(self.pointer)
        self.machine.forget()

    def create(self) -> str:
        """Ctrl+K, a few letters, a name, Return: it is made, and started."""
        self._find("quick create")
        self._until_at("Name")
        self.person.press("Ctrl+A")
        self.person.write(self.machine.name)
        self.person.press("Return")
        told = self.machine.until("running", patience_s=60)
        ready = self.machine.hears("READY", patience_s=BOOT_S)
        self.machine.described()
        return f"{told}; guest log: {ready}"

    def find(self) -> str:
        """The palette goes to the list, the filter leaves one row, Down goes to it."""
        self._find("virtual machines")
        self.person.press("Ctrl+F")
        self.person.write(f"{self.machine.name} state:running")
        self.person.press("Return")
        self._until_at(LIST)
        self.person.press("Home")
        self.machine.reads("Running")
        self.scene.show("Filtered by keys")
        return f"the row reads {self.person.read_row(self.machine.name, 'Running')[:3]}"

    def notes(self) -> str:
        """Letters lead to the entry of the Action menu; Tab leads to the button."""
        self.person.choose_by_keys("Alt+A", "Edit Notes")
        self._until_at("Notes")
        self.person.write(NOTES)
        self.person.press_until("Tab", "Save Notes", lambda: self._is_at("Save Notes"))
        self.person.press("Return")
        return f"virsh desc: {self._described(lambda answer: NOTES in answer)!r}"

    def undo(self) -> str:
        """Ctrl+Z takes the notes back."""
        self.person.press("Ctrl+Z")
        told = self._described(lambda answer: NOTES not in answer)
        return f"virsh desc: {told!r}"

    def settings(self) -> str:
        """Alt+Return opens the sheet, Escape leaves it."""
        self.person.press("Alt+Return")
        title = f"Settings of {self.machine.name}"
        self.person.find(title)
        self.scene.show("Settings by keys")
        self.person.press("Escape")
        self._until_at(LIST)
        return f"{title!r} opened and closed, and the keyboard is at the list again"

    def help(self) -> str:
        """F1 opens the page of the list; its search finds the full disk."""
        self.person.press("F1")
        self.person.find("The list of virtual machines - Celadon Help")
        self.person.press("Ctrl+F")
        self.person.write("full disk")
        self.person.press("Down")
        self.person.find("States, and what to do - Celadon Help")
        self.scene.show("Help by keys")
        self.person.press("Escape")
        self._until_at(LIST)
        return "F1 led to the list's page, its search to what to do about a full disk"

    def menus(self) -> str:
        """Each menu opens by its letter, and each entry of it can be walked to."""
        for keys in MENUS:
            self.person.press(keys)
            self.person.see(f"the menu of {keys}", lambda: isinstance(_menu(), QMenu) or None)
            self._walk()
            self.person.press("Escape", times=2)
            self.person.see("no menu", lambda: _menu() is None or None)
        if len(self.walked) < ENTRIES_MINIMUM:
            raise NotSo(f"only {len(self.walked)} entries: {self.walked}")
        return (
            f"{len(self.walked)} entries in {len(MENUS)} menus: {', '.join(self.walked[:8])}, ..."
        )

    def panes(self) -> str:
        """F6 goes round; Ctrl+Shift+T and Ctrl+Shift+A hide and show."""
        self._until_at(LIST)
        seen = []
        for _ in range(4):
            self.person.press("F6")
            seen.append(self.person.keyboard_is_at())
        self.scene.show("Focus by keys")
        for keys in ("Ctrl+Shift+T", "Ctrl+Shift+A"):
            self.person.press(keys, times=2)
        if "Tree" not in seen:
            raise NotSo(f"F6 never came to the tree, but to {seen}")
        return f"F6 led to {', '.join(seen)}"

    def shut_down(self) -> str:
        """The name and the deed in one line."""
        log = self.machine.log()
        self._find(f"{self.machine.name} shut down")
        words = self.machine.ask(lambda: log.wait_for("SHUTDOWN|POWER"))
        told = self.machine.until("shut off", patience_s=60)
        return f"guest log: {words.removeprefix('@@ ')}; {told}"

    def delete(self) -> str:
        """Del, Tab to the disk's box, Space, Tab to the button, Space."""
        self._find("virtual machines")
        self.person.press("Ctrl+F")
        self.person.press("Ctrl+A")
        self.person.write(self.machine.name)
        self.person.press("Return")
        self._until_at(LIST)
        self.machine.reads("Off")
        self.person.press("Home")
        self.person.press("Del")
        disk = self.machine.disk
        box = f"Delete disk {disk.name}"
        self.person.read(box)
        self.person.press_until("Tab", box, lambda: box in self.person.keyboard_is_at())
        self.person.press("Space")
        self.person.press_until("Tab", "Delete", lambda: self._is_at("Delete"))
        self.person.press("Space")
        told = self.machine.until("gone")
        if disk.exists():
            raise NotSo(f"its disk {disk} is still there")
        self.person.press("Ctrl+F")
        self.person.press("Escape")
        return f"{told}; its disk {disk.name} is gone"

    def no_pointer(self) -> str:
        """Nothing of all this was done with the pointer."""
        if self.pointer.count:
            raise NotSo(f"{self.pointer.count} events of the pointer")
        return "0 events of a pointer in all of the program's windows"

    def _find(self, words: str) -> None:
        """Do what the palette finds first for these words."""
        self.person.press("Ctrl+K")
        self._until_at(PALETTE)
        self.person.write(words)
        self.scene.show("Palette")
        self.person.press("Return")

    def _walk(self) -> None:
        """Walk down a menu until it comes round."""
        first = ""
        for _ in range(40):
            menu = _menu()
            marked = menu.activeAction() if isinstance(menu, QMenu) else None
            text = sight.plain(marked.text()) if marked else ""
            if text and text == first:
                return
            first = first or text
            if text:
                self.walked.append(text)
            self.person.press("Down")

    def _until_at(self, name: str) -> None:
        self.person.see(f"the keyboard at {name!r}", lambda: self._is_at(name) or None)

    def _is_at(self, name: str) -> bool:
        at = self.person.keyboard_is_at()
        return name == at or name in at.split(", ")

    def _described(self, holds: Callable[[str], bool]) -> str:
        """Return what virsh says of its notes, once that is so."""
        name = self.machine.name
        return self.machine.ask(
            lambda: until(lambda: self.scene.virsh("desc", name), holds, patience_s=20)
        )


def _menu() -> QMenu | None:
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None


CHAPTER = Chapter("Keyboard", begin)
