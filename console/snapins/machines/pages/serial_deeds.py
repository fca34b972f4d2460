"""What is done at a serial console: typing, pasting, copying, finding, saving what was written."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from console.bridge.aside import Aside
from console.sdk import wording
from console.sdk.context import Context, Question
from console.sdk.file_question import ask_where
from console.sdk.whole_file import why_unwritten
from console.snapins.machines.pages.serial_link import SerialLink
from console.widgets.find_bar import FindBar
from console.widgets.terminal import Terminal
from console.widgets.terminal_keys import pasted

_ZOOM: Final = "serial/zoom"
_QUOTED_LINES: Final = 8
_QUOTED: Final = 100


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SerialDeeds(QObject):
    """The hands at one terminal."""

    told = Signal(str)
    """What came of it, in words."""

    def __init__(
        self, context: Context, terminal: Terminal, link: SerialLink, find_bar: FindBar
    ) -> None:
        super().__init__(terminal)
        self._context = context
        self._terminal = terminal
        self._link = link
        self._find_bar = find_bar
        self._aside = Aside("save a text", self)
        self._deeds = {
            "copy": self._copy,
            "paste": self._paste,
            "find": self._find,
            "save": self._save,
            "clear": terminal.clear,
            "smaller": lambda: terminal.set_zoom(terminal.zoom - 1),
            "larger": lambda: terminal.set_zoom(terminal.zoom + 1),
            "size": self._tell_size,
            "all": terminal.select_all,
        }
        if points := _number(context.memory.text(_ZOOM)):
            terminal.set_zoom(points)
        terminal.zoomed.connect(lambda points: context.memory.put(_ZOOM, str(points)))
        terminal.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        terminal.customContextMenuRequested.connect(self._show_menu)
        terminal.typed.connect(self._send)
        terminal.paste_asked.connect(self._paste)
        terminal.find_asked.connect(self._find)
        find_bar.sought.connect(self._seek)
        find_bar.closed.connect(terminal.setFocus)

    def do(self, word: str) -> None:
        """Do what a button is for."""
        self._deeds[word]()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._terminal)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for word, text, is_possible in (
            ("copy", _tr("Copy"), bool(self._terminal.selected_text())),
            ("paste", _tr("Paste"), self._link.is_live),
            ("all", _tr("Select All"), True),
            ("find", _tr("Find"), True),
            ("clear", _tr("Clear"), True),
        ):
            action = menu.addAction(text, self._deeds[word])
            action.setEnabled(is_possible)
        menu.popup(self._terminal.viewport().mapToGlobal(place))

    def _copy(self) -> None:
        if self._terminal.selected_text():
            self._terminal.copy()
        else:
            self.told.emit(_tr("Nothing is selected: drag over text, or hold Shift and move."))

    def _find(self) -> None:
        text = self._terminal.selected_text()
        self._find_bar.begin("" if "\n" in text else text)

    def _seek(self, text: str, is_back: bool) -> None:  # noqa: FBT001  # a slot
        self._find_bar.tell(is_found=self._terminal.seek(text, is_back=is_back))

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        self._context.run(self._paste_text(text, self._link.place))

    async def _paste_text(self, text: str, meant: tuple[object, ...]) -> None:
        is_told = self._terminal.intake.screen.is_pasting_told
        lines = text.strip("\r\n").splitlines()
        if len(lines) > 1 and not is_told:
            told = _tr("{count} lines: the machine runs each as it comes.")
            question = Question(
                _tr("Paste Several Lines"),
                told.format(count=wording.number(len(lines))),
                (_tr("Paste"), _tr("Cancel")),
                detail=tuple(line[:_QUOTED] for line in lines[:_QUOTED_LINES]),
            )
            if (await self._context.ask(question)).choice != 0:
                return
        if self._link.place != meant:
            # Asked on a page that shows whichever machine is chosen: it may be another by now.
            self.told.emit(_tr("Nothing was pasted: another machine or port is shown here now."))
            return
        if text:
            self._send(pasted(text, is_told=is_told))
            self._terminal.enter()

    def _tell_size(self) -> None:
        screen = self._terminal.intake.screen
        self._send(f"stty rows {screen.lines} columns {screen.columns}\r".encode())

    def _send(self, data: bytes) -> None:
        if self._link.is_live and not self._link.send(data):
            self.told.emit(
                _tr("The machine reads nothing at the moment, and too much waits already.")
            )

    def _save(self) -> None:
        moment = QDateTime.currentDateTime().toString("yyyy-MM-dd HH.mm.ss")
        name = self._link.domain.name.replace("/", "-") if self._link.domain else ""
        screen = self._terminal.intake.screen
        content = f"{screen.text(screen.first, screen.top + screen.lines)}\n".encode()

        def save(path: Path, _kind: str) -> None:
            self._aside.run(lambda: _written(path, content), self.told.emit)

        kinds = {"txt": _tr("Text (*.txt)")}
        ask_where(self._terminal, _tr("Save Text"), save, name=f"{name} {moment}", kinds=kinds)


def _number(text: str) -> int:
    return int(text) if text.removeprefix("-").isdecimal() else 0


def _written(path: Path, content: bytes) -> str:
    """Write a file; return what to say."""
    return why_unwritten(path, content) or _tr("Saved as {path}.").format(path=path)
