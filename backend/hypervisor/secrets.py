"""The desktop's secret service (freedesktop.org's, over D-Bus): where an answer can be kept.

Never a file of ours: without the service nothing is kept. Everything runs in a thread under a
deadline, because a service may hang, and because unlocking it asks the user in a window of its own.
"""

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from backend.errors import HostBusy, HostNotAnswering
from backend.hypervisor.workers import Workers
from backend.model import PromptKind

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection
    from secretstorage import Item

log = logging.getLogger(__name__)
T = TypeVar("T")
_DEADLINE_S = 5.0
_UNLOCK_DEADLINE_S = 120.0


class _Locked(Enum):
    """Stands for a secret that cannot be read before the user has unlocked it."""

    LOCKED = "locked"


class Secrets:
    """What is kept of the answers to one server ("qemu+ssh://root@rack-2"). Never raises."""

    def __init__(self, server: str, workers: Workers | None = None) -> None:
        self._server = server
        self._workers = workers or Workers("secrets", 2)

    def about(self, part: str) -> "Secrets":
        """Return what is kept of a part of the server: a machine, by its key. Same threads."""
        return Secrets(f"{self._server}#{part}", self._workers)

    async def is_there(self) -> bool:
        """Return whether an answer can be kept."""
        return await self._try(_is_there, _DEADLINE_S, otherwise=False)

    async def find(self, kind: PromptKind, subject: str) -> str | None:
        """Return the kept answer, or None. The desktop may ask the user to unlock it."""
        wanted = self._attributes(kind, subject)
        found = await self._try(
            functools.partial(_find, wanted, unlock_s=None), _DEADLINE_S, otherwise=None
        )
        if found is _Locked.LOCKED:
            found = await self._try(
                functools.partial(_find, wanted, unlock_s=_UNLOCK_DEADLINE_S),
                _UNLOCK_DEADLINE_S + _DEADLINE_S,
                otherwise=None,
            )
        return found if isinstance(found, str) else None

    async def keep(self, kind: PromptKind, subject: str, text: str) -> bool:
        """Keep an answer; return whether it is kept now."""
        work = functools.partial(
            _keep, self._attributes(kind, subject), f"Celadon: {kind.value} of {subject}", text
        )
        return await self._try(work, _UNLOCK_DEADLINE_S + _DEADLINE_S, otherwise=False)

    async def drop(self, kind: PromptKind, subject: str) -> None:
        """Keep that answer no longer."""
        work = functools.partial(_drop, self._attributes(kind, subject))
        await self._try(work, _UNLOCK_DEADLINE_S + _DEADLINE_S, otherwise=None)

    def close(self) -> None:
        """Let the threads go."""
        self._workers.close()

    def _attributes(self, kind: PromptKind, subject: str) -> dict[str, str]:
        # A key is the same for every server that it opens.
        server = "" if kind is PromptKind.PASSPHRASE else self._server
        return {
            "xdg:schema": "org.celadon.Login",
            "server": server,
            "subject": subject,
            "kind": kind.value,
        }

    async def _try(
        self, work: "Callable[[DBusConnection], T]", deadline_s: float, *, otherwise: T
    ) -> T:
        try:
            return await self._workers.run(
                lambda: _with_service(work, otherwise), deadline_s=deadline_s
            )
        except (HostNotAnswering, HostBusy):
            log.info("the secret service does not answer")
            return otherwise


def _with_service(work: "Callable[[DBusConnection], T]", otherwise: T) -> T:
    # Imported when it is needed first, in a thread: it brings a cryptographic library with it.
    from jeepney import DBusErrorResponse  # noqa: PLC0415
    from secretstorage import (  # noqa: PLC0415
        SecretStorageException,
        check_service_availability,
        dbus_init,
    )

    try:
        with contextlib.closing(dbus_init()) as connection:
            return work(connection) if check_service_availability(connection) else otherwise
    except (SecretStorageException, DBusErrorResponse, OSError) as error:
        log.info("the secret service cannot be used: %s", type(error).__name__)
        return otherwise
    except Exception as error:  # noqa: BLE001  # what is on a desktop's bus can send anything
        # By its type alone: a message can hold a part of what was kept.
        log.warning("the secret service cannot be understood: %s", type(error).__name__)
        return otherwise


def _is_there(_connection: "DBusConnection") -> bool:
    return True


def _search(connection: "DBusConnection", wanted: dict[str, str]) -> "Iterator[Item]":
    from secretstorage import search_items  # noqa: PLC0415

    return search_items(connection, wanted)


def _find(
    wanted: dict[str, str], connection: "DBusConnection", *, unlock_s: float | None
) -> str | _Locked | None:
    for item in _search(connection, wanted):
        if item.is_locked():
            if unlock_s is None:
                return _Locked.LOCKED
            if item.unlock(timeout=unlock_s):
                return None  # the user did not want to
        return item.get_secret().decode(errors="replace")
    return None


def _keep(wanted: dict[str, str], label: str, text: str, connection: "DBusConnection") -> bool:
    from secretstorage import get_default_collection  # noqa: PLC0415

    collection = get_default_collection(connection)
    if collection.is_locked() and collection.unlock(timeout=_UNLOCK_DEADLINE_S):
        return False
    collection.create_item(label, wanted, text.encode(), replace=True)
    return True


def _drop(wanted: dict[str, str], connection: "DBusConnection") -> None:
    for item in _search(connection, wanted):
        if item.is_locked() and item.unlock(timeout=_UNLOCK_DEADLINE_S):
            continue
        item.delete()
