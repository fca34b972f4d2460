"""Whether the QEMU of this computer has the D-Bus display. Blocking: for workers only.

libvirt's capabilities say so also where the module was not installed, and the machine then does not
start (measured on Debian 13). So QEMU itself is asked, which can be done on this computer alone.
"""

import subprocess
from enum import Enum
from typing import Any, Final

import libvirt
from lxml import etree

from backend.hypervisor import screens

_HELP_S: Final = 5.0
_DISPLAY: Final = "dbus"


class Presence(Enum):
    """Whether a machine can be given a D-Bus display."""

    THERE = "there"
    NOT_INSTALLED = "not installed"
    """libvirt could, and QEMU has no module for it."""
    UNKNOWN = "unknown"
    """An older libvirt, another driver or another computer."""
    UNANSWERED = "unanswered"
    """Who was asked did not answer this time."""


def find(connect: Any, architecture: str) -> Presence:
    """Return whether a new machine of that architecture can be given a D-Bus display."""
    if not screens.is_here(connect):
        return Presence.UNKNOWN
    try:
        told = connect.getDomainCapabilities(None, architecture, None, None, 0)
    except libvirt.libvirtError:
        return Presence.UNKNOWN  # not this driver
    return find_in(str(told))


def find_in(capabilities: str) -> Presence:
    """Return whether libvirt's capabilities have it, and the emulator that they name."""
    root = etree.fromstring(capabilities.encode())
    kinds = [one.text for one in root.iterfind("devices/graphics/enum[@name='type']/value")]
    emulator = root.findtext("path")
    if _DISPLAY not in kinds or emulator is None:
        return Presence.UNKNOWN
    return _asked(emulator)


def _asked(emulator: str) -> Presence:
    try:
        told = subprocess.run(
            (emulator, "-display", "help"),
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_HELP_S, check=False, text=True,
            cwd="/",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return Presence.UNANSWERED
    return Presence.THERE if _DISPLAY in told.stdout.split() else Presence.NOT_INSTALLED
