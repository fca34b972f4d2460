"""The page Serial Console: what the machine writes to a serial port, and a keyboard for it."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Domain, Record
from backend.ports import SerialPort
from backend.serial.backlog import Heard
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.forms import DetailView, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines.pages.display_bar import release_words
from console.snapins.machines.pages.display_strip import Deed, DisplayStrip
from console.snapins.machines.pages.serial_bar import SerialBar
from console.snapins.machines.pages.serial_deeds import SerialDeeds
from console.snapins.machines.pages.serial_link import SerialLink
from console.widgets.find_bar import FindBar
from console.widgets.screen_release import release_named
from console.widgets.terminal import Terminal
from console.widgets.terminal_intake import Intake

_RELEASE: Final = "display/release"
_KEPT: Final = 8


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class SerialPage(DetailView):
    """A terminal below its tool bar, and a line that says whose the keyboard is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Serial Console"))
        self.bar, self.strip, self.find_bar = SerialBar(), DisplayStrip(), FindBar()
        self.strip.setAccessibleName(_tr("What to know of the serial port"))
        self.terminal = Terminal(_tr("Terminal of the machine"))
        self.link = SerialLink(context, lambda: not self.terminal.intake.is_busy, self)
        self.deeds = SerialDeeds(context, self.terminal, self.link, self.find_bar)
        self._domain: Domain | None = None
        self._port: SerialPort | None = None
        self._shown: tuple[object, ...] = ()
        self._kept: OrderedDict[tuple[object, ...], Intake] = OrderedDict()
        self._hint = ToneLabel("", Tone.MUTED)
        self._hint.setWordWrap(True)
        self._nothing = ToneLabel("", Tone.MUTED)
        self._lay_out()
        self._wire()
        self._show_live()

    @override
    def show_record(self, record: Record | None) -> None:
        self._domain = record if isinstance(record, Domain) else None
        ports = _ports(self._domain)
        is_there = [one for one in ports if _same(one, self._port)] if self._domain else []
        is_same = bool(self._shown) and self._domain and self._shown[0] == self._domain.ref
        chosen = is_there[0] if is_there and is_same else _first(ports)
        self.bar.set_ports(ports, chosen)
        self._show_port(chosen)

    @override
    def on_wake(self) -> None:
        self.terminal.release = release_named(self.context.memory.text(_RELEASE))
        self._show_live()
        self.link.wake()

    @override
    def on_sleep(self) -> None:
        self.terminal.leave()
        self.link.sleep()
        self._show_live()

    def _show_port(self, port: SerialPort | None) -> None:
        """Show this port of the machine, with what it wrote while somebody looked."""
        self._port = port
        domain = self._domain
        key = (domain.ref, port.kind, port.number) if domain and port else ()
        if key != self._shown:
            before = self.terminal.swap(self._kept.pop(key, None))
            if self._shown:
                self._kept[self._shown] = before
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            self._shown = key
            self.strip.clear()
        if domain is not None:
            self.terminal.setAccessibleName(_tr("Terminal of {name}").format(name=domain.name))
        self._nothing.setText(_why_nothing(domain, port))
        self._stack.setCurrentIndex(0 if port is not None else 1)
        self.link.set_port(domain, port)
        self._show_live()

    # What comes

    def _on_heard(self, heard: Heard) -> None:
        words = ""
        if heard.lost_bytes:
            told = _tr("… {count} lines skipped: the machine wrote faster than can be read")
            words = told.format(count=wording.number(heard.lost_lines))
        self.terminal.put(heard.data, heard.lost, words)

    def _on_open(self) -> None:
        self.strip.clear()
        self._show_live()

    def _on_away(self, reason: str, is_taken: bool) -> None:  # noqa: FBT001  # a slot
        deeds = (Deed(_tr("Take Over"), self.link.take_over),) if is_taken else ()
        self.strip.say(reason, *deeds)
        self._show_live()

    def _show_live(self) -> None:
        self.terminal.set_live(is_live=self.link.is_live)
        self.bar.set_live(is_live=self.link.is_live)
        self._say_who_types()

    def _say_who_types(self) -> None:
        keys = release_words(self.terminal.release)
        if not self.link.is_live:
            text = ""
        elif self.terminal.is_entered:
            text = _tr("The keyboard is the machine's. {keys} or Ctrl+Alt alone gives it back.")
            text = text.format(keys=keys)
        else:
            text = _tr("Click the terminal, or press Return on it, to use it.")
        self._hint.setText(text)

    def _show_size(self, columns: int, lines: int) -> None:
        self.bar.status.setText(f"{columns} × {lines}")  # noqa: RUF001

    def _wire(self) -> None:
        terminal = self.terminal
        self.link.arrived.connect(self._on_heard)
        self.link.is_open.connect(self._on_open)
        self.link.is_away.connect(self._on_away)
        terminal.reply.connect(self.link.send)
        terminal.drained.connect(self.link.go_on)
        terminal.resized.connect(self._show_size)
        terminal.entered.connect(self._say_who_types)
        terminal.left.connect(self._say_who_types)
        self.deeds.told.connect(self._hint.setText)
        self.bar.asked.connect(self.deeds.do)
        self.bar.port_chosen.connect(self._show_port)

    def _lay_out(self) -> None:
        self._hint.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._nothing.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        there = QWidget()
        column = QVBoxLayout(there)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.strip, self.terminal, self.find_bar, self._hint):
            column.addWidget(widget, 1 if widget is self.terminal else 0)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(there)
        self._stack.addWidget(self._nothing)


def _ports(domain: Domain | None) -> tuple[SerialPort, ...]:
    configuration = domain.configuration if domain else None
    return configuration.serial_ports if configuration else ()


def _first(ports: tuple[SerialPort, ...]) -> SerialPort | None:
    """Return the first that can be opened, else the first, which says why not."""
    return next((port for port in ports if port.can_be_opened), next(iter(ports), None))


def _same(one: SerialPort, other: SerialPort | None) -> bool:
    return other is not None and (one.kind, one.number) == (other.kind, other.number)


def _why_nothing(domain: Domain | None, port: SerialPort | None) -> str:
    if domain is None or port is not None:
        return ""
    return _tr(
        "This machine has no serial port. With one, and a guest that offers a login there, it can "
        "be used as text, also over a slow link: add a <serial type='pty'/> to its definition."
    )
