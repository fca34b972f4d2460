"""The screens that stand in windows of their own, one a machine, each where it stood last time."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from backend.model import Change, Domain, Host, Ref
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import DetailView
from console.sdk.menu_key import hear_menu_key
from console.sdk.tall_sheet import WINDOW_FRAME

_FIRST_SIZE: Final = (1100, 760)


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplayWindow(QWidget):
    """A page of one machine in a window; it is deleted when it is closed."""

    def __init__(self, context: Context, ref: Ref, page: DetailView) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page = page
        self._context = context
        self._ref = ref
        self._unsubscribe: Unsubscribe | None = context.subscribe(self._on_changes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        room = self.screen().availableSize() - WINDOW_FRAME  # its foot says how to get out again
        self.resize(QSize(*_FIRST_SIZE).boundedTo(room))
        place = QByteArray.fromBase64(context.memory.text(self._key).encode())
        if not place.isEmpty():
            self.restoreGeometry(place)
        self._follow()
        hear_menu_key(self)

    @property
    def _key(self) -> str:
        return f"display/place/{self._ref.key}"

    def come_forward(self) -> None:
        """Be in front, with the keyboard."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Be live while it is seen."""
        super().showEvent(event)
        self._settle()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Cost nothing while it is not."""
        super().hideEvent(event)
        self._settle()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Cost nothing while it is minimised."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and hasattr(self, "page"):
            self._settle()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where it stood."""
        super().closeEvent(event)
        unsubscribe, self._unsubscribe = self._unsubscribe, None
        if unsubscribe is None:
            return
        unsubscribe()
        self._context.memory.put(self._key, self.saveGeometry().toBase64().toStdString())
        undocked.forget(self._ref)
        self.page.sleep()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to the machine: no actions pane stands here."""
        from console.snapins.machines.menu import machine_menu  # noqa: PLC0415  # it leads here

        domain = self._context.lookup.record(self._ref, Domain)
        if domain and event.reason() is QContextMenuEvent.Reason.Keyboard:  # a click is the guest's
            menu = machine_menu(self._context, domain, self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def _settle(self) -> None:
        is_seen = self.isVisible() and not self.isMinimized() and self._unsubscribe is not None
        if is_seen:
            self.page.wake()
        else:
            self.page.sleep()

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        if any(change.ref == self._ref or change.ref.key == self._ref.host for change in changes):
            self._follow()

    def _follow(self) -> None:
        lookup = self._context.lookup
        domain = lookup.record(self._ref, Domain)
        if domain is None:
            self.close()
            return
        host = next((one.name for one in lookup.records(Host, self._ref.host)), "")
        title = _tr("{name} on {server} - Celadon") if host else _tr("{name} - Celadon")
        self.setWindowTitle(title.format(name=domain.name, server=host))
        self.page.set_record(domain)


class Undocked:
    """The windows that are open, by machine; who wants to know is told when one comes or goes."""

    def __init__(self) -> None:
        self._windows: dict[Ref, DisplayWindow] = {}
        self._listeners: list[Callable[[], None]] = []

    def window(self, ref: Ref) -> DisplayWindow | None:
        """Return the window of a machine."""
        return self._windows.get(ref)

    def open(self, context: Context, ref: Ref, page: DetailView) -> DisplayWindow:
        """Have a machine's page in a window of its own, in front."""
        self._windows[ref] = window = DisplayWindow(context, ref, page)
        context.show_dialog(window)
        self._tell()
        return window

    def dock(self, ref: Ref) -> None:
        """Have no window of this machine any more."""
        if window := self._windows.get(ref):
            # The pages look first: a screen that somebody sees is not fetched anew.
            self.forget(ref)
            window.close()

    def forget(self, ref: Ref) -> None:
        """Know that a window closes."""
        if self._windows.pop(ref, None):
            self._tell()

    def listen(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call `listener` with each that comes or goes; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


# Shared by all windows of the program: a machine stands in one at a time.
undocked: Final = Undocked()
