"""Which file the user means: asked in Qt's own dialog, which stops nothing while it is open."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Take = Callable[[str], object]
"""Hears what was chosen; whoever gives up is not heard of."""
_Mode = QFileDialog.FileMode


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)


def ask_file(
    over: QWidget,
    title: str,
    take: Take,
    *,
    at: str = "",
    wanted: str = "",
    shows_hidden: bool = False,
) -> None:
    """Ask for a file that is there: one that is `wanted` ("Images (*.iso)"), or any other."""
    dialog = _dialog(over, title, at, _Mode.ExistingFile, shows_hidden=shows_hidden)
    _prefer(dialog, wanted)
    dialog.fileSelected.connect(take)
    dialog.open()


def ask_files(
    over: QWidget, title: str, take: Callable[[list[str]], object], *, at: str, wanted: str
) -> None:
    """Ask for files that are there, one or more."""
    dialog = _dialog(over, title, at, _Mode.ExistingFiles)
    _prefer(dialog, wanted)
    dialog.filesSelected.connect(take)
    dialog.open()


def ask_folder(
    over: QWidget, title: str, take: Take, *, at: str, shows_hidden: bool = False
) -> None:
    """Ask for a folder that is there."""
    dialog = _dialog(over, title, at, _Mode.Directory, shows_hidden=shows_hidden)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(take)
    dialog.open()


def ask_where(
    over: QWidget,
    title: str,
    take: Callable[[Path, str], object],
    *,
    name: str,
    kinds: Mapping[str, str],
) -> None:
    """Ask where to write what might be called `name`, as one of these kinds (suffix: its words).

    `take` hears the path and the kind: what the path ends with, else what was chosen.
    """
    suffixes = {words: suffix for suffix, words in kinds.items()}
    dialog = _dialog(over, title, "", _Mode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(suffixes))
    dialog.setDefaultSuffix(next(iter(kinds)))
    dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(suffixes[words]))
    # Of several kinds another may be chosen, and the name gets that suffix in the end; but not one
    # with a point: what follows that is a suffix to Qt, which has the next kind's in its place.
    is_open = len(kinds) > 1 and "." not in name
    dialog.selectFile(name if is_open else f"{name}.{dialog.defaultSuffix()}")

    def told(chosen: str) -> None:
        path = Path(chosen)
        ending = path.suffix.casefold().removeprefix(".")
        take(path, ending if ending in kinds else dialog.defaultSuffix())

    dialog.fileSelected.connect(told)
    dialog.open()


def _dialog(
    over: QWidget, title: str, at: str, mode: QFileDialog.FileMode, *, shows_hidden: bool = False
) -> QFileDialog:
    dialog = QFileDialog(over, title, at)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    if shows_hidden:
        dialog.setFilter(dialog.filter() | QDir.Filter.Hidden)
    return dialog


def _prefer(dialog: QFileDialog, wanted: str) -> None:
    if wanted:
        dialog.setNameFilters([wanted, _tr("All files (*)")])
