"""A desktop for one program and a reader of what it tells: a display, buses, AT-SPI.

Speaks D-Bus by jeepney, so that the reader needs no GObject and runs in the program's own Python.
Protocol: the interfaces org.a11y.atspi.* of at-spi2-core.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

T = TypeVar("T")
PATIENCE_S = 40.0
PROGRAMS = ("Xvfb", "dbus-daemon")
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ACTION = "org.a11y.atspi.Action"
_ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
# AtspiStateType, by its numbers
_ENABLED, _FOCUSABLE, _FOCUSED, _SHOWING = 8, 11, 12, 25


@dataclass(frozen=True)
class Accessible:
    """One thing that the program tells of, asked anew at each question."""

    bus: DBusConnection
    place: tuple[str, str]

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self._property("Name"))

    @property
    def description(self) -> str:
        """What is said beside the name."""
        return str(self._property("Description"))

    @property
    def role(self) -> str:
        """What it is, in AT-SPI's words: "push button"."""
        return str(self._call(_ACCESSIBLE, "GetRoleName")[0])

    @property
    def is_showing(self) -> bool:
        """Whether it is on the screen."""
        return self._is(_SHOWING)

    @property
    def is_focusable(self) -> bool:
        """Whether it can have the keyboard."""
        return self._is(_FOCUSABLE)

    @property
    def is_enabled(self) -> bool:
        """Whether it can be used."""
        return self._is(_ENABLED)

    def children(self) -> list["Accessible"]:
        """Return what is in it."""
        found = self._call(_ACCESSIBLE, "GetChildren")[0]
        return [Accessible(self.bus, (str(bus), str(path))) for bus, path in found]

    def everything(self) -> Iterator["Accessible"]:
        """Yield it and all that is in it and on the screen; what goes meanwhile is passed over."""
        with contextlib.suppress(DBusErrorResponse):
            children = self.children()
            yield self
            for child in children:
                with contextlib.suppress(DBusErrorResponse):
                    if child.is_showing:
                        yield from child.everything()

    def press(self) -> None:
        """Do what a press on it does, as a reader's user would."""
        self._call(_ACTION, "DoAction", "i", (0,))

    def _is(self, state: int) -> bool:
        low, high = self._call(_ACCESSIBLE, "GetState")[0]
        return bool((high << 32 | low) >> state & 1)

    def _property(self, name: str) -> Any:
        address = DBusAddress(self.place[1], self.place[0], _ACCESSIBLE)
        reply = self.bus.send_and_get_reply(Properties(address).get(name), timeout=PATIENCE_S)
        return unwrap_msg(reply)[0][1]

    def _call(self, interface: str, method: str, signature: str = "", arguments: Any = ()) -> Any:
        address = DBusAddress(self.place[1], self.place[0], interface)
        message = new_method_call(address, method, signature, arguments)
        return unwrap_msg(self.bus.send_and_get_reply(message, timeout=PATIENCE_S))


class Reader:
    """Finds things in a program as one finds them by ear: by role and name."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus

    @property
    def program(self) -> Accessible:
        """The program, once it is there."""
        root = Accessible(self._bus, _ROOT)
        return until(lambda: next(iter(root.children()), None), "the program")

    def all(self) -> list[Accessible]:
        """Return all that is on the screen."""
        return [found for window in self.windows() for found in window.everything()]

    def windows(self) -> list[Accessible]:
        """Return the windows on the screen, the newest last."""
        return [window for window in self.program.children() if window.is_showing]

    def find(self, role: str, name: str) -> Accessible:
        """Return the thing of that role whose name begins so, once it is on the screen."""

        def look() -> Accessible | None:
            for found in self.all():
                with contextlib.suppress(DBusErrorResponse):
                    if found.role == role and found.name.startswith(name):
                        return found
            return None

        return until(look, f"{role} {name!r}; there is {self.account}")

    def press(self, role: str, name: str) -> None:
        """Press what is called so, once it can be pressed."""
        button = self.find(role, name)
        until(lambda: button.is_enabled or None, f"{name!r} to be of use")
        button.press()

    @property
    def account(self) -> str:
        """All that is there, for who has to find out why something was not found."""
        return "; ".join(f"{found.role} {found.name!r}" for found in self.all())


def until(look: Callable[[], T | None], what: str) -> T:
    """Return what `look` finds at last. Fails when patience is over."""
    end = time.monotonic() + PATIENCE_S
    while (found := look()) is None:
        assert time.monotonic() < end, f"never found {what}"
        time.sleep(0.2)
    return found


def missing() -> list[str]:
    """Return what has to be installed for a desktop (packaging/setup.sh names the packages)."""
    programs = [name for name in PROGRAMS if shutil.which(name) is None]
    service = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
    return [*programs, *([] if service.exists() else ["at-spi2-core"])]


@contextlib.contextmanager
def desktop(*arguments: str) -> Iterator[Reader]:
    """Give a reader of the program, started with these arguments on a desktop of its own."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="celadon-ear-")))
        display = stack.enter_context(_display())
        environment = _environment(folder, display)
        bus = stack.enter_context(_session_bus(environment))
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        command = [sys.executable, "-m", "console", "--settings", str(folder / "settings.json")]
        stack.enter_context(_running([*command, *arguments], environment))
        session = stack.enter_context(open_dbus_connection(bus=bus))
        yield Reader(stack.enter_context(_accessibility_bus(session)))


def _environment(folder: Path, display: str) -> dict[str, str]:
    homes = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("QT_")},
        **homes,
        "XDG_RUNTIME_DIR": str(folder),
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
    }


@contextlib.contextmanager
def _display() -> Iterator[str]:
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1600x1000x24",
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"
    finally:
        _end(server)


@contextlib.contextmanager
def _session_bus(environment: dict[str, str]) -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    bus = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    try:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()
    finally:
        _end(bus)
        if bus.stdout:
            bus.stdout.close()


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    program = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        _end(program)


@contextlib.contextmanager
def _accessibility_bus(session: DBusConnection) -> Iterator[DBusConnection]:
    address = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    reply = session.send_and_get_reply(new_method_call(address, "GetAddress"), timeout=PATIENCE_S)
    with open_dbus_connection(bus=unwrap_msg(reply)[0]) as bus:
        yield bus


def _end(process: "subprocess.Popen[Any]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
