"""What is called at QEMU: its consoles, its keyboard and its pointer."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.display.dbus.control import ROOT, Control
from backend.display.dbus.message import CALL, NO_REPLY, SIGNAL, START, Header, Headers, dump
from backend.display.dbus.screen import PROPERTIES
from backend.display.dbus.stream import Refused
from backend.display.dbus.wire import Broken, Value, unmarshal
from tests.backend.display.dbus.qemu import CONSOLE, LOGIN

KEYBOARD, MOUSE = "org.qemu.Display1.Keyboard", "org.qemu.Display1.Mouse"
Sent = tuple[Header, int, tuple[Value, ...]]


class Called:
    """A control, and what it says."""

    def __init__(self) -> None:
        self.control = Control(0)
        self.feed(LOGIN)
        self._data = b""

    def feed(self, data: bytes) -> None:
        room = self.control.rooms()[0]
        room[: len(data)] = data
        self.control.received(len(data))

    def sent(self) -> list[Sent]:
        """Return the messages that went out since the last time."""
        data = b"".join(bytes(parcel.data) for parcel in self.control.outgoing)
        self.control.outgoing.clear()
        data = data.rpartition(b"BEGIN\r\n")[2]
        headers, found = Headers(), []
        while data:
            whole, length = headers.length(data[:START])
            header, serial = headers.parse(data[:whole])
            found.append(
                (header, serial, unmarshal(header.signature, data[whole : whole + length]))
            )
            data = data[whole + length :]
        return found

    def answer(self, serial: int, signature: str = "", *values: Value) -> None:
        self.feed(dump(Header(2, 1, reply_to=serial, signature=signature), 9, values))

    def refuse(self, serial: int, words: str = "no") -> None:
        self.feed(dump(Header(3, 1, error="x.Y", reply_to=serial, signature="s"), 9, (words,)))

    def find(self) -> None:
        """Get as far as a console that is known."""
        [(_, machine, _)] = self.sent()
        self.answer(machine, "a{sv}", {"ConsoleIDs": ("au", [3, 0])})
        text, graphic = self.sent()
        assert [one[0].path for one in (text, graphic)] == [f"{ROOT}/Console_3", CONSOLE]
        self.answer(text[1], "a{sv}", {"Type": ("s", "Text")})
        self.answer(
            graphic[1], "a{sv}", {"Type": ("s", "Graphic"), "Width": ("u", 9), "Height": ("u", 7)}
        )
        keyboard, mouse = self.sent()
        self.answer(keyboard[1], "a{sv}", {"Modifiers": ("u", 6)})
        assert not self.control.is_found
        self.answer(mouse[1], "a{sv}", {"IsAbsolute": ("b", True)})


def test_the_first_graphical_console_is_found() -> None:
    called = Called()
    called.find()
    control = called.control
    assert (control.is_found, control.is_absolute, control.leds) == (True, True, 6)
    assert control.size == (9, 7)
    control.register(9)
    assert control.outgoing[-1].descriptors == [9]
    [(header, serial, _)] = called.sent()
    assert (header.path, header.member, header.descriptors) == (CONSOLE, "RegisterListener", 1)
    assert not control.is_shown
    called.answer(serial)
    assert control.is_shown


def test_changes_of_it_alone_are_heard() -> None:
    called = Called()
    called.find()
    for path, leds in ((CONSOLE, 1), (f"{ROOT}/Console_3", 2)):
        header = Header(SIGNAL, NO_REPLY, path, PROPERTIES, "PropertiesChanged")
        header = header._replace(signature="sa{sv}as")
        told = {"Modifiers": ("u", leds), "IsAbsolute": ("b", False)}
        called.feed(dump(header, 1, (KEYBOARD, told, [])))
    assert (called.control.leds, called.control.is_absolute) == (1, False)


def test_what_is_done_goes_there_once_it_is_known() -> None:
    called = Called()
    called.control.perform(KEYBOARD, "Press", "u", (30,))
    called.find()
    called.control.perform(KEYBOARD, "Press", "u", (30,))
    called.control.perform(MOUSE, "SetAbsPosition", "uu", (1, 2))
    called.control.perform("org.qemu.Display1.Chardev", "SendBreak", "", ())
    assert [(h.path, h.member, h.flags, values) for h, _, values in called.sent()] == [
        (CONSOLE, "Press", NO_REPLY, (30,)),
        (CONSOLE, "SetAbsPosition", NO_REPLY, (1, 2)),
    ]


def test_a_guest_that_takes_no_size_is_not_asked_again() -> None:
    called = Called()
    called.find()
    called.control.resize(800, 600)
    [(header, serial, values)] = called.sent()
    assert (header.member, values) == ("SetUIInfo", (0, 0, 0, 0, 800, 600))
    called.answer(serial)
    called.control.resize(801, 600)
    [(_, serial, _)] = called.sent()
    called.refuse(serial)
    assert not called.control.can_resize
    called.control.resize(802, 600)
    assert not called.sent()


def test_a_second_size_may_be_asked_for_before_the_first_is_refused() -> None:
    called = Called()
    called.find()
    called.control.resize(800, 600)
    called.control.resize(801, 600)
    first, second = called.sent()
    called.refuse(first[1])
    called.refuse(second[1])
    assert not called.control.can_resize


def test_who_is_refused_hears_why() -> None:
    called = Called()
    called.find()
    called.control.register(9)
    [(_, serial, _)] = called.sent()
    with pytest.raises(Refused, match="taken"):
        called.refuse(serial, "taken")


@pytest.mark.parametrize("told", [{}, {"ConsoleIDs": ("s", "x")}, {"ConsoleIDs": ("as", ["x"])}])
def test_a_machine_without_consoles(told: dict[str, Value]) -> None:
    called = Called()
    [(_, machine, _)] = called.sent()
    with pytest.raises(Broken):
        called.answer(machine, "a{sv}", told)


def test_a_machine_without_a_graphical_console() -> None:
    called = Called()
    [(_, machine, _)] = called.sent()
    called.answer(machine, "a{sv}", {"ConsoleIDs": ("au", [0])})
    [(_, console, _)] = called.sent()
    with pytest.raises(Refused, match="no graphical console"):
        called.answer(console, "a{sv}", {"Type": ("s", "Text")})


def test_it_serves_nobody() -> None:
    called = Called()
    called.sent()
    called.feed(dump(Header(CALL, 0, "/", "a.b", "C"), 5))
    [(header, _, _)] = called.sent()
    assert (header.kind, header.reply_to) == (3, 5)


ANSWERS = st.dictionaries(
    st.sampled_from(["ConsoleIDs", "Type", "Modifiers", "IsAbsolute"]),
    st.sampled_from([("u", 1), ("b", True), ("s", "Graphic"), ("au", [0] * 99), ("au", []),
                     ("as", ["x"]), ("x", -(2**60))]),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 40), ANSWERS), max_size=20), st.binary(max_size=60))
def test_answers_that_make_no_sense_end_in_one_error(
    told: list[tuple[int, dict[str, Value]]], more: bytes
) -> None:
    called = Called()
    with contextlib.suppress(Broken, Refused):
        for serial, values in told:
            called.answer(serial, "a{sv}", values)
        called.feed(more)
    assert sum(len(parcel.data) for parcel in called.control.outgoing) < 1 << 16
