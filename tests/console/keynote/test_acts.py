"""The acts by themselves: what they say of a guest, and that nothing has to be as they left it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.devices import Device, DeviceKind
from backend.heartbeat import Heartbeat, Pulse
from backend.hypervisor.embedded.failures import ProgramMissing
from backend.jobs import Job, JobState, Step, StepState
from backend.model import Domain, DomainState, Host, HostState, Nic
from console.keynote import acts, cast, hands
from console.keynote.acts import ACTS, Show
from console.keynote.cast import NAMES, Cast
from console.keynote.hands import Hands
from console.keynote.patience import Patience
from console.shell.window import MainWindow
from tests.console.keynote.conftest import StageHand, names
from tests.console.snapins.machines.devices.offers import MAC, prospects, running, storage
from tests.fakes.engine import FakeEngine, Submission
from tests.fakes.machines import host

Done = Callable[[Awaitable[None]], str]
NIC = Device(DeviceKind.NETWORK_ADAPTER, MAC)
PULSE = Heartbeat(Pulse.COUNTER, 20.0, ((-1.0, 21.0), (-0.5, 24.0), (0.5, 31.0)))

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Show:
    for module, name in ((cast, "BOOT_S"), (hands, "READ_S")):
        monkeypatch.setattr(module, name, 0.2)
    monkeypatch.setattr(acts, "CONNECTED_S", 1.0)
    patience = Patience()
    here = host()
    qtbot.waitUntil(lambda: window.context.lookup.record(here.ref, Host) is not None)
    return Show(
        window.context,
        here,
        Hands(window, patience),
        Cast(window.context, here.ref, patience),
        patience,
        lambda _words: None,
    )


def told(show: Show, done: Done, act: Callable[[Show], Awaitable[str]]) -> str:
    """Play an act; return what it says, or why it did not work."""
    said: list[str] = []

    async def play() -> None:
        said.append(await act(show))

    return done(play()) or said[0]


def test_the_adapter_is_told_with_its_address_and_the_heart(
    show: Show, engine: FakeEngine, hand: StageHand, done: Done
) -> None:
    done(show.mend())
    engine.answers["device.look"] = prospects()
    step = Step("address", MAC, StepState.DONE, 3.0, ("10.0.0.7/24",))

    def add(asked: Submission) -> None:
        job = engine.jobs[asked.job_id]
        engine.tell(
            replace(job, state=JobState.DONE, result=(NIC,), steps=(step,), heartbeat=PULSE)
        )

    engine.on_submit = add
    assert told(show, done, acts.add_adapter) == (
        "The guest uses it, and answers at 10.0.0.7. "
        "Longest gap of its heartbeat: 31 ms, against 24 ms left alone."
    )
    assert show.added == {DeviceKind.NETWORK_ADAPTER: NIC}


def test_what_was_not_measured_is_not_told() -> None:
    job = Job(1, "device.add", None, "", JobState.DONE, 0.0)
    assert acts._gaps(job.heartbeat) == ""
    assert acts._gaps(Heartbeat(Pulse.COUNTER, 20.0, ((0.5, 31.0),))) == ""
    assert acts._address(job) == "The guest has it."


def test_a_device_that_a_mishap_took_is_put_in_again_to_be_removed(
    show: Show, engine: FakeEngine, hand: StageHand, done: Done, qtbot: QtBot
) -> None:
    done(show.mend())
    star, live = show.cast.star, running()
    engine.put(*storage(), replace(star, live=live.live))
    show.added[DeviceKind.NETWORK_ADAPTER] = Device(DeviceKind.NETWORK_ADAPTER, "52:54:00:0:0:1")
    engine.answers["device.look"] = prospects()

    def obey(asked: Submission) -> None:
        if asked.operation == "device.add" and live.live:
            nics = (*live.live.nics, Nic(MAC, "network", "default", "virtio"))
            engine.put(replace(star, live=replace(live.live, nics=nics)))
        engine.finish(asked.job_id, (NIC,) if asked.operation == "device.add" else None)

    engine.on_submit = obey
    engine.submissions.clear()
    assert told(show, done, acts.take_adapter) == ""
    assert [asked.operation for asked in engine.submissions] == ["device.add", "device.remove"]
    assert show.added == {}


def test_the_stage_is_put_in_order(show: Show, engine: FakeEngine, done: Done) -> None:
    assert done(show.mend()) == ""
    engine.put(replace(show.cast.star, state=DomainState.OFF))
    assert done(show.mend()) == ""
    assert show.cast.ups() == len(NAMES)


def test_a_server_that_went_away_is_asked_for_again(
    show: Show, engine: FakeEngine, hand: StageHand, done: Done, qtbot: QtBot
) -> None:
    engine.put(host(HostState.AWAY))
    lookup = show.context.lookup

    def state() -> HostState | None:
        found = lookup.record(show.host.ref, Host)
        return found.state if found else None

    qtbot.waitUntil(lambda: state() is HostState.AWAY)

    def come_back(asked: Submission) -> None:
        if asked.operation == "host.reconnect":
            engine.put(host())
            engine.finish(asked.job_id)

    engine.on_submit = come_back
    assert done(show.connect()) == ""
    engine.on_submit = lambda asked: engine.cancel(asked.job_id)
    engine.put(host(HostState.AWAY))
    qtbot.waitUntil(lambda: state() is HostState.AWAY)
    assert done(show.connect()) == "The server does not answer."
    engine.on_submit = lambda asked: engine.fail(asked.job_id, ProgramMissing(program="libvirtd"))
    assert "libvirtd" in done(show.connect()), "what keeps it away is said at once"


def test_the_last_act_leaves_nothing(
    show: Show,
    engine: FakeEngine,
    hand: StageHand,
    done: Done,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done(show.mend())
    hand.deaf.add(NAMES[1])
    monkeypatch.setattr(show.patience, "beat", no_pause)
    assert told(show, done, ACTS[-1].play) == "Nothing is left of them. Thank you."
    assert names(engine) == set()
    assert not [one for one in engine.records.values() if isinstance(one, Domain)]


async def no_pause(_seconds: float) -> None:
    """Let no time pass."""
