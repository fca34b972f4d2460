"""One managed machine, as the operations hold it."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from backend.errors import HostAway, NotPermitted
from backend.history.keeper import History
from backend.host.life import Life
from backend.hypervisor.connection import Connection
from backend.hypervisor.embedded.record import EmbeddedHost
from backend.hypervisor.events import Event
from backend.inventory import Inventory
from backend.journal.keeper import Journal
from backend.model import Accelerator, Host, HostState, Ref
from backend.series import Sample
from backend.specs import HostSpec

P = ParamSpec("P")
T = TypeVar("T")
Command = Callable[Concatenate[Any, str, P], T]

ACTION_DEADLINE_S = 30.0
_ACCELERATOR_DEADLINE_S = 60.0


class ManagedHost:
    """A host, whether it can be reached at the moment or not."""

    def __init__(
        self,
        spec: HostSpec,
        inventory: Inventory,
        tell_samples: Callable[[tuple[Sample, ...]], None],
        journal: Journal,
        history: History,
    ) -> None:
        self.spec = spec
        self.journal = journal
        self.history = history
        self.inventory = inventory
        self._life = Life(spec, inventory, tell_samples, journal.keep_definition)
        self.ref = self._life.ref
        self.watcher = self._life.watcher
        self.guests = self._life.guests
        self.consoles = self._life.lines.consoles
        self.questions = self._life.questions
        self.displays = self._life.displays
        self.carriers = self._life.carriers
        self.run = self._life.run
        self.rename = self._life.rename

    @property
    def record(self) -> Host:
        """What is known of the host itself."""
        return self._life.record

    @property
    def embedded(self) -> EmbeddedHost | None:
        """Where the embedded host lies, if this is one and it was found."""
        return self._life.embedded

    def reconnect(self) -> None:
        """Try now rather than when the time comes."""
        self._life.wish.want()

    def disconnect(self) -> None:
        """Have no connection, and try none, until `reconnect`."""
        self._life.wish.renounce()

    def refresh(self, ref: Ref) -> None:
        """Have `ref` read again soon."""
        self._life.follower.mark(ref)

    async def refresh_all(self) -> None:
        """Read everything again; returns when the inventory shows it."""
        self._require_connected()
        await self._life.follower.read_everything()

    async def act(
        self,
        command: Command[P, T],
        ref: Ref,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Tell the hypervisor to do something to a machine; what it returns when it did."""
        return await self.act_for(ACTION_DEADLINE_S, command, ref, *args, **kwargs)

    async def act_for(
        self,
        deadline_s: float,
        command: Command[P, T],
        ref: Ref,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `act`, for what may take longer."""
        self._require_rights()
        try:
            return await self._line_for(deadline_s).call(
                lambda connect: command(connect, ref.key, *args, **kwargs), deadline_s=deadline_s
            )
        finally:
            self.refresh(ref)

    async def tell(
        self, command: Callable[[Any], T], *, deadline_s: float = ACTION_DEADLINE_S
    ) -> T:
        """Tell the hypervisor to do something that concerns no machine that is there."""
        self._require_rights()
        return await self._line_for(deadline_s).call(command, deadline_s=deadline_s)

    async def read_now(self, ref: Ref) -> None:
        """Read a machine again; returns when the inventory shows it as it is."""
        self._require_connected()
        await self._life.follower.read_domains([ref])

    async def read_storage_now(self) -> None:
        """Read pools and volumes again; returns when the inventory shows them as they are."""
        self._require_connected()
        await self._life.follower.read_storage()

    async def ask(self, question: Callable[[Any], T], *, deadline_s: float = 10.0) -> T:
        """Ask the hypervisor something that may wait on a guest or on storage."""
        self._require_connected()
        return await self._life.lines.monitor.call(question, deadline_s=deadline_s)

    async def run_locally(self, function: Callable[[], T], *, deadline_s: float) -> T:
        """Return what blocking work on this computer (files) returns."""
        return await self._life.lines.local.run(function, deadline_s=deadline_s)

    def on_event(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call `listener` with each libvirt event of this host; return what ends that."""
        self._life.event_listeners.append(listener)
        return lambda: self._life.event_listeners.remove(listener)

    async def known_accelerator(self) -> Accelerator:
        """Return what runs guests here, once that is known."""
        known = await self.inventory.until(
            self.ref,
            lambda host: isinstance(host, Host) and host.accelerator is not None,
            deadline_s=_ACCELERATOR_DEADLINE_S,
        )
        return (known.accelerator if isinstance(known, Host) else None) or Accelerator.TCG

    def close(self) -> None:
        """Let everything go without waiting."""
        self._life.close()

    def _line_for(self, deadline_s: float) -> Connection:
        lines = self._life.lines
        return lines.actions if deadline_s <= ACTION_DEADLINE_S else lines.transfers

    def _require_rights(self) -> None:
        self._require_connected()
        if self.record.is_read_only:
            raise NotPermitted

    def _require_connected(self) -> None:
        if self.record.state is not HostState.CONNECTED:
            raise HostAway(host=self.record.name)
