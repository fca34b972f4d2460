"""The certificates of displays' servers that the user accepted by their fingerprint: one file.

As ssh's known hosts: a line for each, the host and the fingerprint. Blocking.
"""

import contextlib
import os
import threading
from pathlib import Path

from backend.hypervisor import places

_lock = threading.Lock()


def place() -> Path:
    """Return the file; it may not exist yet."""
    return places.state_directory() / "known_certificates"


def find(host: str) -> frozenset[str]:
    """Return the fingerprints that were accepted for `host`; none if the file cannot be read."""
    return frozenset(
        fingerprint for name, fingerprint in _entries() if name.casefold() == host.casefold()
    )


def keep(host: str, fingerprint: str) -> bool:
    """Have that one alone be known for `host`; return whether the file says so now."""
    with _lock, contextlib.suppress(OSError):
        others = [one for one in _entries() if one[0].casefold() != host.casefold()]
        file = place()
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        fresh.write_text(
            "".join(f"{name} {told}\n" for name, told in (*others, (host, fingerprint)))
        )
        fresh.replace(file)
        return True
    return False


def _entries() -> list[tuple[str, str]]:
    try:
        lines = place().read_text(errors="replace").splitlines()
    except OSError:
        return []
    return [(name, told) for name, _, told in (line.partition(" ") for line in lines) if told]
