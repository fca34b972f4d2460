"""What is shown, act by act: what the audience reads, and what happens meanwhile."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from backend.devices import Device, DeviceKind, NewDiskSpec, NicSpec, Stage
from backend.heartbeat import Heartbeat
from backend.jobs import Job, JobState, StepState
from backend.model import Domain, Host, HostState, StoragePool
from backend.operations import device as device_verbs
from backend.operations import host as host_verbs
from console.keynote.cast import NAMES, Cast
from console.keynote.hands import Hands
from console.keynote.patience import Mishap, Patience
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.marking import NOOP
from console.snapins.machines.devices import kinds

CONNECTED_S = 120.0
_DISK_BYTES: Final = 2 * 1024**3


def _tr(text: str) -> str:
    return QCoreApplication.translate("keynote", text)


@dataclass
class Show:
    """The stage: who plays, who does it, and what has come of it so far. `say` is the caption."""

    context: Context
    host: Host
    hands: Hands
    cast: Cast
    patience: Patience
    say: Callable[[str], None]
    added: dict[DeviceKind, Device] = field(default_factory=dict)
    disk_path: str = ""
    pulse: Heartbeat | None = None

    async def mend(self) -> None:
        """All is there that an act builds upon: the server, and the machines. Raises Mishap."""
        self.hands.clear()
        await self.connect()
        await self.cast.come()
        for player in self.cast.players:
            self.hands.clear(player.ref)

    async def connect(self) -> None:
        """The server answers. Raises Mishap."""
        found = self.context.lookup.record(self.host.ref, Host)
        if found and found.state is HostState.AWAY:
            job = await self.context.submit(host_verbs.reconnect, self.host.ref)
            if job.problem:
                raise Mishap(wording.sentence(job.problem))
        await self.patience.until(
            lambda: self._is_connected() or None, CONNECTED_S, _tr("The server does not answer.")
        )

    def _is_connected(self) -> bool:
        found = self.context.lookup.record(self.host.ref, Host)
        return found is not None and found.state is HostState.CONNECTED


@dataclass(frozen=True, slots=True)
class Act:
    """`title` and `words` are read while `play` runs; what that returns is read afterwards.

    `needs_cast`: the machines have to be up before it begins.
    """

    title: str
    words: str
    play: Callable[[Show], Awaitable[str]]
    needs_cast: bool = True


async def make(show: Show) -> str:
    """Four machines are made and come up, side by side."""
    show.hands.show_list(show.host.ref.host)
    await show.connect()
    await show.cast.sweep()
    began = time.monotonic()
    await show.patience.beat(1.0)
    left = show.context.run(_follow_boot(show))
    try:
        await show.cast.come()
    finally:
        left()
    text = _tr("All of them are up after {seconds} s: each with a kernel and a disk of its own.")
    return text.format(seconds=round(time.monotonic() - began))


async def _follow_boot(show: Show) -> None:
    """Count those that are up, and show their screens once the first runs."""
    await show.patience.beat(4.0)
    show.hands.show_screens(show.host.ref.host)
    while True:
        ups = show.cast.ups()
        if ups:
            text = _tr("{count} of {all} have booted. Nothing was copied, nothing is a recording.")
            show.say(text.format(count=ups, all=len(NAMES)))
        await show.patience.beat(0.5)


async def wall(show: Show) -> str:
    """Their screens stand side by side."""
    show.hands.show_screens(show.host.ref.host)
    await show.patience.beat(3.0)
    return ""


async def large(show: Show) -> str:
    """One screen, in the window."""
    show.hands.show_machine(show.cast.star.ref, "display")
    await show.patience.beat(2.0)
    return ""


async def charts(show: Show) -> str:
    """Its charts."""
    show.hands.show_machine(show.cast.star.ref, "performance")
    await show.patience.beat(4.0)
    return ""


async def add_adapter(show: Show) -> str:
    """An adapter, by the wizard, over the machine's own screen."""
    show.hands.show_machine(show.cast.star.ref, "display")
    job = await show.hands.add(show.cast.star, kinds.ADAPTER)
    _note(show, job)
    show.pulse = job.heartbeat or show.pulse
    return " ".join(filter(None, (_address(job), _gaps(job.heartbeat))))


async def see(show: Show) -> str:
    """The guest's own screen."""
    show.hands.clear()
    show.hands.show_machine(show.cast.star.ref, "display")
    await show.patience.beat(2.0)
    return ""


async def add_disk(show: Show) -> str:
    """A disk, by the wizard."""
    show.hands.show_machine(show.cast.star.ref, "display")
    job = await show.hands.add(show.cast.star, kinds.NEW_DISK)
    _note(show, job)
    return _gaps(job.heartbeat)


async def take_adapter(show: Show) -> str:
    """The adapter is let go; where a mishap took it before, another is put in for that."""
    return await _take(show, DeviceKind.NETWORK_ADAPTER)


async def take_disk(show: Show) -> str:
    """The disk is let go."""
    return await _take(show, DeviceKind.DISK)


async def _take(show: Show, kind: DeviceKind) -> str:
    show.hands.show_machine(show.cast.star.ref, "display")
    if _find(show, kind) is None:
        await _put_in(show, kind)
    device = _find(show, kind)
    if device is None:
        raise Mishap(_tr("The device is not there."))
    job = await show.hands.remove(show.cast.star, device)
    show.added.pop(kind, None)
    return _gaps(job.heartbeat)


async def end(show: Show) -> str:
    """Shut down and deleted, with their disks."""
    show.hands.clear()
    show.hands.show_list(show.host.ref.host)
    await show.patience.beat(1.0)
    await show.cast.shut_down()
    await show.patience.beat(2.0)
    await show.cast.dismiss()
    if show.disk_path:
        await show.cast.delete_file(show.disk_path)
    return _tr("Nothing is left of them. Thank you.")


ACTS: Final = (
    Act(
        NOOP("keynote", "Four machines"),
        NOOP("keynote", "Made now, from nothing: each gets a disk, a switch and a Linux to boot."),
        make,
        needs_cast=False,
    ),
    Act(
        NOOP("keynote", "Side by side"),
        NOOP("keynote", "The screens of all machines of a server, live. A click opens one."),
        wall,
    ),
    Act(
        NOOP("keynote", "One of them, large"),
        NOOP("keynote", "The screen is a tab of the console: every key, the pointer, full screen."),
        large,
    ),
    Act(
        NOOP("keynote", "What it is doing"),
        NOOP("keynote", "Processor, memory, disk and network, as the hypervisor counts them."),
        charts,
    ),
    Act(
        NOOP("keynote", "A network adapter, while it runs"),
        NOOP("keynote", "Followed into the guest, step by step. Meanwhile its heartbeat is felt."),
        add_adapter,
    ),
    Act(
        NOOP("keynote", "The guest has it"),
        NOOP("keynote", "Its own screen shows the new adapter, with an address."),
        see,
    ),
    Act(
        NOOP("keynote", "A disk, while it runs"),
        NOOP("keynote", "Made for it and plugged in. It is done when the guest has read from it."),
        add_disk,
    ),
    Act(
        NOOP("keynote", "The adapter goes again"),
        NOOP("keynote", "Removed is what the guest has let go, not what it was asked for."),
        take_adapter,
    ),
    Act(
        NOOP("keynote", "And the disk"),
        NOOP("keynote", "The machine has been running all the time; its counter never stopped."),
        take_disk,
    ),
    Act(
        NOOP("keynote", "All of it goes"),
        NOOP("keynote", "The guests shut down by themselves, and are deleted with their disks."),
        end,
        needs_cast=False,
    ),
)


def _note(show: Show, job: Job) -> None:
    """Remember what was added: it is to go again."""
    for device in job.result if isinstance(job.result, tuple) else ():
        if isinstance(device, Device):
            show.added[device.kind] = device
            if device.kind is DeviceKind.DISK:
                show.disk_path = _path(show.cast.star, device.key) or show.disk_path


def _find(show: Show, kind: DeviceKind) -> Device | None:
    """Return the device that was added, if the machine that runs still has it."""
    device, live = show.added.get(kind), show.cast.star.live
    if device is None or live is None:
        return None
    keys = {nic.mac for nic in live.nics} | {disk.target for disk in live.disks}
    return device if device.key in keys else None


async def _put_in(show: Show, kind: DeviceKind) -> None:
    """Have a device there again after a mishap, without a word."""
    star = show.cast.star
    spec: NicSpec | NewDiskSpec
    if kind is DeviceKind.DISK:
        found = show.context.lookup.records(StoragePool, star.ref.host)
        pool = next((pool for pool in found if pool.is_active), None)
        if pool is None:
            raise Mishap(_tr("The server has no storage location."))
        spec = NewDiskSpec(pool.name, _DISK_BYTES)
    else:
        first = star.live.nics[0] if star.live and star.live.nics else None
        is_switched = first is not None and first.source_kind == "network"
        spec = NicSpec(first.source if first and is_switched else "user")
    job = await show.context.submit(device_verbs.add, star.ref, (spec,))
    if job.state is JobState.DONE:
        _note(show, job)


def _path(domain: Domain, target: str) -> str:
    disks = domain.live.disks if domain.live else ()
    return next((disk.source for disk in disks if disk.target == target), "")


def _address(job: Job) -> str:
    for step in job.steps:
        if step.name == Stage.ADDRESS.value and step.state is StepState.DONE and step.detail:
            text = _tr("The guest uses it, and answers at {address}.")
            return text.format(address=step.detail[0].partition("/")[0])
    return _tr("The guest has it.")


def _gaps(pulse: Heartbeat | None) -> str:
    """Return how the guest's heart went on, if that was measured."""
    before = pulse.idle_gap_ms if pulse else None
    since = pulse.gap_ms if pulse else None
    if before is None or since is None:
        return ""
    text = _tr("Longest gap of its heartbeat: {since} ms, against {before} ms left alone.")
    numbers = QLocale()
    return text.format(since=numbers.toString(round(since)), before=numbers.toString(round(before)))
