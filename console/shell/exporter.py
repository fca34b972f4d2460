"""Writes a list to a file that the user names, beside the GUI, and says how that went."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from console.bridge.aside import Aside
from console.sdk.file_question import ask_where
from console.sdk.nodes import Tone
from console.sdk.whole_file import file_name, why_not, write_whole
from console.shell.export import Format, Table, written
from console.shell.notices import Notice


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
            Format.CSV.value: _tr("Comma-separated values (*.csv)"),
            Format.TSV.value: _tr("Tab-separated values (*.tsv)"),
            Format.JSON.value: _tr("JSON, with the figures themselves (*.json)"),
        }
        ask_where(
            self._window,
            _tr("Export List"),
            lambda path, kind: self.save(table, path, Format(kind)),
            name=file_name(title),
            kinds=kinds,
        )

    def save(self, table: Table, path: Path, form: Format) -> None:
        """Write a table to a file; then tell."""

        def write() -> OSError | None:
            try:
                write_whole(path, written(table, form).encode("utf-8", "backslashreplace"))
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
