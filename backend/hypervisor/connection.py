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
from backend.hypervisor.login import Login, may_ask_somebody
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
# Each is a session, and an sshd lets no more than ten into one connection, whoever needs them.
_BY_SSH_MOST = 2
_KEEPALIVE_INTERVAL_S, _KEEPALIVE_COUNT = 3, 3


class Connection:
    """One role's connection to a hypervisor (reader, actions, monitor).

    Of its `threads` calls at once each has a virConnect to itself. Several that wait in one are
    more than libvirt's client can bear when it gives a daemon up: the next then reads what lay on
    the stack of the one before (CVE-2024-4418, libvirt 9.0; seen: a crash when a stopped daemon
    went on in that moment). Where each opening may ask a human they share one all the same, by SSH
    two.

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
        self._threads = threads
        self._lock = asyncio.Lock()
        self._open_ones: list[_Opened] = []
        self._closings = 0

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
        closings = self._closings
        async with self._workers.turn(deadline_s):
            opened = await self._take(closings)
            beside = tuple(self._open_ones)
            try:
                return await self._workers.run_at_once(
                    lambda: opened.use(function), deadline_s=deadline_s
                )
            except libvirt.libvirtError as error:
                ours = translate(error)
                if isinstance(ours, ConnectionLost):
                    self._condemn(*beside)  # not those that were opened since
                raise ours from error
            except HostNotAnswering:
                self._condemn(opened)
                raise
            finally:
                opened.let_go()

    async def open(self) -> None:
        """Be connected when this returns. Raises our errors."""
        closings = self._closings
        async with self._workers.turn(OPEN_DEADLINE_S):
            (await self._take(closings)).let_go()

    def close(self) -> None:
        """Give the connection up without waiting for anything."""
        self._closings += 1
        self._condemn(*self._open_ones)
        self._workers.close()

    async def _take(self, closings: int) -> "_Opened":
        """Hold one for a call that was made after so many closings."""
        if one := self._take_idle():
            return one
        async with self._lock:
            if one := self._take_idle():
                return one
            if closings != self._closings:
                raise ConnectionLost  # closed as it waited its turn: nobody would close another
            return await self._open_another()

    def _take_idle(self) -> "_Opened | None":
        """Hold one that nobody else holds; if there are no more to open, that with fewest calls.

        A libvirtd reads nothing of one that has five of them, not even that we are alive.
        """
        by_calls = sorted(self._open_ones, key=lambda one: one.holders)
        for one in by_calls:
            if one.hold(alone=True):
                return one
        if by_calls and len(by_calls) >= self._most():
            return next((one for one in by_calls if one.hold()), None)
        return None

    def _most(self) -> int:
        uri = self._uri()
        if may_ask_somebody(uri):
            return 1
        is_by_ssh = uri.partition("://")[0].endswith("+ssh")
        return min(self._threads, _BY_SSH_MOST) if is_by_ssh else self._threads

    async def _open_another(self) -> "_Opened":
        if self._workers.hanging >= _HANGING_MAXIMUM:
            raise HostNotAnswering(seconds=round(OPEN_DEADLINE_S))
        opened = _Opened()
        self._open_ones.append(opened)
        try:
            await self._workers.run_at_once(
                lambda: opened.open(self._open), deadline_s=OPEN_DEADLINE_S
            )
        except BaseException:
            self._condemn(opened)
            raise
        if opened not in self._open_ones or not opened.hold():
            raise ConnectionLost  # given up in the moment in which it was there
        return opened

    def _open(self, counts: Counts) -> tuple["libvirt.virConnect", tuple[Release, ...]]:
        uri = self._uri()
        # What was opened early has all rights; who renounced them must not be given it.
        begun = None if self._login.is_read_only else early.taken(uri)
        connect = begun or self._login.open(uri)
        with contextlib.suppress(libvirt.libvirtError):  # the test driver has none
            connect.setKeepAlive(_KEEPALIVE_INTERVAL_S, _KEEPALIVE_COUNT)
        return connect, self._opened(connect, counts) if self._opened else ()

    def _condemn(self, *ones: "_Opened") -> None:
        for one in ones:
            if one in self._open_ones:
                self._open_ones.remove(one)
            one.condemn()


class _Opened:
    """A virConnect, which is closed once it is condemned and nobody holds it any more.

    A call that nobody waits for holds it too, until it returns: libvirt's own calls do not, and a
    virConnect that is closed under one of them is freed under it (seen: a crash in waiting). Nor is
    it asked anything else until then, not even to tell no more events: see Connection.
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

    @property
    def holders(self) -> int:
        """How many hold it at this moment."""
        return self._holders

    def hold(self, *, alone: bool = False) -> bool:
        """Keep it open until `let_go`; False if it is not open, or `alone` and others do."""
        with self._change:
            is_open = self._connect is not None and not self._is_closed
            is_held = is_open and not (alone and self._holders)
            self._holders += is_held
            return is_held

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
