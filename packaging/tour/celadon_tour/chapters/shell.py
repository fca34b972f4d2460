"""The shell: windows, favorites, a property sheet, undo, jobs of before, a support bundle."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QMainWindow

from celadon_tour import lists, sight
from celadon_tour.evidence import NotSo, until
from celadon_tour.machine import ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

LIST = "Virtual Machines"
SECRET = "hunter2xyz"  # noqa: S105  # what must not be handed on
NOTES = f"The password is {SECRET}"
ELSEWHERE = "Somebody else was here"


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what throws the bundle away."""
    shell = Shell(scene)
    return shell.steps(), shell.end


class Shell:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = ShownMachine(scene, scene.called("Shell"))
        self._folder = TemporaryDirectory(prefix="bundle-", dir=scene.settings)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine to work with", self.make),
            Step("New Window from Here", self.second_window),
            Step("Favorites", self.favorite),
            Step("Settings", self.settings),
            Step("Undo and Redo, by keys", self.undo),
            Step("What somebody else changed is left alone", self.changed_since),
            Step("Jobs of before, after a restart", self.jobs_of_before),
            Step("Support bundle", self.bundle),
        )

    def end(self) -> None:
        """Throw the bundle away."""
        self.machine.forget()
        self._folder.cleanup()

    def make(self) -> str:
        """Quick Create makes one, and leaves it off."""
        self.machine.quick_create(is_started=False)
        self.machine.reads("Off")
        self.machine.described()
        return self.machine.until("shut off")

    def second_window(self) -> str:
        """A second one goes its own way, and closing it leaves the first."""
        self.person.press("Ctrl+Shift+W")
        self.person.click_menu("Window", f"2  {LIST} - Celadon")
        self.person.press("Ctrl+J")
        self.person.find("Show: All")
        self.scene.show("New Window from Here")
        self.person.press("Ctrl+W")
        self.person.see("one window", lambda: len(_titles()) == 1 or None)
        if "Show: All" in _names():
            raise NotSo("the first window shows the jobs that only the second was told to show")
        return "two windows, the jobs in one of them; Ctrl+W closed that one and left the other"

    def favorite(self) -> str:
        """A place is remembered with its filter, and gone to by its number."""
        self.person.click_row(LIST)
        self.person.press("Ctrl+F")
        self.person.write("shell")
        self.person.press("Ctrl+D")
        self.person.find("Add to Favorites")
        self.person.press("Ctrl+A")
        self.person.write("My machines")
        self.scene.show("Favorites")
        self.person.press("Return")
        self.person.click_row("Storage")
        self.person.press("Alt+1")
        self.machine.reads("Off")
        self.person.press("Ctrl+F")
        self.person.press("Escape")
        kept = self._kept("My machines")
        return f"Alt+1 led back to the filtered list; the settings hold {kept!r}"

    def settings(self) -> str:
        """What was changed on the sheet is so, all of it by one OK."""
        self.person.click_row(self.machine.name)
        self.person.press("Alt+Return")
        self._turn_to("Name")
        self.person.click("Notes")
        self.person.write(NOTES)
        self._turn_to("Automatic start")
        self.person.click("Start with the server")
        self.scene.show("Name, notes and automatic start in Settings")
        self.person.click("OK")
        return self._until(NOTES, "enable")

    def _turn_to(self, page: str) -> None:
        """Choose a page of Settings."""
        lists.click(self.person, page)
        self.person.find(page)

    def undo(self) -> str:
        """Both go back, and come again."""
        self.person.click_row(self.machine.name)
        self.person.press("Ctrl+Z")
        undone = self._until("", "disable")
        # What virsh tells may be under way here yet: it is done again once it is done.
        wanted = f"{NOTES}/enable"
        self.person.press_until(
            "Ctrl+Shift+Z", "what was undone", lambda: self.machine.ask(self._told) == wanted
        )
        return f"undone: {undone}; done again: {self._until(NOTES, 'enable')}"

    def changed_since(self) -> str:
        """Undo refuses in words, and does nothing."""
        self.machine.ask(
            lambda: self.virsh("desc", self.machine.name, "--config", "--new-desc", ELSEWHERE)
        )
        self.person.press("Ctrl+Z")
        said = self.person.read("Somebody else changed this")
        self.scene.show("What somebody else changed is left alone")
        self.person.click("Dismiss")
        return f"{self._until(ELSEWHERE, 'enable')}; the window says: {said}"

    def jobs_of_before(self) -> str:
        """Ended and started anew, it still has the jobs."""
        self.scene.reopen()
        self.person.find(LIST)
        self.person.press("Ctrl+J")
        told = self.person.read_row(f"Changing the settings of {self.machine.name}", "Done")
        self.scene.show("Jobs of before, after a restart")
        self.person.press("Ctrl+J")
        return f"the list says: {' | '.join(text for text in told if text)}"

    def bundle(self) -> str:
        """All that is in it is shown before, and what is secret is not."""
        self.machine.ask(
            lambda: self.virsh("desc", self.machine.name, "--config", "--new-desc", NOTES)
        )
        file = Path(self._folder.name) / "bundle.zip"
        self.person.click_menu("Help", "Save Support Bundle")
        self.person.click("Save as")
        self.person.press("Ctrl+A")
        self.person.write(str(file))
        self.person.find("Save")
        self.person.click("Save")
        self.person.read("Saved as", patience_s=60)
        self.scene.show("Support bundle")
        self.person.click("Close")
        with zipfile.ZipFile(file) as found:
            papers = {name: found.read(name).decode() for name in found.namelist()}
        own = [name for name in papers if name.endswith(f"machines/{self.machine.name}.xml")]
        leaking = [name for name, text in papers.items() if SECRET in text]
        if leaking or not own or "versions.txt" not in papers:
            raise NotSo(f"{len(papers)} papers, of the machine {own}, with the secret {leaking}")
        return f"{len(papers)} papers, one of the machine; the secret in its notes is in none"

    def _until(self, notes: str, autostart: str) -> str:
        """Return what virsh says of notes and automatic start, once that is so. Raises NotSo."""
        wanted = f"{notes}/{autostart}"
        self.machine.ask(lambda: until(self._told, lambda told: told == wanted, patience_s=20))
        return f"virsh: notes {notes!r}, autostart {autostart}"

    def _told(self) -> str:
        """Return notes and automatic start, as virsh tells them."""
        told = self.virsh("desc", self.machine.name)
        facts = self.virsh("dominfo", self.machine.name).splitlines()
        start = next(line for line in facts if line.startswith("Autostart"))
        return f"{'' if told.startswith('No description') else told}/{start.split()[-1]}"

    def _kept(self, text: str) -> str:
        """Return a text that the file of settings holds, once it does. Raises NotSo."""
        file = self.scene.settings / "console.json"
        look = lambda: file.read_text(encoding="utf-8") if file.exists() else ""  # noqa: E731
        self.machine.ask(lambda: until(look, lambda told: text in told, patience_s=10))
        return text


def _titles() -> list[str]:
    return [w.windowTitle() for w in sight.windows() if isinstance(w, QMainWindow)]


def _names() -> set[str]:
    return {words for widget in sight.visible() for words in sight.words(widget)}


CHAPTER = Chapter("Shell", begin)
