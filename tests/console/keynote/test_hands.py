"""The hands go through the real wizards, and ask a guest again that keeps a device."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from backend.devices import Device, DeviceKind, NewDiskSpec, NicSpec
from backend.errors import Problem
from backend.model import Domain
from console.keynote import hands
from console.keynote.hands import Hands
from console.keynote.patience import Patience
from console.sdk.tabs import TabbedView
from console.shell.window import MainWindow
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.what import What
from tests.console.snapins.machines.devices.offers import MAC, prospects, running, storage
from tests.fakes.engine import FakeEngine, Submission

Done = Callable[[Awaitable[None]], str]
NIC = Device(DeviceKind.NETWORK_ADAPTER, MAC)
KEPT = Problem("GuestKeepsDevice", (("device", MAC), ("seconds", 20)))

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def web(
    engine: FakeEngine, window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Domain:
    monkeypatch.setattr(hands, "READ_S", 0)
    engine.answers["device.look"] = prospects()
    web = running()
    engine.put(web, *storage())
    qtbot.waitUntil(lambda: window.context.lookup.record(web.ref, Domain) == web)
    return web


@pytest.mark.parametrize(
    ("what", "kind"), [(kinds.ADAPTER, NicSpec), (kinds.NEW_DISK, NewDiskSpec)]
)
def test_a_device_is_added_by_the_wizard(
    window: MainWindow, engine: FakeEngine, web: Domain, done: Done, what: What, kind: type
) -> None:
    engine.on_submit = lambda asked: engine.finish(asked.job_id, (NIC,))
    results: list[object] = []

    async def add() -> None:
        results.append((await Hands(window, Patience()).add(web, what)).result)

    assert done(add()) == ""
    assert results == [(NIC,)]
    (asked,) = engine.submissions
    assert asked.operation == "device.add"
    specs = asked.arguments[0]
    assert isinstance(specs, tuple)
    assert [type(spec) for spec in specs] == [kind]
    assert [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    Hands(window, Patience()).clear()
    assert not [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def test_what_the_wizard_refuses_is_a_mishap(
    window: MainWindow, engine: FakeEngine, web: Domain, done: Done
) -> None:
    full = Problem("NoFreeSlot", (("name", web.name),))
    offers = tuple(replace(offer, now=full) for offer in prospects().offers)
    engine.answers["device.look"] = replace(prospects(), offers=offers)

    async def add() -> None:
        await Hands(window, Patience()).add(web, kinds.ADAPTER)

    assert done(add()) != ""
    assert not engine.submissions


@pytest.mark.parametrize(("kept", "said"), [(1, ""), (2, ""), (3, "20")])
def test_a_guest_that_keeps_it_is_asked_three_times(
    window: MainWindow, engine: FakeEngine, web: Domain, done: Done, kept: int, said: str
) -> None:
    def answer(asked: Submission) -> None:
        if len(engine.submissions) <= kept:
            engine.fail(asked.job_id, KEPT)
        else:
            engine.finish(asked.job_id)

    engine.on_submit = answer

    async def remove() -> None:
        await Hands(window, Patience()).remove(web, NIC)

    assert said in (told := done(remove()))
    assert bool(told) is bool(said)
    assert [asked.operation for asked in engine.submissions] == ["device.remove"] * min(kept + 1, 3)


def test_pages_are_shown(window: MainWindow, web: Domain, qtbot: QtBot) -> None:
    shown = Hands(window, Patience())

    def page() -> str:
        views = [view for view in window.findChildren(TabbedView) if view.isVisible()]
        return views[0].current if views else ""

    shown.show_screens(web.ref.host)
    qtbot.waitUntil(lambda: page() == "screens")
    shown.show_machine(web.ref, "performance")
    qtbot.waitUntil(lambda: page() == "performance")
    shown.show_list(web.ref.host)
    qtbot.waitUntil(lambda: window.panes.result.list is not None)
