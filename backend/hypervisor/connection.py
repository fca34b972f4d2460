"""A connection to one hypervisor: opened when needed, called in threads, never waited for in vain.

libvirtError ends here. A call that outlives its deadline condemns its virConnect: the next call
opens a new one (measured: a connection whose daemon hung stays dead for good).
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

import libvirt

from backend.errors import ConnectionLost, HostNotAnswering
from backend.hypervisor import early, handles
from backend.hypervisor.login import Login
from backend.hypervisor.translation import translate
from backend.hypervisor.workers import Workers

T = TypeVar("T")
Release = Callable[[], object]
Counts = Callable[[], bool]
Opened = Callable[[libvirt.virConnect, Counts], tuple[Release, ...]]

OPEN_DEADLINE_S = 15.0
READ_DEADLINE_S = 5.0
# More calls than this in vain fill a daemon's workers until it answers nobody.
_HANGING_MAXIMUM = 8
_KEEPALIVE_INTERVAL_S, _KEEPALIVE_COUNT = 3, 3


class Connection:
    """One role's connection to a hypervisor (reader, actions, monitor).

    `opened` runs in the worker on each new virConnect, before any call on it. What it is given too
    tells whether this virConnect still counts: one that was given up may say more for a while.
    """

    def __init__(
        self,
        name: str,
        uri: Callable[[], str],
        *,
        threads: int,
        login: Login | None = None,
        opened: Opened | None = None,
    ) -> None:
        self._uri = uri
        self._login = login or Login()
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
        opened.hold()
        try:
            return await self._workers.run(lambda: opened.use(function), deadline_s=deadline_s)
        except libvirt.libvirtError as error:
            ours = translate(error)
            if isinstance(ours, ConnectionLost):
                self._condemn(opened)
            raise ours from error
        except HostNotAnswering:
            self._condemn(opened)
            raise
        finally:
            opened.let_go()

    async def open(self) -> None:
        """Be connected when this returns. Raises our errors."""
        await self._ensure_open()

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
                self._opened_one = opened = _Opened()
                try:
                    await self._workers.run(
                        lambda: opened.open(self._open), deadline_s=OPEN_DEADLINE_S
                    )
                except BaseException:
                    self._condemn(opened)
                    raise
            if self._opened_one is None:
                raise ConnectionLost  # given up in the moment in which it was there
            return self._opened_one

    def _open(self, counts: Counts) -> tuple["libvirt.virConnect", tuple[Release, ...]]:
        uri = self._uri()
        # What was opened early has all rights; who renounced them must not be given it.
        begun = None if self._login.is_read_only else early.taken(uri)
        connect = begun or self._login.open(uri)
        with contextlib.suppress(libvirt.libvirtError):  # the test driver has none
            connect.setKeepAlive(_KEEPALIVE_INTERVAL_S, _KEEPALIVE_COUNT)
        return connect, self._opened(connect, counts) if self._opened else ()

    def _condemn(self, opened: "_Opened") -> None:
        if self._opened_one is opened:
            self._opened_one = None
        opened.condemn()


class _Opened:
    """A virConnect, which is closed once it is condemned and nobody holds it any more.

    A call that nobody waits for holds it too, until it returns: libvirt's own calls do not, and a
    virConnect that is closed under one of them is freed under it (seen: a crash in waiting). Nor is
    anything else asked of it until then, not even to tell no more events: when libvirt 9.0 gives a
    daemon up, the thread that waits next reads what lay on the stack of the one that waited before
    (CVE-2024-4418; seen: a crash when a stopped daemon went on in that moment).
    """

    def __init__(self) -> None:
        self._connect: libvirt.virConnect | None = None
        self._releases: tuple[Release, ...] = ()
        self._change = threading.Condition()
        self._holders = 0
        self._is_condemned = False
        self._is_closed = False

    def open(
        self, connect: Callable[[Counts], tuple[libvirt.virConnect, tuple[Release, ...]]]
    ) -> None:
        """Be there; in a worker's thread. Raises ConnectionLost if it was condemned meanwhile."""
        made, releases = connect(lambda: not self._is_condemned)
        with self._change:
            self._connect, self._releases = made, releases
            is_too_late = self._is_condemned
        if is_too_late:
            self._end()
            raise ConnectionLost

    def hold(self) -> bool:
        """Keep it open until `let_go`; False if it is too late for that."""
        with self._change:
            self._holders += not self._is_closed
            return not self._is_closed

    def let_go(self) -> None:
        """End one `hold`."""
        with self._change:
            self._holders -= 1
            self._change.notify_all()

    def use(self, function: Callable[[libvirt.virConnect], T]) -> T:
        """Return what `function` makes of it; in a worker's thread."""
        if self._connect is None or not self.hold():
            raise ConnectionLost
        try:
            return function(self._connect)
        finally:
            self.let_go()

    def condemn(self) -> None:
        """Have it count no more from now on, and closed as soon as that can be."""
        with self._change:
            # What is not there yet is closed by whoever opens it.
            is_ours = self._connect is not None and not self._is_condemned
            self._is_condemned = True
        if is_ours:
            # Of its own: closing was seen to return at once even while a call hangs, but nobody
            # promises that. Started here and not by who lets go last: Python crashes when a thread
            # that it does not wait for starts another one while it ends.
            threading.Thread(target=self._end, name="hypervisor-close", daemon=True).start()

    def _end(self) -> None:
        with self._change:
            self._change.wait_for(lambda: not self._holders)
            self._is_closed = True
        _run_quietly(self._releases)
        if self._connect is not None:
            handles.forget(self._connect)
            _run_quietly((self._connect.close,))


def _run_quietly(functions: tuple[Release, ...]) -> None:
    for function in functions:
        with contextlib.suppress(libvirt.libvirtError):
            function()
