"""Small pictures of screens: of each host one at a time, the oldest first."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.errors import NotSupported
from backend.model import Domain, DomainState, Kind, Ref
from console.snapins.machines import screens
from console.snapins.machines.screens import SIZE, Screens
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain, host

A, B = (domain(name, DomainState.RUNNING) for name in "ab")
FAR = replace(A, ref=Ref("rack-2", Kind.DOMAIN, "far"))
OFF = domain("off")


def png(width: int = 1024) -> bytes:
    image = QImage(width, 768, QImage.Format.Format_RGB32)
    image.fill("#26433a")
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


class Counting(FakeEngine):
    """Answers nothing until it is told to, and counts who was asked for."""

    def __init__(self, *records: Domain) -> None:
        super().__init__(host(), *records)
        self.asked: list[str] = []

    @override
    def query(
        self, question: Callable[..., Any], ref: Ref, *args: object, **kwargs: object
    ) -> Future[Any]:
        self.asked.append(ref.key.removeprefix("uuid-"))
        return super().query(question, ref, *args, **kwargs)


@pytest.fixture
def engine() -> Counting:
    return Counting(A, B, FAR, OFF)


@pytest.fixture
def source(context: LentContext, monkeypatch: pytest.MonkeyPatch) -> Screens:
    monkeypatch.setattr(screens, "INTERVAL_S", 60.0)
    return Screens(context)


def test_of_each_host_one_is_asked_for_at_a_time(
    source: Screens, engine: Counting, qtbot: QtBot
) -> None:
    source.show([A, OFF, B, FAR])
    qtbot.waitUntil(lambda: len(engine.asked) == 2)
    qtbot.wait(3 * screens._LOOK_MS)
    assert sorted(engine.asked) == ["a", "far"]
    source.show(())


def test_pictures_come_small_and_each_only_once_in_a_while(
    source: Screens, engine: Counting, qtbot: QtBot
) -> None:
    engine.answers["domain.screenshot"] = png()
    source.show([A, OFF, B])
    qtbot.waitUntil(lambda: source.picture(B.ref) is not None)
    image = source.picture(A.ref)
    assert image is not None
    assert (image.width() <= SIZE.width(), image.height()) == (True, SIZE.height())
    assert engine.asked == ["a", "b"]
    assert source.picture(OFF.ref) is None
    source.show(())
    source._aside.finish(2)


def test_what_is_not_in_sight_is_not_asked_for(
    source: Screens, engine: Counting, qtbot: QtBot
) -> None:
    source.show([A])
    source.show(())
    qtbot.wait(3 * screens._LOOK_MS)
    assert engine.asked in ([], ["a"])
    assert not source._timer.isActive()


def test_a_machine_that_gives_none_is_left_alone_for_longer(
    source: Screens, engine: Counting, qtbot: QtBot
) -> None:
    engine.answers["domain.screenshot"] = NotSupported()
    source.show([A])
    qtbot.waitUntil(lambda: A.ref in source._due)
    assert source.picture(A.ref) is None
    qtbot.wait(3 * screens._LOOK_MS)
    assert engine.asked == ["a"]
    source.show(())


def test_a_machine_that_stopped_shows_no_old_picture(
    source: Screens, engine: Counting, context: LentContext, qtbot: QtBot
) -> None:
    engine.answers["domain.screenshot"] = png()
    source.show([A])
    qtbot.waitUntil(lambda: source.picture(A.ref) is not None)
    engine.put(replace(A, state=DomainState.OFF, live=None))
    qtbot.waitUntil(lambda: source.picture(A.ref) is None)
    source.show(())
    source._aside.finish(2)
