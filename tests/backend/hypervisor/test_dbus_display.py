"""Whether QEMU has the D-Bus display: libvirt's word alone is no proof."""

from pathlib import Path

import libvirt
import pytest

from backend.hypervisor import dbus_display
from backend.hypervisor.dbus_display import Presence


class Connect:
    """A libvirt, and what it says that its QEMU can do."""

    def __init__(self, uri: str, capabilities: str) -> None:
        self.uri, self.capabilities = uri, capabilities
        self.asked: list[str] = []

    def getURI(self) -> str:
        return self.uri

    def getDomainCapabilities(
        self, _emulator: None, arch: str, _machine: None, _type: None, _flags: int
    ) -> str:
        self.asked.append(arch)
        if not self.capabilities:
            raise libvirt.libvirtError("this function is not supported by the connection driver")
        return self.capabilities


def capabilities(emulator: Path, kinds: str = "<value>vnc</value><value>dbus</value>") -> str:
    return f"""<domainCapabilities><path>{emulator}</path><devices><graphics supported='yes'>
        <enum name='type'>{kinds}</enum></graphics></devices></domainCapabilities>"""


@pytest.fixture
def emulator(tmp_path: Path) -> Path:
    """A QEMU that has it."""
    return program(tmp_path, "echo Available display backend types:; echo none; echo dbus")


def program(folder: Path, does: str) -> Path:
    path = folder / "qemu"
    path.write_text(f'#!/bin/sh\n[ "$*" = "-display help" ] && {{ {does}; }}\n')
    path.chmod(0o755)
    return path


def test_it_is_there_if_both_say_so(emulator: Path) -> None:
    connect = Connect("qemu:///system", capabilities(emulator))
    assert dbus_display.find(connect, "x86_64") is Presence.THERE
    assert connect.asked == ["x86_64"]


def test_a_module_that_was_not_installed(tmp_path: Path) -> None:
    without = program(tmp_path, "echo none; echo 'dbus: no module ui-dbus' >&2")
    assert dbus_display.find_in(capabilities(without)) is Presence.NOT_INSTALLED


def test_a_libvirt_that_does_not_know_it(emulator: Path) -> None:
    told = capabilities(emulator, "<value>vnc</value>")
    assert dbus_display.find_in(told) is Presence.UNKNOWN


def test_a_qemu_that_does_not_answer_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = capabilities(tmp_path / "none")
    assert dbus_display.find_in(told) is Presence.UNANSWERED
    monkeypatch.setattr(dbus_display, "_HELP_S", 0.1)
    slow = program(tmp_path, "exec sleep 5")
    assert dbus_display.find_in(capabilities(slow)) is Presence.UNANSWERED


def test_a_driver_without_capabilities() -> None:
    assert dbus_display.find(Connect("test:///default", ""), "x86_64") is Presence.UNKNOWN


def test_of_another_computer_nothing_is_known(emulator: Path) -> None:
    connect = Connect("qemu+ssh://rack-2/system", capabilities(emulator))
    assert dbus_display.find(connect, "x86_64") is Presence.UNKNOWN
    assert not connect.asked
