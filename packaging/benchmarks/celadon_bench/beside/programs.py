"""The two programs: how each is started on a host, and where things stand in its window.

Both windows are moved to the corner of the screen and made of one size.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from celadon_bench.screen import Place

SIZE: Final = (1200, 740)
"""Of the windows, in pixels."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that shows a list of machines.

    `names` and `states` are where those stand, without anything that moves by itself; `rows` are
    the heights of the first machine's row and of the fourth's, `column` where they are clicked. A
    row that is clicked `clicks` times shows its details at `details`: the facts, since a guest's
    screen and curves beside them never stand still.
    """

    name: str
    command: Callable[[str, Path], list[str]]
    title: str
    names: Place
    states: Place
    column: int
    rows: tuple[int, int]
    details: Place
    clicks: int


def _ours(uri: str, folder: Path) -> list[str]:
    own = ("--settings", str(folder / "console.json"), "--journal", str(folder / "journal.sqlite"))
    return [sys.executable, "-P", "-m", "console", "--no-embedded", "--connect", uri, *own]


def _peers(uri: str, folder: Path) -> list[str]:
    # Each second, as ours: by itself it asks every three, and would be compared with a third.
    settings = folder / "glib-2.0" / "settings" / "keyfile"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[org/virt-manager/virt-manager/stats]\nupdate-interval=1\n")
    own = ("GSETTINGS_BACKEND=keyfile", f"XDG_CONFIG_HOME={folder}")
    return ["env", *own, "virt-manager", "--no-fork", "-c", uri]


OURS: Final = Program(
    "Celadon", _ours, "Celadon", names=(275, 140, 85, 255), states=(370, 140, 100, 255),
    column=320, rows=(152, 242), details=(455, 435, 245, 265), clicks=1,
)  # fmt: skip
VIRT_MANAGER: Final = Program(
    "virt-manager", _peers, "^Virtual Machine Manager$", names=(10, 150, 130, 600),
    states=(10, 150, 130, 600), column=420, rows=(166, 290), details=(0, 0, 1280, 800), clicks=2,
)  # fmt: skip
