"""How a host is reached before libvirt is: as it is, by starting it here, or by SSH.

A way is opened before the connections and outlives them; what it needs from the user it asks by
the host's questions.
"""

import asyncio
from typing import NoReturn, Protocol

from typing_extensions import override

from backend.errors import BackendError, LoginFailed
from backend.host.credentials import Credentials
from backend.hypervisor.embedded import daemon
from backend.hypervisor.embedded.record import EmbeddedHost
from backend.hypervisor.ssh import master as masters
from backend.hypervisor.ssh import target
from backend.hypervisor.workers import Workers
from backend.specs import HostSpec

_LOCATE_DEADLINE_S = 120.0


class Way(Protocol):
    """The way to one host. Lives on the engine's loop."""

    async def open(self) -> str:
        """Return the URI that libvirt is to open, once nothing stands between. BackendError."""

    async def until_lost(self) -> NoReturn:
        """Raise BackendError as soon as the way is lost."""

    async def close(self) -> None:
        """Leave nothing behind."""


class PlainWay(Way):
    """There is nothing to do before libvirt is asked."""

    def __init__(self, uri: str) -> None:
        self._uri = uri

    @override
    async def open(self) -> str:
        return self._uri

    @override
    async def until_lost(self) -> NoReturn:
        while True:
            await asyncio.Event().wait()

    @override
    async def close(self) -> None:
        return


class EmbeddedWay(PlainWay):
    """The host is a libvirtd of ours, started here if need be."""

    def __init__(self, spec: HostSpec, workers: Workers) -> None:
        super().__init__(spec.uri)
        self._root = spec.embedded_root
        self._workers = workers
        self.found: EmbeddedHost | None = None

    @override
    async def open(self) -> str:
        self.found = await self._workers.run(
            lambda: daemon.ensure(self._root), deadline_s=_LOCATE_DEADLINE_S
        )
        return self.found.uri


class SshWay(Way):
    """The host is reached through one SSH connection."""

    def __init__(self, spec: HostSpec, credentials: Credentials, workers: Workers) -> None:
        self._spec = spec
        self._credentials = credentials
        self._master: masters.Master | None = None
        self._workers = workers

    @override
    async def open(self) -> str:
        await self.close()
        self._master = master = masters.Master(
            target.parse(self._spec), self._credentials.get, self._workers
        )
        try:
            await self._open(master)
        except BackendError as error:
            self._credentials.failed(error)
            raise
        self._credentials.worked()
        return target.through(self._spec.uri, master.place.command)

    @override
    async def until_lost(self) -> NoReturn:
        if self._master is None:
            raise LoginFailed(host=self._spec.name)
        await self._master.until_ended()

    @override
    async def close(self) -> None:
        master, self._master = self._master, None
        if master:
            await master.close()

    async def _open(self, master: "masters.Master") -> None:
        self._credentials.begin()
        try:
            await master.open()
        except LoginFailed:
            if not self._credentials.was_user_asked:
                raise
            # A server waits some two minutes for an answer and hangs up; what the user said in
            # the meantime is still good.
            self._credentials.begin()
            await master.open()


def choose(spec: HostSpec, credentials: Credentials, workers: Workers) -> Way:
    """Return the way to a host; its address is looked at when it is opened."""
    if spec.is_embedded:
        return EmbeddedWay(spec, workers)
    if target.goes_by_ssh(spec.uri):
        return SshWay(spec, credentials, workers)
    return PlainWay(spec.uri)
