"""What is called at QEMU (org.qemu.Display1): its consoles, its keyboard and its pointer."""

from collections.abc import Callable
from typing import Final

from backend.display.dbus.message import ERROR, RETURN, SIGNAL, Header
from backend.display.dbus.stream import Call, Refused, Stream, asking_call, plain_call
from backend.display.dbus.wire import Broken, Value

ROOT: Final = "/org/qemu/Display1"
_VM: Final = "org.qemu.Display1.VM"
_CONSOLE: Final = "org.qemu.Display1.Console"
_MOUSE: Final = "org.qemu.Display1.Mouse"
_KEYBOARD: Final = "org.qemu.Display1.Keyboard"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_CONSOLES_MOST: Final = 32

Answered = Callable[[Value], None]
"""What to do with the first value of an answer."""


class Control(Stream):
    """The way to a machine's first graphical console; `is_found` says whether that is known.

    `register` has it shown on a socket, of which `is_shown` says whether QEMU took it; `size` is
    the console's in pixels, whatever was shown.
    """

    def __init__(self, user: int) -> None:
        super().__init__(user)
        self.is_found = self.is_shown = False
        self.is_absolute = False
        self.leds: int | None = None
        self.size: tuple[int, int] | None = None
        self.can_resize = True
        self._path = ""
        self._asked: dict[int, Answered] = {}
        self._resizing: set[int] = set()
        self._get_all(f"{ROOT}/VM", _VM, self._on_machine)

    def register(self, descriptor: int) -> None:
        """Have the console shown on this socket, whose other end was logged in before."""

        def shown(_: Value) -> None:
            self.is_shown = True

        head = asking_call(self._path, _CONSOLE, "RegisterListener", "h")
        self._asked[self.call(head, (0,), (descriptor,))] = shown

    def perform(self, interface: str, member: str, signature: str, values: tuple[int, ...]) -> None:
        """Have the guest feel something: a call to the keyboard or the pointer."""
        if self.is_found and interface in (_MOUSE, _KEYBOARD):
            self.call(plain_call(self._path, interface, member, signature), values)

    def resize(self, width: int, height: int) -> None:
        """Ask the guest for another size, in pixels; whether that can be done is known then."""
        if self.is_found and self.can_resize:
            head = asking_call(self._path, _CONSOLE, "SetUIInfo", "qqiiuu")
            # No sizes in millimetres: QEMU then tells the guest of an ordinary screen.
            self._resizing.add(self.call(head, (0, 0, 0, 0, width, height)))

    def ask_sign(self) -> None:
        """Ask something that is answered as long as QEMU's main loop turns."""
        self._get_all(self._path, _KEYBOARD, self._learn)

    def _get_all(self, path: str, interface: str, then: Answered) -> None:
        head = asking_call(path, _PROPERTIES, "GetAll", "s")
        self._asked[self.call(head, (interface,))] = then

    def _handle(self, call: Call) -> None:
        header = call.header
        if call.descriptors:
            raise Broken("descriptors that nobody asked for")
        if header.kind in (RETURN, ERROR):
            self._on_answer(header, call.values)
        elif header.kind == SIGNAL:
            self._on_signal(header, call.values)
        else:
            self.refuse(call, "org.freedesktop.DBus.Error.UnknownMethod")

    def _on_answer(self, header: Header, values: tuple[Value, ...]) -> None:
        then = self._asked.pop(header.reply_to, None)
        if header.reply_to in self._resizing:
            self._resizing.discard(header.reply_to)
            self.can_resize &= header.kind == RETURN
        elif header.kind == RETURN:
            if then:
                then(values[0] if values else None)
        elif then:
            words = str(values[0]) if header.signature[:1] == "s" else ""
            raise Refused(f"{header.error}: {words}"[:500])

    def _on_machine(self, told: Value) -> None:
        found = told.get("ConsoleIDs") if isinstance(told, dict) else None
        if not isinstance(found, list) or not all(isinstance(one, int) for one in found):
            raise Broken("a machine without consoles")
        paths = [f"{ROOT}/Console_{one}" for one in found[:_CONSOLES_MOST]]
        for path in paths:
            self._get_all(path, _CONSOLE, self._chooser(path, is_last=path == paths[-1]))

    def _chooser(self, path: str, *, is_last: bool) -> Answered:
        def choose(told: Value) -> None:
            if not self._path and isinstance(told, dict) and told.get("Type") == "Graphic":
                self._path = path
                self._learn(told)
                self._get_all(path, _KEYBOARD, self._learn)
                self._get_all(path, _MOUSE, self._find)
            if is_last and not self._path:
                raise Refused("no graphical console")

        return choose

    def _find(self, told: Value) -> None:
        self._learn(told)
        self.is_found = True

    def _on_signal(self, header: Header, values: tuple[Value, ...]) -> None:
        is_ours = header.path == self._path and header.member == "PropertiesChanged"
        if is_ours and header.signature == "sa{sv}as":
            self._learn(values[1])

    def _learn(self, told: Value) -> None:
        if not isinstance(told, dict):
            raise Broken("properties that are none")
        absolute, leds = told.get("IsAbsolute"), told.get("Modifiers")
        if isinstance(absolute, bool):
            self.is_absolute = absolute
        if isinstance(leds, int):
            self.leds = leds & 0x7
        width, height = self.size or (0, 0)
        width, height = told.get("Width", width), told.get("Height", height)
        if isinstance(width, int) and isinstance(height, int) and min(width, height) > 0:
            self.size = (width, height)
