"""Where Celadon keeps what it can make anew, and what it cannot (XDG Base Directory)."""

import os
from pathlib import Path


def cache_directory() -> Path:
    """Return the user's cache directory of ours (XDG Base Directory); it may not exist yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "celadon"


def state_directory() -> Path:
    """Return the user's state directory of ours (XDG Base Directory); it may not exist yet."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "celadon"
