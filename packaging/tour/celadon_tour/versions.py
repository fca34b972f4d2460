"""What the tour was shown with."""

import json
import platform
import re

import PySide6
from PySide6.QtCore import qVersion

from backend.operations import samples
from celadon_tour.evidence import Virsh
from console.shell.about import program_version

_LIBRARY = re.compile(r"Using library: libvirt (\S+)")
_QEMU = re.compile(r"Running hypervisor: QEMU (\S+)")


def versions(virsh: Virsh) -> dict[str, str]:
    """Return a version by name; "?" is what nobody told."""
    told = virsh("version")
    return {
        "celadon": program_version(),
        "python": platform.python_version(),
        "PySide6": PySide6.__version__,
        "Qt": qVersion() or "?",
        "libvirt": _first(_LIBRARY, told),
        "QEMU": _first(_QEMU, told),
        "guest kernel": guest_kernel(),
        "host kernel": platform.release(),
    }


def guest_kernel() -> str:
    """Return the kernel of the sample guest, as its builder wrote it down."""
    try:
        manifest = json.loads((samples.directory() / "manifest.json").read_text(encoding="utf-8"))
        return str(manifest["kernel"])
    except (OSError, ValueError, KeyError):
        return "?"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else "?"
