"""Lists: a thousand machines beside a real one, chosen, ordered, grouped, drawn and exported."""

import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListView, QTreeView

from celadon_tour import pictures, room, sight
from celadon_tour.evidence import NotSo, Virsh
from celadon_tour.machine import ShownMachine
from celadon_tour.person import Person
from celadon_tour.reopened import reopen
from celadon_tour.tour import Chapter, Scene, Step

CROWD, COUNT = "crowd", 1000
ALL = "All Virtual Machines"
ALIKE = 14.0
"""A tile and the real screen, of different size and some seconds apart, are nearer than this."""
_PATIENCE_S = 60.0
_PICTURE = (12, 12, 208, 130)
"""Where the picture stands in a tile: left, top, width, height."""


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what throws the crowd away."""
    lists = Lists(scene)
    return lists.steps(), lists.end


class Sight:
    """What is seen of the list of all machines."""

    def __init__(self, person: Person) -> None:
        self._person = person

    def list(self) -> QTreeView:
        """Return the list in its details."""
        found = self._person.see("the list", lambda: next(
            (v for v in sight.visible(QTreeView) if v.accessibleName() == ALL), None))  # fmt: skip
        if not isinstance(found, QTreeView):
            raise NotSo("the list is no list")
        return found

    def titles(self) -> Sequence[str]:
        """Return the titles of the columns, from left to right."""
        view = self.list()
        header, model = view.header(), view.model()
        order = [header.logicalIndex(place) for place in range(header.count())]
        shown = [number for number in order if not header.isSectionHidden(number)]
        return [str(model.headerData(number, header.orientation())) for number in shown]

    def has_line(self, text: str) -> bool:
        """Whether a line that is seen begins so."""
        return any(texts[0] == text for _, texts in sight.rows(self.list()))

    def tiles(self) -> QListView | None:
        """Return the list in large icons."""
        found = (view for view in sight.visible(QListView) if view.accessibleName() == ALL)
        return next((view for view in found if isinstance(view, QListView)), None)

    def tile(self, name: str) -> QImage | None:
        """Return the picture in a machine's tile."""
        view = self.tiles()
        if view is None:
            return None
        for line in range(view.model().rowCount()):
            index = view.model().index(line, 0)
            if index.data() == name:
                rect = view.visualRect(index)
                left, top, width, height = _PICTURE
                place = QRect(rect.left() + left, rect.top() + top, width, height)
                return view.viewport().grab(place).toImage()
        return None


class Lists:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = ShownMachine(scene, scene.called("Lists"))
        self._folder = TemporaryDirectory(prefix="lists-", dir=scene.settings)
        self._uri = room.write(Path(self._folder.name) / "room.xml", COUNT)
        self.there = Virsh(self._uri)
        self._files = 0
        self.seen = Sight(self.person)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A real machine, running", self.real),
            Step("A thousand machines beside it", self.crowd),
            Step("Filter by words and fields", self.filter),
            Step("Columns, by keys", self.columns),
            Step("Order and groups", self.order),
            Step("Export", self.export),
            Step("To the end and back", self.scroll),
            Step("Large icons", self.icons),
            Step("Kept after a restart", self.kept),
            Step("Dark and at 200 %", self.dark),
            Step("The crowd is forgotten", self.forget),
        )

    def end(self) -> None:
        """Let go of the guest's log, and of the crowd."""
        self.machine.forget()
        self._folder.cleanup()

    def real(self) -> str:
        """Quick Create makes one, and it boots."""
        self.machine.quick_create(is_started=True)
        self.machine.reads("Running")
        self.machine.described()
        return f"{self.machine.until('running')}; guest log: {self.machine.hears('READY')}"

    def crowd(self) -> str:
        """Another host is managed beside it; the root of the tree lists the machines of both."""
        self.person.press("Ctrl+Shift+N")
        self.person.find("Server")
        self.person.write(self._uri)
        self.person.click("Name in the list")
        self.person.write(CROWD)
        self.person.press("Return")
        # The way in leads to its own list first.
        self.person.read_row(room.name(0), "Running", patience_s=_PATIENCE_S)
        self.person.click_row("Celadon")
        self.person.find(ALL)
        self._type("host:crowd")
        told = self.person.read(f"{COUNT} of {COUNT + 1} shown", patience_s=_PATIENCE_S)
        count = len(self.machine.ask(self.there.names))
        if count != COUNT:
            raise NotSo(f"virsh lists {count} machines there")
        return f"virsh lists {count} machines there; the window: {told!r}"

    def filter(self) -> str:
        """What is typed is proposed, and finds what virsh finds."""
        self._type("host:crowd sta")
        self.person.press("Down")
        self.person.press("Return")
        self.person.write("run")
        self.scene.show("Filter by words and fields")
        self.person.press("Down")
        self.person.press("Return")
        self.person.write(" name:vm-000* memory>1GiB")
        names = [name for name in self._running() if name.startswith("vm-000")]
        wanted = {name for name, mib in self._mib(names).items() if mib > 1024}
        self.person.read(f"{len(wanted)} of {COUNT + 1} shown")
        shown = {texts[0] for _, texts in sight.rows(self.seen.list())}
        if not shown <= wanted:
            raise NotSo(f"these are shown as well: {sorted(shown - wanted)}")
        self._type("colour:red")
        hint = self.person.read("There is no field “colour”")
        return f"{len(wanted)} running ones of more than 1 GiB, as virsh has them; then: {hint!r}"

    def columns(self) -> str:
        """The chooser shows one more, and moves it."""
        self._type("host:crowd")
        self.person.click_menu("View", "Choose Columns")
        self.person.find("Find a column")
        self.person.write("proc")
        self.person.press("Down")
        self.person.press("Space")
        self.scene.show("Columns, by keys")
        self.person.press("Escape")
        titles = self.seen.titles()
        if "Processors" not in titles:
            raise NotSo(f"the columns are {titles}")
        return f"the columns are {', '.join(titles)}"

    def order(self) -> str:
        """By memory, the most first; then under headings."""
        self.person.click_menu("View", "Sort By", "Assigned Memory")
        self.person.click_menu("View", "Sort By", "Descending")
        self.person.click_menu("View", "Group By", "State")
        self._type("")
        told = [
            f"Running ({self._count('--state-running')})",
            f"Paused ({self._count('--state-paused')})",
        ]
        self.person.click_menu("View", "Group By", "Close All")
        for heading in told:
            self.person.see(f"the heading {heading!r}", partial(self.seen.has_line, heading))
        self.scene.show("Order and groups")
        self.person.click_menu("View", "Group By", "Open All")
        return f"virsh counts them so: {', '.join(told)}"

    def export(self) -> str:
        """The file holds what both hosts have, in the order and columns of the list."""
        rows = json.loads(self._exported("json"))
        names = {row["name"] for row in rows}
        real = set(self.machine.ask(self.virsh.names)) | set(self.machine.ask(self.there.names))
        if names != real:
            raise NotSo(f"not the same machines: {sorted(names ^ real)[:5]}")
        by_state: dict[str, list[Any]] = {}
        for row in rows:
            by_state.setdefault(row["state"], []).append(row["memory"] or 0)
        if any(memories != sorted(memories, reverse=True) for memories in by_state.values()):
            raise NotSo("it is not in the order of the list")
        csv = self._exported("csv").splitlines()
        if csv[0].split(",") != [*self.seen.titles()]:
            raise NotSo(f"the file begins {csv[0]!r}, the list {self.seen.titles()}")
        return (
            f"JSON: {len(rows)} machines, those of virsh on both hosts, memory in bytes and in "
            f"order; CSV: {len(csv) - 1} rows under {csv[0]!r}"
        )

    def scroll(self) -> str:
        """A thousand rows are gone through by keys, and the last of them is there."""
        self.person.click_menu("View", "Group By", "None")
        self.person.click_menu("View", "Sort By", "Name")
        self.person.click_menu("View", "Sort By", "Ascending")
        self._into_the_list()
        self.person.press("End")
        last = self.person.read_row(room.name(COUNT - 1))
        self.scene.show("To the end and back")
        self.person.press("PgUp", times=3)
        self.person.press("Home")
        first = self.person.read_row(self.machine.name)
        return f"the last row is {last[0]}, the first {first[0]}"

    def icons(self) -> str:
        """The real machine's tile shows what is on its screen."""
        self.person.click_menu("View", "Large Icons")
        apart = contrast = 255.0

        def is_alike() -> bool:
            nonlocal apart, contrast
            shown, real = self.seen.tile(self.machine.name), self.machine.screen()
            if shown is None:
                return False
            apart, contrast = pictures.distance(shown, real), pictures.contrast(real)
            return apart < ALIKE < contrast

        if not self.person.waiting.until(is_alike, patience_s=_PATIENCE_S):
            raise NotSo(f"{apart:.1f} apart from virsh's screenshot (contrast {contrast:.1f})")
        self.scene.show("Large icons")
        return f"tile and virsh screenshot are {apart:.1f} of 255 apart, a blank one {contrast:.1f}"

    def kept(self) -> str:
        """Ended and started anew, it is as it was."""
        self.person.click_menu("View", "Group By", "Server")
        self.scene.reopen()
        self.person.find(ALL, patience_s=_PATIENCE_S)
        self.person.see("large icons", self.seen.tiles, patience_s=_PATIENCE_S)
        self.person.click_menu("View", "Details")
        self.person.see(
            "the crowd under its heading",
            lambda: self.seen.has_line(f"{CROWD} ({COUNT})") or None,
            patience_s=_PATIENCE_S,
        )
        titles = self.seen.titles()
        if "Processors" not in titles:
            raise NotSo(f"the columns are {titles}")
        return f"large icons, groups by server, and the columns {', '.join(titles)}"

    def dark(self) -> str:
        """Another process, from the same file."""
        file = self.scene.album.next_file("Dark and at 200 %")
        told = self.machine.ask(lambda: reopen(self.scene.settings, file, awaited=CROWD))
        self.scene.taken = file.name
        if CROWD not in told:
            raise NotSo(f"the tree of a fresh window has {told[:5]}")
        return f"the tree of a fresh process has {CROWD} and {len(told)} nodes in all"

    def forget(self) -> str:
        """The other host goes from the list; its file stays."""
        self.person.click_menu("View", "Group By", "None")
        self.person.click_row("Storage")  # in the list of all it is the host of a thousand rows
        self.person.click_row(CROWD)
        self.person.click("Remove Server")
        self.person.read("stay as they are")
        self.person.click("Remove")
        self.person.miss_row(CROWD)
        return f"virsh lists {len(self.machine.ask(self.there.names))} machines there as before"

    # What is done

    def _type(self, words: str) -> None:
        self.person.press("Ctrl+F")
        self.person.press("Ctrl+A")
        self.person.press("Del")
        self.person.write(words)
        self.person.waiting.turn(150)

    def _into_the_list(self) -> None:
        self.person.press_until("F6", "the list", lambda: self.person.keyboard_is_at() == ALL)

    def _exported(self, ending: str) -> str:
        """Export the list by the menu; return what the file then holds."""
        self._files += 1
        file = Path(self._folder.name) / f"list-{self._files}.{ending}"
        self.person.click_menu("File", "Export List")
        self.person.find("Export List")
        self.person.press("Ctrl+A")
        self.person.write(str(file))
        self.person.press("Return")
        self.person.read(f"written to {file}")
        self.person.click("Dismiss")
        return file.read_text(encoding="utf-8")

    def _running(self) -> list[str]:
        return self.machine.ask(lambda: self.there("list", "--state-running", "--name")).split()

    def _mib(self, names: Sequence[str]) -> dict[str, int]:
        """Return the memory of machines, by one virsh for all of them."""
        told = self.machine.ask(lambda: self.there("; ".join(f"dominfo {name}" for name in names)))
        found = re.findall(r"^Max memory:\s+(\d+) KiB", told, re.MULTILINE)
        return {name: int(kib) // 1024 for name, kib in zip(names, found, strict=True)}

    def _count(self, option: str) -> int:
        def count() -> int:
            hosts = (self.virsh, self.there)
            return sum(len(virsh("list", option, "--name").split()) for virsh in hosts)

        return self.machine.ask(count)


CHAPTER = Chapter("Lists", begin)
