"""The keyboards that a guest can have: how they are called, and which one it probably is."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from backend.display.layouts import layout
from backend.display.typing import US, Layout
from backend.model import Ref
from console.sdk.context import Memory

_FILES: Final = (
    Path("/etc/default/keyboard"),
    Path("/etc/vconsole.conf"),
    Path("/etc/X11/xorg.conf.d/00-keyboard.conf"),
)
_SAID: Final = re.compile(r'^\s*(?:XKBLAYOUT=|Option\s+"XkbLayout"\s+)"?([a-z]+)', re.MULTILINE)
_BY_TERRITORY: Final = {
    "AT": "at", "BE": "be", "BR": "br", "CH": "ch", "CZ": "cz", "DE": "de", "DK": "dk", "ES": "es",
    "FI": "fi", "FR": "fr", "GB": "gb", "HU": "hu", "IT": "it", "JP": "jp", "MX": "latam",
    "NO": "no", "PL": "pl", "PT": "pt", "SE": "se", "TR": "tr",
}  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def keyboards() -> dict[str, str]:
    """Return what each layout is called, by XKB's name for it."""
    return {
        "us": _tr("US"),
        "gb": _tr("British"),
        "de": _tr("German"),
        "at": _tr("Austrian"),
        "ch": _tr("Swiss German"),
        "ch(fr)": _tr("Swiss French"),
        "fr": _tr("French"),
        "be": _tr("Belgian"),
        "nl": _tr("Dutch"),
        "es": _tr("Spanish"),
        "latam": _tr("Latin American"),
        "it": _tr("Italian"),
        "pt": _tr("Portuguese"),
        "br": _tr("Brazilian"),
        "dk": _tr("Danish"),
        "no": _tr("Norwegian"),
        "se": _tr("Swedish"),
        "fi": _tr("Finnish"),
        "pl": _tr("Polish"),
        "cz": _tr("Czech"),
        "hu": _tr("Hungarian"),
        "tr": _tr("Turkish"),
        "jp": _tr("Japanese"),
    }


def guessed() -> str:
    """Return the layout of this computer, as far as that can be known: a guest has the same."""
    return next((name for name in _hints() if name in keyboards() and layout(name)), US.name)


def chosen_for(memory: Memory, ref: Ref) -> Layout:
    """Return the layout of a machine: the one that was chosen for it, else the guessed one."""
    return layout(memory.text(_key(ref))) or layout(guessed()) or US


def choose(memory: Memory, ref: Ref, name: str) -> None:
    """Have a machine's keyboard be of this layout."""
    memory.put(_key(ref), name)


def _key(ref: Ref) -> str:
    return f"display/keyboard/{ref.key}"


def _hints() -> Iterator[str]:
    yield os.environ.get("XKB_DEFAULT_LAYOUT", "").partition(",")[0]
    for path in _FILES:
        try:
            said = _SAID.search(path.read_text("utf-8", "replace"))
        except OSError:
            continue
        if said:
            yield said[1]
    yield _BY_TERRITORY.get(QLocale.system().name().partition("_")[2], "")
