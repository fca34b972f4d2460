"""Writes a list to a file that the user names, beside the GUI, and says how that went."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from console.bridge.aside import Aside
from console.sdk.nodes import Tone
from console.shell.export import Format, Table, written
from console.shell.notices import Notice
from console.shell.script_pane import file_name


def _tr(text: str) -> str:
    return QCoreApplication.translate("exporter", text)


class Exporter(QObject):
    """Asks where to, writes, and tells."""

    def __init__(self, window: QWidget, tell: Callable[[Notice], None]) -> None:
        super().__init__(window)
        self._window = window
        self._tell = tell
        self._aside = Aside("export", self)

    def ask(self, table: Table, title: str) -> None:
        """Let the user name a file; its ending, or the kind he chooses, says how it is written."""
        kinds = {
            Format.CSV: _tr("Comma-separated values (*.csv)"),
            Format.TSV: _tr("Tab-separated values (*.tsv)"),
            Format.JSON: _tr("JSON, with the figures themselves (*.json)"),
        }
        forms = {kind: form for form, kind in kinds.items()}
        dialog = QFileDialog(self._window, _tr("Export List"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(forms))
        dialog.setDefaultSuffix(Format.CSV.value)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(forms[kind].value))
        dialog.selectFile(file_name(title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(
            lambda name: self.save(table, Path(name), forms[dialog.selectedNameFilter()])
        )
        dialog.open()

    def save(self, table: Table, path: Path, chosen: Format = Format.CSV) -> None:
        """Write a table to a file: as its name ends, else in the form chosen; then tell."""
        form = next((f for f in Format if path.suffix.casefold() == f".{f.value}"), chosen)

        def write() -> OSError | None:
            try:
                write_whole(path, written(table, form))
            except OSError as error:
                return error
            return None

        self._aside.run(write, lambda error: self._say(path, len(table.rows), error))

    def _say(self, path: Path, count: int, error: OSError | None) -> None:
        if error is None:
            rows = _tr("1 row") if count == 1 else _tr("{count} rows").format(count=count)
            told = _tr("{rows} written to {path}.").format(rows=rows, path=path)
            self._tell(Notice(_tr("List exported"), told, tone=Tone.GOOD))
            return
        detail = (error.strerror or str(error),)
        self._tell(Notice(_tr("The list was not exported"), why_not(error, path), detail))


def write_whole(path: Path, text: str) -> None:
    """Have a text in a file, whole or not at all: an older file stays until then."""
    target = path.resolve()
    fresh = target.with_name(f".{target.name[:60]}.{os.getpid()}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        # With the rights that new files get; one that is there keeps its own.
        number = os.open(fresh, flags, 0o666)
        with os.fdopen(
            number, "w", encoding="utf-8", errors="backslashreplace", newline=""
        ) as file:
            file.write(text)
        if target.exists():
            fresh.chmod(target.stat().st_mode & 0o777)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def why_not(error: OSError, path: Path) -> str:
    """Return in a sentence why a file could not be written, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        text = _tr("There is no room left in {folder}. Make room, or choose another folder.")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        text = _tr("You may not write in {folder}. Choose another folder.")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        text = _tr("The folder {folder} is not there. Choose another one.")
    elif error.errno == errno.EISDIR:
        text = _tr("{path} is a folder. Choose another name.")
    elif error.errno == errno.ENAMETOOLONG:
        text = _tr("The name {path} is too long. Choose a shorter one.")
    else:
        text = _tr("{path} could not be written. Choose another folder.")
    return text.format(folder=path.parent, path=path)
