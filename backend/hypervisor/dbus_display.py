"""Whether the QEMU of this computer has the D-Bus display. Blocking: for workers only.

libvirt's capabilities say so also where the module was not installed, and the machine then does not
start (measured on Debian 13). So QEMU itself is asked, which can be done on this computer alone.
"""

import subprocess
from typing import Any, Final

import libvirt
from lxml import etree

from backend.hypervisor import screens

_HELP_S: Final = 5.0
_DISPLAY: Final = "dbus"


def is_there(connect: Any, architecture: str) -> bool:
    """Return whether a new machine of that architecture can be given a D-Bus display."""
    if not screens.is_here(connect):
        return False
    try:
        told = connect.getDomainCapabilities(None, architecture, None, None, 0)
    except libvirt.libvirtError:
        return False  # not this driver
    return has_display(str(told))


def has_display(capabilities: str) -> bool:
    """Return whether both libvirt's capabilities and the emulator that they name have it."""
    root = etree.fromstring(capabilities.encode())
    kinds = [one.text for one in root.iterfind("devices/graphics/enum[@name='type']/value")]
    emulator = root.findtext("path")
    return _DISPLAY in kinds and emulator is not None and _asked(emulator)


def _asked(emulator: str) -> bool:
    try:
        told = subprocess.run(
            (emulator, "-display", "help"),
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_HELP_S, check=False, text=True,
            cwd="/",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _DISPLAY in told.stdout.split()
