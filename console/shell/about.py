"""What the program says of itself."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from console.shell.resources import resource


def _tr(text: str) -> str:
    return QCoreApplication.translate("about", text)


def mark() -> QIcon:
    """Return the application's mark; a null icon if the file is not there."""
    file = resource("celadon.svg")
    return QIcon(str(file)) if file.exists() else QIcon()


def program_version() -> str:
    """Return the version of the distribution that is installed."""
    from importlib import metadata  # noqa: PLC0415  # slow, and rarely asked

    try:
        return metadata.version("celadon")
    except metadata.PackageNotFoundError:
        return "?"


def show_about(window: QWidget) -> None:
    """Say what this is."""
    text = _tr("Celadon {version}, a management console for KVM.").format(version=program_version())
    more = _tr("Qt {qt}. Licence: Apache 2.0.").format(qt=QLibraryInfo.version().toString())
    _show(window, _tr("About Celadon"), f"{text}\n\n{more}")


def _show(window: QWidget, title: str, text: str) -> None:
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setText(text)
    box.setIconPixmap(mark().pixmap(48, 48))
    box.open()
