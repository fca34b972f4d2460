"""A connection to one hypervisor: opened when needed, called in threads, never waited for in vain.

The one place where libvirtError is caught. A call that outlives its deadline condemns its
virConnect: the next call opens a new one (measured: a connection whose daemon hung stays dead for
good).
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

import libvirt

from backend.errors import (
    BackendError,
    ConnectionLost,
    DescriptionRefused,
    Gone,
    HostNotAnswering,
    HypervisorRefused,
    NotPermitted,
    NotSupported,
)
from backend.hypervisor.workers import Workers

T = TypeVar("T")
Release = Callable[[], object]

OPEN_DEADLINE_S = 15.0
READ_DEADLINE_S = 5.0
# More calls than this in vain fill a daemon's workers until it answers nobody.
_HANGING_MAXIMUM = 8
_KEEPALIVE_INTERVAL_S, _KEEPALIVE_COUNT = 3, 3


def _codes(*names: str) -> frozenset[int]:
    # Constants depend on the libvirt that the binding was built against.
    return frozenset(getattr(libvirt, name) for name in names if hasattr(libvirt, name))


_KINDS: tuple[tuple[frozenset[int], type[BackendError]], ...] = (
    (
        _codes(
            "VIR_ERR_NO_DOMAIN",
            "VIR_ERR_NO_NETWORK",
            "VIR_ERR_NO_STORAGE_POOL",
            "VIR_ERR_NO_STORAGE_VOL",
            "VIR_ERR_NO_DOMAIN_SNAPSHOT",
        ),
        Gone,
    ),
    (
        _codes(
            "VIR_ERR_OPERATION_DENIED",
            "VIR_ERR_AUTH_FAILED",
            "VIR_ERR_AUTH_CANCELLED",
            "VIR_ERR_AUTH_UNAVAILABLE",
            "VIR_ERR_ACCESS_DENIED",
        ),
        NotPermitted,
    ),
    (
        _codes(
            "VIR_ERR_NO_SUPPORT", "VIR_ERR_OPERATION_UNSUPPORTED", "VIR_ERR_ARGUMENT_UNSUPPORTED"
        ),
        NotSupported,
    ),
    (
        _codes(
            "VIR_ERR_XML_ERROR",
            "VIR_ERR_XML_DETAIL",
            "VIR_ERR_XML_INVALID_SCHEMA",
            "VIR_ERR_CONFIG_UNSUPPORTED",
            "VIR_ERR_UNKNOWN_HOST",
        ),
        DescriptionRefused,
    ),
)
_CONNECTION_WORDS = (
    "client socket is closed",
    "Cannot write data",
    "Cannot recv data",
    "End of file while reading data",
    "keepalive timeout",
    "Failed to connect",
    "Connection reset",
)


def translate(error: libvirt.libvirtError) -> BackendError:
    """Return what a libvirt error means to us, with libvirt's own words as the detail."""
    message = str(error.get_error_message() or error)
    code = int(error.get_error_code() or 0)
    detail = tuple(message.splitlines())
    if code == libvirt.VIR_ERR_INVALID_CONN or any(w in message for w in _CONNECTION_WORDS):
        return ConnectionLost(detail=detail)
    for codes, kind in _KINDS:
        if code in codes:
            return kind(detail=detail)
    return HypervisorRefused(detail=detail, code=code)


class Connection:
    """One role's connection to a hypervisor (reader, actions, monitor).

    `opened` runs in the worker on each new virConnect, before any call on it.
    """

    def __init__(
        self,
        name: str,
        uri: Callable[[], str],
        *,
        threads: int,
        opened: Callable[["libvirt.virConnect"], tuple[Release, ...]] | None = None,
    ) -> None:
        self._uri = uri
        self._opened = opened
        self._workers = Workers(name, threads)
        self._lock = asyncio.Lock()
        self._opened_one: _Opened | None = None

    @property
    def hanging(self) -> int:
        """How many threads still hang in a call that nobody waits for."""
        return self._workers.hanging

    async def call(
        self, function: Callable[["libvirt.virConnect"], T], *, deadline_s: float = READ_DEADLINE_S
    ) -> T:
        """Return what `function` makes of the virConnect, in a thread.

        Raises our errors in place of libvirt's, HostNotAnswering after `deadline_s`.
        """
        opened = await self._ensure_open()
        opened.users += 1
        try:
            return await self._workers.run(lambda: function(opened.connect), deadline_s=deadline_s)
        except libvirt.libvirtError as error:
            ours = translate(error)
            if isinstance(ours, ConnectionLost):
                self._condemn(opened)
            raise ours from error
        except HostNotAnswering:
            self._condemn(opened)
            raise
        finally:
            opened.users -= 1
            opened.close_if_done()

    def close(self) -> None:
        """Give the connection up without waiting for anything."""
        if self._opened_one is not None:
            self._condemn(self._opened_one)
        self._workers.close()

    async def _ensure_open(self) -> "_Opened":
        async with self._lock:
            if self._opened_one is None:
                if self._workers.hanging >= _HANGING_MAXIMUM:
                    raise HostNotAnswering(seconds=round(OPEN_DEADLINE_S))
                try:
                    self._opened_one = await self._workers.run(
                        self._open, deadline_s=OPEN_DEADLINE_S
                    )
                except libvirt.libvirtError as error:
                    raise translate(error) from error
            return self._opened_one

    def _open(self) -> "_Opened":
        connect = libvirt.open(self._uri())
        with contextlib.suppress(libvirt.libvirtError):  # the test driver has none
            connect.setKeepAlive(_KEEPALIVE_INTERVAL_S, _KEEPALIVE_COUNT)
        return _Opened(connect, self._opened(connect) if self._opened else ())

    def _condemn(self, opened: "_Opened") -> None:
        if self._opened_one is opened:
            self._opened_one = None
        opened.is_condemned = True
        opened.close_if_done()


class _Opened:
    """A virConnect, and how many calls that somebody waits for are on it."""

    def __init__(self, connect: libvirt.virConnect, releases: tuple[Release, ...]) -> None:
        self.connect = connect
        self._releases = releases
        self.users = 0
        self.is_condemned = False
        self._is_closing = False

    def close_if_done(self) -> None:
        """Close it once it is condemned and the last of its users has gone."""
        if not self.is_condemned or self.users or self._is_closing:
            return
        self._is_closing = True
        # Seen to return at once even while a call hangs, but nobody promises that.
        threading.Thread(
            target=_run_quietly,
            args=((*self._releases, self.connect.close),),
            name="hypervisor-close",
            daemon=True,
        ).start()


def _run_quietly(functions: tuple[Release, ...]) -> None:
    for function in functions:
        with contextlib.suppress(libvirt.libvirtError):
            function()
