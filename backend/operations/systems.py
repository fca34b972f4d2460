"""Operating systems, as libosinfo's database on this computer knows them."""

import functools
import os
from collections.abc import Iterator
from pathlib import Path

from backend.errors import BackendError
from backend.host.managed import ManagedHost
from backend.hypervisor import making
from backend.model import Ref
from backend.operations import placement
from backend.refusals import SystemsUnknown
from backend.specs import GuestSystem
from backend.xmldesc import osinfo

_READ_DEADLINE_S = 30.0


async def recognise(host: ManagedHost, _ref: Ref, path: Path) -> GuestSystem | None:
    """Return which system the DVD image at `path` installs; None: it is not known here.

    Raises SystemsUnknown where this computer has no database.
    """

    def look() -> GuestSystem | None:
        return _database().recognise(osinfo.read_head(_head(path)))

    if placement.only_there(host, path) is None:
        return await host.run_locally(look, deadline_s=_READ_DEADLINE_S)
    head = await host.ask(
        lambda connect: making.read_volume(connect, str(path), osinfo.HEAD_AT, osinfo.HEAD_BYTES)
    )
    return await host.run_locally(
        lambda: _database().recognise(osinfo.read_head(head)), deadline_s=_READ_DEADLINE_S
    )


async def names(host: ManagedHost, _ref: Ref) -> tuple[tuple[str, str], ...]:
    """Return the id and the name of each system that is known here, by name.

    Raises SystemsUnknown where this computer has no database.
    """
    return await host.run_locally(lambda: _database().names(), deadline_s=_READ_DEADLINE_S)


async def describe(host: ManagedHost, _ref: Ref, name: str) -> GuestSystem | None:
    """Return the system of that id; None: it is not known here."""
    return await find(host, name)


async def find(host: ManagedHost, name: str) -> GuestSystem | None:
    """Return the system of that id; None: it is not known here."""
    if not name:
        return None
    try:
        return await host.run_locally(lambda: _database().system(name), deadline_s=_READ_DEADLINE_S)
    except BackendError:
        return None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as image:
            image.seek(osinfo.HEAD_AT)
            return image.read(osinfo.HEAD_BYTES)
    except OSError:
        return b""  # the check of the image says why


def _places() -> tuple[Path, ...]:
    """Return where libosinfo looks: what is installed, the administrator's, the user's."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    told = (
        ("OSINFO_SYSTEM_DIR", Path("/usr/share/osinfo")),
        ("OSINFO_LOCAL_DIR", Path("/etc/osinfo")),
        ("OSINFO_USER_DIR", home / "osinfo"),
    )
    return tuple(Path(os.environ.get(name) or usual) for name, usual in told)


def _database() -> osinfo.Database:
    places = tuple(place for place in _places() if (place / "os").is_dir())
    if not places:
        raise SystemsUnknown
    return _read(places)


@functools.lru_cache(maxsize=1)
def _read(places: tuple[Path, ...]) -> osinfo.Database:
    return osinfo.Database(_texts(places))


def _texts(places: tuple[Path, ...]) -> Iterator[str]:
    # Whole systems before what adds to them ("win-10.d/...").
    for place in places:
        files = sorted((place / "os").rglob("*.xml"), key=lambda path: (len(path.parts), path))
        for path in files:
            try:
                yield path.read_text()
            except (OSError, UnicodeDecodeError):
                continue
