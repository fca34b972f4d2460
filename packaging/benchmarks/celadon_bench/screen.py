"""A screen of its own for a program, and a stop-watch that sees what is on it.

Xvfb keeps its picture in a file that is mapped here, so that a look costs a millisecond. The hand
is xdotool. The same for every program, ours or not.
"""

import mmap
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 1280, 800
_QUIET_S, _STILL_S, _LOOK_S, _GLANCE_S = 1.5, 6.0, 0.005, 0.0005
_PLACINGS, _BORDER = 40, 64
Picture = npt.NDArray[np.uint32]
Place = tuple[int, int, int, int]
"""Left, top, width, height."""


class Screen:
    """Xvfb with a window manager, so many pixels large; close it."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="celadon-bench-")
        read, write = os.pipe()
        size = f"{width}x{height}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-fbdir", self._folder.name,
             "-nolisten", "tcp"],
            pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as told:
            display = told.readline().strip()
        self.environment = {**os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb",
                            "GDK_BACKEND": "x11", "HOME": self._folder.name,
                            "NO_AT_BRIDGE": "1", "LC_ALL": "C.UTF-8"}  # fmt: skip
        # A program that is installed finds its bytecode; here the first round leaves it.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._pixels = _mapped(Path(self._folder.name) / "Xvfb_screen0", width, height)
        self._manager = self._start("openbox", "--sm-disable")
        time.sleep(0.7)

    def close(self) -> None:
        """End what was started for it."""
        self._manager.kill()  # openbox was seen to live on after it was asked to end
        self._manager.wait()
        self._server.terminate()  # killed, it would leave its lock and its socket in /tmp
        self._server.wait()
        self._folder.cleanup()

    def look(self, place: Place | None = None) -> Picture:
        """Return what is on the screen there now; None is: all of it."""
        left, top, width, height = place or (0, 0, self._pixels.shape[1], self._pixels.shape[0])
        picture: Picture = self._pixels[top : top + height, left : left + width].copy()
        return picture

    def hand(self, *arguments: str) -> str:
        """Have xdotool do something; return what it says."""
        told = subprocess.run(["xdotool", *arguments], env=self.environment, capture_output=True,
                              text=True, check=False)  # fmt: skip
        return told.stdout.strip()

    def start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        """Start a program here."""
        return self._start("dbus-run-session", "--", *command)

    def window(self, title: str, patience_s: float) -> str:
        """Return the window of this title, once it is there. Raises TimeoutError."""
        end = time.perf_counter() + patience_s
        while not (found := self.hand("search", "--onlyvisible", "--name", title).split()):
            if time.perf_counter() > end:
                raise TimeoutError(f"no window {title!r} in {patience_s:.0f} s")
        return found[0]

    def place(self, window: str, width: int, height: int) -> None:
        """Have a window in the corner, of that size; who was just opened may be put elsewhere."""
        for _ in range(_PLACINGS):
            self.hand("windowsize", window, str(width), str(height))
            self.hand("windowmove", window, "0", "0")
            told = self.hand("getwindowgeometry", "--shell", window).split()
            now = dict(word.split("=") for word in told)
            # Around it is what the window manager draws.
            is_near = 0 <= int(now["X"]) < _BORDER and 0 <= int(now["Y"]) < _BORDER
            if is_near and (now["WIDTH"], now["HEIGHT"]) == (str(width), str(height)):
                return
            time.sleep(0.02)

    def as_it_stays(
        self,
        place: Place,
        began: float,
        is_busy: Callable[[], bool],
        patience_s: float,
        share: float,
        before: Picture | None = None,
    ) -> float:
        """Return when, in seconds after `began`, that place came to look as it then stayed.

        What differs in less than that share of its pixels looks the same: a cursor blinks. It
        stays once it has been quiet for a while and its program is idle, or for long. One that is
        to change does so not before it looks other than `before`; one that never does took all of
        the patience, at least.
        """
        looks = [(time.perf_counter(), self.look(place) if before is None else before)]
        while (now := time.perf_counter()) - began < patience_s:
            picture = self.look(place)
            if np.any(picture != looks[-1][1]):
                looks.append((now, picture))
            quiet = now - looks[-1][0]
            if before is not None and not differ(picture, before, share):
                quiet = 0.0
            if quiet > _STILL_S or (quiet > _QUIET_S and not is_busy()):
                break
            time.sleep(_LOOK_S)
        if before is not None and not differ(looks[-1][1], before, share):
            return patience_s
        return since_when(looks, share) - began

    def change_after_ms(self, place: Place, act: list[str], patience_s: float = 10.0) -> float:
        """Return how long after xdotool was told to act the first pixel changed there."""
        before = self.look(place)
        with self.acting(*act):
            return self.other_after_ms(place, before, patience_s)

    def acting(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Have xdotool do something while it is looked; it is waited for at the end of `with`."""
        return subprocess.Popen(["xdotool", *arguments], env=self.environment)

    def other_after_ms(self, place: Place, before: Picture, patience_s: float) -> float:
        """Return how long after now the first pixel there is another than it was before."""
        began = time.perf_counter()
        while not np.any(self.look(place) != before):
            if time.perf_counter() - began > patience_s:
                break
            time.sleep(_GLANCE_S)
        return (time.perf_counter() - began) * 1000

    def shows(self, colour: int) -> bool:
        """Return whether there is an area of this colour, a few pixels large, anywhere."""
        return bool(np.any(self._pixels[::8, ::8] & 0xFFFFFF == colour))

    def pixel(self, x: int, y: int) -> int:
        """Return the colour of a pixel now, as fast as it can be told."""
        return int(self._pixels[y, x]) & 0xFFFFFF

    def launch(
        self, command: list[str], pass_fds: tuple[int, ...] = ()
    ) -> "subprocess.Popen[bytes]":
        """Start a program here that needs no bus."""
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, start_new_session=True,
                                pass_fds=pass_fds)  # fmt: skip

    def _start(self, *command: str) -> "subprocess.Popen[bytes]":
        return self.launch(list(command))


def differ(one: Picture, other: Picture, share: float) -> bool:
    """Return whether two pictures differ by more than that share of their pixels."""
    return bool(np.count_nonzero(one != other) > share * one.size)


def since_when(looks: Sequence[tuple[float, Picture]], share: float) -> float:
    """Return the time of the first look since when none differed from the last by that share."""
    last = looks[-1][1]
    after = 0
    for at, (_time, picture) in enumerate(looks, 1):
        if differ(picture, last, share):
            after = at
    return looks[after][0]


def _mapped(file: Path, width: int, height: int) -> Any:
    """Return the picture in an XWD file, as it is at any moment."""
    with file.open("rb") as opened:
        memory = mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ)
    header = struct.unpack(">25I", memory[:100])
    start = header[0] + header[19] * 12
    flat = np.frombuffer(memory, dtype=np.uint32, count=width * height, offset=start)
    return flat.reshape(height, width)
