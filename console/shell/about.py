"""What the program says of itself."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget


def _tr(text: str) -> str:
    return QCoreApplication.translate("about", text)


def mark() -> QIcon:
    """Return the application's mark; a null icon if the file is not there."""
    here = Path(__file__).resolve().parents[1]
    places = (here / "resources" / "celadon.svg", here.parent / "resources" / "celadon.svg")
    return next((QIcon(str(place)) for place in places if place.exists()), QIcon())


def program_version() -> str:
    """Return the version of the distribution that is installed."""
    try:
        return version("celadon")
    except PackageNotFoundError:
        return "?"


def show_about(window: QWidget) -> None:
    """Say what this is."""
    text = _tr("Celadon {version}, a management console for KVM.").format(version=program_version())
    more = _tr("Qt {qt}. Licence: Apache 2.0.").format(qt=QLibraryInfo.version().toString())
    _show(window, _tr("About Celadon"), f"{text}\n\n{more}")


def show_help(window: QWidget) -> None:
    """Say how to get about."""
    lines = (
        _tr("Everything can be done from the Actions pane, the Action menu and the menu key."),
        "",
        _tr("Alt+Left, Alt+Right, Alt+Up: back, forward, one level up"),
        _tr("Ctrl+F: filter the list; Escape clears the filter"),
        _tr("Ctrl+J: jobs; Ctrl+Shift+T: tree; Ctrl+Shift+A: actions"),
        _tr("F5: refresh; F2: rename; Del: delete; Alt+Return: properties"),
        _tr("F6: from pane to pane"),
        "",
        _tr("Closing this window leaves your virtual machines running."),
    )
    _show(window, _tr("Help"), "\n".join(lines))


def _show(window: QWidget, title: str, text: str) -> None:
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setText(text)
    box.setIconPixmap(mark().pixmap(48, 48))
    box.open()
