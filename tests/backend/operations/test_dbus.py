"""Who shares QEMU's D-Bus display, and what is heard of its end; tests/live has real ones."""

import threading
from collections.abc import Iterator

import pytest

from backend.display.channel import ChannelState, FramebufferChannel
from backend.display.dbus.channel import DbusChannel
from backend.errors import BackendError, DisplayMissing, HypervisorRefused, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import dbus_display, screens
from backend.hypervisor.dbus_display import Presence
from backend.hypervisor.screens import DbusWay
from backend.model import Ref
from backend.operations import dbus
from backend.operations.dbus import open_dbus
from backend.operations.domain import known
from tests.backend.conftest import Heard
from tests.backend.display.dbus.qemu import Qemu, scanout
from tests.backend.display.dbus.test_channel import Viewer

PICTURE = bytes(64)


async def opened(host: ManagedHost, ref: Ref) -> FramebufferChannel:
    return await open_dbus(host, known(host, ref))


class Machine:
    """The machine, of which a QEMU of ours shows the screen, a new one for each way."""

    def __init__(self) -> None:
        self.qemus: list[Qemu] = []
        self.run = 7
        self.is_silent = False

    def way(self, _connect: object, _uuid: str) -> DbusWay:
        qemu = Qemu()
        self.qemus.append(qemu)
        sock, qemu.ours = qemu.ours, qemu.ours.dup()

        def show() -> None:
            qemu.introduce()
            qemu.show(scanout(4, 4, PICTURE))

        if self.is_silent:
            qemu.control.sock.sendall(b"REJECTED\r\n")
        else:
            threading.Thread(target=show, name="qemu").start()
        return DbusWay(sock, self.run)

    def run_of(self, _connect: object, _uuid: str) -> int:
        return self.run


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    one = Machine()
    monkeypatch.setattr(screens, "open_dbus", one.way)
    monkeypatch.setattr(screens, "run_of", one.run_of)
    yield one
    for qemu in one.qemus:
        qemu.close()


def test_all_who_look_share_one_way_also_if_they_come_at_once(
    heard: Heard, vm: Ref, machine: Machine
) -> None:
    asked = [heard.engine.query(opened, vm) for _ in range(3)]
    channels = [one.result(20) for one in asked]
    assert len(machine.qemus) == 1
    assert len({id(channel.take().surface) for channel in channels}) == 1
    for channel in channels:
        channel.close()


def test_who_comes_back_finds_the_way_still_open(heard: Heard, vm: Ref, machine: Machine) -> None:
    for _ in range(20):
        channel = heard.engine.query(opened, vm).result(20)
        assert channel.take().surface is not None, "the picture is there at once"
        channel.close()
    assert len(machine.qemus) == 1


@pytest.mark.parametrize(("run", "why"), [(7, "DisplayTaken"), (8, "DisplayEnded")])
def test_it_was_taken_if_the_machine_still_runs(
    heard: Heard, vm: Ref, machine: Machine, run: int, why: str
) -> None:
    channel = heard.engine.query(opened, vm).result(20)
    assert isinstance(channel, DbusChannel)
    machine.run = run
    machine.qemus[0].control.sock.close()
    reason = Viewer(channel).end()
    assert reason
    assert reason.message_id == why
    again = heard.engine.query(opened, vm).result(20)
    assert again.take().standing.state is ChannelState.LIVE
    again.close()


def test_who_is_refused_hears_why_and_may_try_again(
    heard: Heard, vm: Ref, machine: Machine
) -> None:
    machine.is_silent = True
    with pytest.raises(BackendError) as caught:
        heard.engine.query(opened, vm).result(20)
    assert caught.value.problem.message_id == "DisplayRefused"
    machine.is_silent = False
    heard.engine.query(opened, vm).result(20).close()


def test_a_way_that_is_not_there_ends_it_for_all_who_wait(
    heard: Heard, vm: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_connect: object, _uuid: str) -> DbusWay:
        raise DisplayMissing(name="test")

    monkeypatch.setattr(screens, "open_dbus", missing)
    asked = [heard.engine.query(opened, vm) for _ in range(2)]
    for one in asked:
        with pytest.raises(BackendError):
            one.result(20)


async def told(host: ManagedHost, _ref: Ref) -> Problem | None:
    return await dbus.what_is_missing(host)


async def can(host: ManagedHost, _ref: Ref) -> bool:
    return await dbus.can_be_given(host)


def test_what_is_missing_is_said_until_a_machine_can_be_made_with_it(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Presence.NOT_INSTALLED]
    monkeypatch.setattr(dbus_display, "find", lambda _connect, _architecture: found[0])
    ref = heard.host().ref
    remark = heard.engine.query(told, ref).result(10)
    assert remark
    assert remark.message_id == "DisplayModuleMissing"
    assert "qemu" in str(remark["package"])
    found[0] = Presence.THERE
    assert heard.engine.query(can, ref).result(10)
    assert heard.engine.query(told, ref).result(10) is None


def test_a_host_that_does_not_answer_is_asked_again_and_costs_nothing(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (HypervisorRefused(code=1), Presence.UNANSWERED, Presence.NOT_INSTALLED)
    answers: Iterator[BackendError | Presence] = iter(found)

    def find(_connect: object, _architecture: str) -> Presence:
        answer = next(answers)
        if isinstance(answer, BackendError):
            raise answer
        return answer

    monkeypatch.setattr(dbus_display, "find", find)
    ref = heard.host().ref
    assert heard.engine.query(told, ref).result(10) is None
    assert not heard.engine.query(can, ref).result(10)
    remark = heard.engine.query(told, ref).result(10)
    assert remark
    assert heard.engine.query(told, ref).result(10) == remark
