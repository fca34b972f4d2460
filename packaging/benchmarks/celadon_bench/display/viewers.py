"""The programs that are measured: how each is started, and what it uses of the processor."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from celadon_bench import usage
from celadon_bench.display import window
from celadon_bench.display.encoders import Coding
from celadon_bench.screen import Screen

_HERE: Final = Path(__file__).parent
_SYSTEM_PYTHON: Final = "/usr/bin/python3"
_PEERS_CODINGS: Final = (Coding.RAW, Coding.ZRLE, Coding.TIGHT)
_END_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What a viewer is given: a server's socket, how large its screen is, and what it writes.

    For ours `place` may be the number of a descriptor, and it writes to the file `counts`.
    """

    place: Path
    size: tuple[int, int]
    coding: Coding
    counts: Path


@dataclass(frozen=True, slots=True)
class Viewer:
    """A program, and the encodings of a server that it reads."""

    name: str
    codings: tuple[Coding, ...]
    command: Callable[["Scene"], list[str]]
    settled_s: float = 1.0
    """So long after its first picture it does nothing but paint."""


def _ours(scene: Scene) -> list[str]:
    size = f"{scene.size[0]}x{scene.size[1]}"
    return [sys.executable, "-P", "-m", "celadon_bench.display.window", str(scene.counts),
            str(scene.place), size]  # fmt: skip


def _gtk_vnc(scene: Scene) -> list[str]:
    return [_SYSTEM_PYTHON, "-I", str(_HERE / "gtk_vnc.py"), str(scene.place)]


def _tiger(scene: Scene) -> list[str]:
    name = {Coding.RAW: "Raw", Coding.ZRLE: "ZRLE"}.get(scene.coding, "Tight")
    chosen = ["-AutoSelect=0", f"-PreferredEncoding={name}", "-NoJPEG=1", "-CustomCompressLevel=1",
              "-CompressLevel=1", "-FullColor=1"]  # fmt: skip
    alone = ["-RemoteResize=0", "-Shared=1", "-SecurityTypes=None", "-AlertOnFatalError=0",
             "-ReconnectOnError=0"]  # fmt: skip
    return ["xtigervncviewer", *chosen, *alone, str(scene.place)]


OURS: Final = Viewer("Celadon", tuple(Coding), _ours)
GTK_VNC: Final = Viewer("gtk-vnc", _PEERS_CODINGS, _gtk_vnc)
# It shows advice over the picture for five seconds, which costs as much as the picture.
TIGER: Final = Viewer("TigerVNC", _PEERS_CODINGS, _tiger, settled_s=6.0)


def peers(say: Callable[[str], None]) -> tuple[Viewer, ...]:
    """Return those that are installed; say what to install for the others."""
    found = []
    try_gtk = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('GtkVnc', '2.0')"
    tried = subprocess.run([_SYSTEM_PYTHON, "-I", "-c", try_gtk], capture_output=True, check=False)
    if tried.returncode == 0:
        found.append(GTK_VNC)
    else:
        say("gtk-vnc is not installed, so there is nothing to compare with: "
            "apt-get install python3-gi gir1.2-gtk-3.0 gir1.2-gtk-vnc-2.0")  # fmt: skip
    if shutil.which("xtigervncviewer"):
        found.append(TIGER)
    else:
        say("TigerVNC's viewer is not installed, so there is nothing to compare with: "
            "apt-get install tigervnc-viewer")  # fmt: skip
    return tuple(found)


class Running:
    """A viewer that runs. What it uses is counted with the processes that it started."""

    def __init__(self, process: "subprocess.Popen[bytes]", counts: Path) -> None:
        self._process = process
        self._counts = counts

    @property
    def has_counted(self) -> bool:
        """Whether it has begun to say anything."""
        return self._counts.exists() and self._counts.stat().st_size > 0

    @property
    def counts(self) -> window.Counts:
        """What it says of itself; ours alone does."""
        return window.read(self._counts)

    def used_s(self) -> float:
        """Return the processor time used so far."""
        return usage.used_s(self._process.pid)

    def wakings(self) -> int:
        """Return how often it went to sleep so far, each of its threads counted."""
        return usage.wakings(self._process.pid)

    def end(self) -> None:
        """End it and what it started."""
        usage.end(usage.family(self._process.pid), signal.SIGTERM)
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def running(
    viewer: Viewer, screen: Screen, scene: Scene, pass_fds: tuple[int, ...] = ()
) -> Iterator[Running]:
    """Have a viewer run on that screen."""
    scene.counts.unlink(missing_ok=True)
    one = Running(screen.launch(viewer.command(scene), pass_fds), scene.counts)
    try:
        yield one
    finally:
        one.end()
        time.sleep(0.2)
