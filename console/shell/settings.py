"""What the program remembers from one time to the next: a file of ours, never anything of a host's.

Each change is on the disk within a second. A file that is damaged is set aside, and whoever opens
a window says so.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray

from console.bridge.keeper import Keeper
from console.sdk.kept_file import Json

_BLOB = "base64:"


class Settings:
    """Typed values by key. A value that is not there, or not of the type, is the default.

    `within` gives one window's: what it has not said itself is as in the window before it.
    """

    def __init__(self, kept: Path | Keeper, within: str = "") -> None:
        self.keeper = kept if isinstance(kept, Keeper) else Keeper(kept)
        self._within = within

    def within(self, place: str) -> "Settings":
        """Return the settings of a part: its own word where there is one, else the last said.

        What is put there is remembered for it, and as the last word.
        """
        return Settings(self.keeper, f"{place}/")

    def value(self, key: str) -> Json:
        """Return what is remembered under a key, of whatever type; None if nothing is."""
        own = self.keeper.value(self._within + key)
        return self.keeper.value(key) if own is None else own

    def text(self, key: str, default: str = "") -> str:
        """Return a word or a line."""
        value = self.value(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        """Return a whole number."""
        value = self.value(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def blob(self, key: str) -> QByteArray:
        """Return what a widget wrote about itself; empty if it never did."""
        text = self.text(key)
        is_blob = text.startswith(_BLOB) and text.isascii()
        return QByteArray.fromBase64(text[len(_BLOB) :].encode()) if is_blob else QByteArray()

    def put(self, key: str, value: "Json | QByteArray") -> None:
        """Remember a value, which nobody changes any more."""
        if isinstance(value, QByteArray):
            value = _BLOB + value.toBase64().toStdString()
        for name in dict.fromkeys((self._within + key, key)):
            self.keeper.put(name, value)

    def forget(self) -> None:
        """Remember nothing of this part any more."""
        for key in list(self.keeper.keys(self._within)):
            self.keeper.remove(key)

    def save(self) -> bool:
        """Have it on disk when this returns; False if that takes too long or cannot be."""
        return self.keeper.save()
