"""Files that are there already: whether a host and its QEMU can use them where they lie."""

import os
from collections.abc import Iterable
from pathlib import Path

from backend.errors import ImageNotAlone
from backend.host.managed import ManagedHost
from backend.hypervisor.embedded.record import EmbeddedMode
from backend.model import Domain, StorageVolume
from backend.operations import access, images, uses
from backend.operations.images import ImageFacts
from backend.refusals import ImageNeedsCopy, ImageNotOnHost, ImageOutOfReach
from backend.specs import SourceKind

_LOOK_DEADLINE_S = 20.0
_RUN_IN_PLACE = ("qcow2", "raw")


def is_on_this_computer(host: ManagedHost) -> bool:
    """Return whether the host's files are those of this computer."""
    return host.embedded is not None or ":///" in host.record.uri


async def keeps_its_owner(host: ManagedHost, path: Path) -> bool:
    """Return whether a file that QEMU only reads can stay whose it is, and has to be told so."""
    place = host.embedded
    # Only a privileged libvirt changes owners, and only that one knows how not to.
    is_privileged = place is not None and place.mode is EmbeddedMode.SYSTEM
    return is_privileged and await can_read(host, path)


async def can_read(host: ManagedHost, path: Path) -> bool:
    """Return whether QEMU itself can read a file of this computer, as its rights are."""
    place = host.embedded
    return place is not None and await host.run_locally(
        lambda: access.is_readable_by(place.qemu_user, path), deadline_s=_LOOK_DEADLINE_S
    )


async def look_in_place(host: ManagedHost, path: Path) -> ImageFacts:
    """Return what the file of a disk is, where the host itself can use it.

    Raises ImageNotOnHost, ImageNotAlone, ImageNeedsCopy, ImageOutOfReach, an image's errors.
    """
    known = host.inventory.all(StorageVolume, host.spec.id)
    volume = next((v for v in known if v.path == str(path)), None)
    if volume is None and not is_on_this_computer(host):
        raise ImageNotOnHost(path=str(path), host=host.spec.name)
    if volume is not None and volume.backing:
        raise ImageNotAlone(path=str(path), other=volume.backing)
    if is_on_this_computer(host):
        # Its content decides, also within a pool: of a pool's record only the host vouches.
        image = await images.check(host, path, SourceKind.DISK_IMAGE)
        await _require_reach(host, path)
    else:
        assert volume is not None  # noqa: S101  # see above
        image = ImageFacts(path, volume.format, volume.capacity_bytes)
    if image.format not in _RUN_IN_PLACE:
        raise ImageNeedsCopy(path=str(path), format=image.format)
    return image


async def users_of(
    host: ManagedHost, path: str, machines: Iterable[Domain] | None = None
) -> tuple[str, ...]:
    """Return the names of who needs this file already, of these machines or all of the host's.

    That are machines, and volumes of no machine that are based on it: to write to the file destroys
    what is based on it. A link to a file is that file, where the host's files are this computer's.
    """
    volumes = uses.by_path(host.inventory.all(StorageVolume, host.spec.id))
    asked = host.inventory.all(Domain, host.spec.id) if machines is None else machines
    known = tuple(asked)
    paths = await _names_of(host, path, known, volumes)
    found = (name for one in paths for name in uses.users_of(one, known, volumes).names)
    return tuple(dict.fromkeys(found))


async def user_of(host: ManagedHost, path: str, machines: Iterable[Domain] | None = None) -> str:
    """Return the name of the first of `users_of`, "" if nobody needs the file."""
    return next(iter(await users_of(host, path, machines)), "")


async def _names_of(
    host: ManagedHost, path: str, machines: tuple[Domain, ...], volumes: uses.Volumes
) -> tuple[str, ...]:
    """Return all paths that machines and volumes have for the file at one, that one first."""
    if not is_on_this_computer(host):
        return (path,)
    known = {place for machine in machines for place in uses.disk_places(machine, volumes)}
    known |= {*volumes, *(volume.backing for volume in volumes.values())}

    def same() -> tuple[str, ...]:
        real = os.path.realpath(path)
        found = (one for one in sorted(known) if one.startswith("/"))
        return (path, *(one for one in found if os.path.realpath(one) == real and one != path))

    return await host.run_locally(same, deadline_s=_LOOK_DEADLINE_S)


async def format_of(host: ManagedHost, path: Path) -> str:
    """Return the format of an image as QEMU calls it, "" where nobody can tell."""
    if volume := volume_at(host, path):
        return volume.format
    if not is_on_this_computer(host):
        return ""
    return await host.run_locally(lambda: images.format_of(path), deadline_s=_LOOK_DEADLINE_S)


async def _require_reach(host: ManagedHost, path: Path) -> None:
    """Raise ImageOutOfReach if QEMU's user cannot get at the file."""
    place = host.embedded
    if place is None:
        return
    # A privileged libvirt gives the file itself to QEMU; the folders above stay as they are.
    is_given = place.mode is EmbeddedMode.SYSTEM
    needed = access.PASS if is_given else access.READ_AND_WRITE
    obstacle = await host.run_locally(
        lambda: access.first_obstacle(place.qemu_user, path, needed), deadline_s=_LOOK_DEADLINE_S
    )
    if obstacle is not None:
        raise ImageOutOfReach(path=str(path), obstacle=str(obstacle), user=place.qemu_user)


def volume_at(host: ManagedHost, path: Path) -> StorageVolume | None:
    """Return the volume of one of the host's pools whose file that is."""
    known = host.inventory.all(StorageVolume, host.spec.id)
    return next((volume for volume in known if volume.path == str(path)), None)


def only_there(host: ManagedHost, path: Path) -> StorageVolume | None:
    """Return the volume that a host far away has at `path`: nobody here can look into it."""
    return None if is_on_this_computer(host) else volume_at(host, path)
