"""The sample guest, where it was built."""

import json
import os
from pathlib import Path

from backend.defaults import SampleGuest
from backend.errors import SampleGuestMissing
from backend.hypervisor.places import cache_directory

_SYSTEM = Path("/var/cache/celadon/guest")


def directory() -> Path:
    """Return where the sample guest lies; `packaging/guest` builds it there."""
    if told := os.environ.get("CELADON_GUEST_DIR"):
        return Path(told)
    if os.geteuid() == 0:
        return _SYSTEM
    return cache_directory() / "guest"


def load() -> SampleGuest:
    """Return the sample guest as its manifest tells. Raises SampleGuestMissing."""
    place = directory()
    try:
        manifest = json.loads((place / "manifest.json").read_text())
        command_line, memory = str(manifest["cmdline"]), int(manifest["memory_bytes"])
    except (OSError, ValueError, KeyError) as error:
        raise SampleGuestMissing(path=str(place), detail=(str(error),)) from error
    guest = SampleGuest(
        kernel=place / "vmlinux",
        kernel_compressed=place / "vmlinuz",
        initrd=place / "initrd.gz",
        command_line=command_line,
        memory_bytes=memory,
    )
    for part in (guest.kernel, guest.kernel_compressed, guest.initrd):
        if not part.is_file():
            raise SampleGuestMissing(path=str(part))
    return guest
