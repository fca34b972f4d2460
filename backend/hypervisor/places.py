"""Where Celadon keeps what it can make anew, and what not, and settings (XDG Base Directory)."""

import os
from pathlib import Path


def cache_directory() -> Path:
    """Return the user's cache directory of ours; it may not exist yet."""
    return _base("XDG_CACHE_HOME", ".cache") / "celadon"


def state_directory() -> Path:
    """Return the user's state directory of ours; it may not exist yet."""
    return _base("XDG_STATE_HOME", ".local/state") / "celadon"


def configuration_directory() -> Path:
    """Return the user's configuration directory of ours; it may not exist yet."""
    return _base("XDG_CONFIG_HOME", ".config") / "celadon"


def _base(variable: str, otherwise: str) -> Path:
    # The specification has a path that is not absolute ignored.
    said = os.environ.get(variable, "")
    return Path(said) if said.startswith("/") else Path.home() / otherwise
