"""What the window remembers from one time to the next: a file of ours, never anything of a host's.

QSettings writes the file whole or not at all. One that cannot be read is set aside under another
name, and the window opens as on the first day.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths


def default_path() -> Path:
    """Return where the settings of this user live."""
    place = QStandardPaths.StandardLocation.GenericConfigLocation
    return Path(QStandardPaths.writableLocation(place)) / "Celadon" / "console.ini"


class Settings:
    """Typed values by key. A value that is not there, or not of the type, is the default."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.was_damaged = False
        self._file = self._open()
        if self._file.status() is not QSettings.Status.NoError or self._is_garbage():
            self.was_damaged = True
            path.replace(path.with_suffix(".damaged"))
            self._file = self._open()

    def text(self, key: str, default: str = "") -> str:
        """Return a word or a line."""
        value = self._file.value(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        """Return a whole number."""
        try:
            return int(self.text(key, str(default)))
        except ValueError:
            return default

    def blob(self, key: str) -> QByteArray:
        """Return what a widget wrote about itself; empty if it never did."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, key: str, value: str | int | QByteArray) -> None:
        """Remember a value."""
        self._file.setValue(key, str(value) if isinstance(value, int) else value)

    def save(self) -> None:
        """Have it on disk when this returns."""
        self._file.sync()

    def _open(self) -> QSettings:
        return QSettings(str(self._path), QSettings.Format.IniFormat)

    def _is_garbage(self) -> bool:
        # QSettings takes nearly anything for an ini file: bytes that are no text it merely skips.
        try:
            return self._path.exists() and "\0" in self._path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return True
