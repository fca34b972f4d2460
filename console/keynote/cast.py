"""The machines of the keynote: each is made, brought up, and made anew if it does not come up."""

import json
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.errors import BackendError, Problem
from backend.jobs import Job, JobState
from backend.model import Domain, DomainState, Kind, Ref, StorageVolume
from backend.operations import domain as verbs
from backend.operations import machine, storage
from backend.specs import MachineSpec, SourceKind
from console.keynote.patience import Mishap, Patience, together
from console.sdk import wording
from console.sdk.context import Context, Unsubscribe

NAMES: Final = ("Longquan", "Goryeo", "Yaozhou", "Ru")
"""Where celadon came from. Each is short enough for the letters on the guest's own screen."""
BOOT_S = 90.0
ANSWER_S = 20.0
SHUTDOWN_S = 30.0
TRIES = 3
_NAMES_MOST = 50
_KEPT = "keynote/machines"


def _tr(text: str) -> str:
    return QCoreApplication.translate("keynote", text)


@dataclass
class Player:
    """One part, and the machine that plays it now."""

    part: str
    ref: Ref | None = None
    end_watch: Unsubscribe | None = None
    was_up: bool = False


class Cast:
    """The machines of one show, the first of them its star. What it made, it can delete."""

    def __init__(self, context: Context, host: Ref, patience: Patience) -> None:
        self.context = context
        self.players = tuple(Player(name) for name in NAMES)
        self._host = host
        self._patience = patience

    @property
    def star(self) -> Domain:
        """The machine that everything is done to. Raises Mishap while there is none."""
        found = self._record(self.players[0])
        if found is None:
            raise Mishap(_tr("The machine is not there."))
        return found

    def ups(self) -> int:
        """Return how many of them are up: their guests answer."""
        return sum(self._answers(player) for player in self.players)

    async def come(self) -> None:
        """All of them are up, made anew where need be. Raises Mishap if one cannot be."""
        await together(self.context, [self._bring(player) for player in self.players])

    async def shut_down(self) -> None:
        """All are off; a guest that does not shut down by itself is turned off."""
        await together(self.context, [self._end(player) for player in self.players])

    async def dismiss(self) -> None:
        """All are gone with their disks, as far as that can be."""
        await together(self.context, [self._dismiss(player) for player in self.players])

    async def sweep(self) -> None:
        """Delete what a show left that was cut off before its end."""
        kept = self.context.memory.text(_KEPT)
        keys = json.loads(kept) if kept else []
        left = [Player("", Ref(self._host.host, Kind.DOMAIN, str(key))) for key in keys]
        await together(self.context, [self._dismiss(player) for player in left])
        self._keep()

    async def delete_file(self, path: str) -> None:
        """A disk that nothing uses any more is deleted, if it can be."""
        volumes = self.context.lookup.records(StorageVolume, self._host.host)
        for volume in [volume for volume in volumes if volume.path == path]:
            await self.context.submit(storage.delete_volume, volume.ref)

    # One of them

    async def _bring(self, player: Player) -> None:
        why = ""
        for _ in range(TRIES):
            try:
                if await self._is_up(player):
                    return
                why = _tr("its guest does not answer")
            except Mishap as mishap:
                why = str(mishap)
            await self._dismiss(player)
        raise Mishap(_tr("{name} does not come up: {why}").format(name=player.part, why=why))

    async def _is_up(self, player: Player) -> bool:
        if self._record(player) is None:
            await self._make(player)
        domain = self._record(player)
        if domain is None or player.ref is None:
            return False
        if domain.state is not DomainState.RUNNING:
            player.was_up = False
            verb = verbs.resume if domain.state is DomainState.PAUSED else verbs.start
            _check(await self.context.submit(verb, player.ref))
        if player.end_watch is None:
            player.end_watch = self.context.watch(player.ref)
        try:
            patience_s = ANSWER_S if player.was_up else BOOT_S
            await self._patience.until(lambda: self._answers(player) or None, patience_s, "")
        except Mishap:
            return False
        player.was_up = True
        return True

    async def _make(self, player: Player) -> None:
        """Make it under the first name that is free: a stage may have been used before."""
        self._forget(player)
        problem: Problem | None = None
        for number in range(1, _NAMES_MOST):
            name = player.part if number == 1 else f"{player.part} {number}"
            if name in self._names():
                continue
            spec = MachineSpec(name, SourceKind.SAMPLE_GUEST)
            job = await self.context.submit(machine.create, self._host, spec)
            if isinstance(job.result, Ref):
                player.ref = job.result
                self._keep()
                return
            problem = job.problem
            if problem is None or problem.message_id != "NameTaken":
                break
        raise Mishap(wording.sentence(problem) if problem else _tr("It was not made."))

    async def _end(self, player: Player) -> None:
        domain = self._record(player)
        if domain is None or not domain.is_active:
            return
        job = await self.context.submit(verbs.shutdown, domain.ref, timeout_s=SHUTDOWN_S)
        if job.state is not JobState.DONE:
            await self.context.submit(verbs.destroy, domain.ref)

    async def _dismiss(self, player: Player) -> None:
        if domain := self._record(player):
            if domain.is_active:
                await self.context.submit(verbs.destroy, domain.ref)
            try:
                disks = await self.context.query(verbs.owned_disks, domain.ref)
            except BackendError:
                disks = ()
            paths = tuple(disk.path for disk in disks if not disk.shared_with)
            await self.context.submit(verbs.delete, domain.ref, disks=paths)
        if self._record(player) is None:
            self._forget(player)

    # What is known

    def _record(self, player: Player) -> Domain | None:
        return self.context.lookup.record(player.ref, Domain) if player.ref else None

    def _answers(self, player: Player) -> bool:
        domain = self._record(player)
        guest = self.context.lookup.guest(player.ref) if player.ref else None
        is_running = domain is not None and domain.state is DomainState.RUNNING
        return is_running and guest is not None and guest.does_agent_answer

    def _names(self) -> set[str]:
        return {one.name for one in self.context.lookup.records(Domain, self._host.host)}

    def _forget(self, player: Player) -> None:
        if player.end_watch:
            player.end_watch()
        player.ref, player.end_watch, player.was_up = None, None, False
        self._keep()

    def _keep(self) -> None:
        """Remember what was made, for a show that is cut off."""
        keys = [player.ref.key for player in self.players if player.ref]
        self.context.memory.put(_KEPT, json.dumps(keys))


def _check(job: Job) -> None:
    if job.state is not JobState.DONE:
        raise Mishap(wording.sentence(job.problem) if job.problem else _tr("It was cancelled."))
