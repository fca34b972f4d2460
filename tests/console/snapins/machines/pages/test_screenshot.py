"""At most one picture in five seconds, only of what runs, only while it is seen."""

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from backend.errors import ScreenNotAvailable
from backend.model import DomainState, Ref, StateReason
from console.snapins.machines.pages import screenshot
from console.snapins.machines.pages.screenshot import Pictures, Screenshot, pictures
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain

RUNNING = domain("a", DomainState.RUNNING)


PICTURE = b"P6 16 10 255\n" + bytes((200, 30, 30)) * 160


@pytest.fixture
def asked(context: LentContext, monkeypatch: pytest.MonkeyPatch) -> list[Ref]:
    """What was asked for, in order."""
    found: list[Ref] = []
    query = context.engine.query

    def spy(operation: Callable[..., object], ref: Ref, *args: object, **rest: object) -> object:
        found.append(ref)
        return query(operation, ref, *args, **rest)

    monkeypatch.setattr(context.engine, "query", spy)
    return found


@pytest.fixture
def page(context: LentContext, qtbot: QtBot) -> Screenshot:
    context.engine.answers["domain.screenshot"] = PICTURE
    page = Screenshot(context)
    qtbot.addWidget(page)
    return page


def test_a_picture_is_taken_and_shown(page: Screenshot, asked: list[Ref], qtbot: QtBot) -> None:
    page.set_domain(RUNNING)
    page.wake()
    qtbot.waitUntil(lambda: not page.thumbnail.image.isNull())
    assert asked == [RUNNING.ref]


def test_asleep_it_takes_none(page: Screenshot, asked: list[Ref], qtbot: QtBot) -> None:
    page.set_domain(RUNNING)
    qtbot.wait(20)
    page.wake()
    page.sleep()
    qtbot.wait(20)
    assert asked == []


@pytest.mark.parametrize(
    "machine",
    [
        domain("a"),
        domain("a", DomainState.PAUSED),
        domain("a", DomainState.RUNNING, reason=StateReason.NOT_ANSWERING),
    ],
)
def test_only_what_runs_and_answers_is_asked(
    page: Screenshot, asked: list[Ref], qtbot: QtBot, machine: object
) -> None:
    page.set_domain(machine)  # type: ignore[arg-type]
    page.wake()
    qtbot.wait(20)
    assert asked == []


def test_another_machine_and_back_is_not_asked_twice(
    page: Screenshot, asked: list[Ref], qtbot: QtBot
) -> None:
    page.wake()
    page.set_domain(RUNNING)
    # Asked for is not yet taken: whoever goes on before has no picture of it.
    qtbot.waitUntil(lambda: not page.thumbnail.image.isNull())
    other = domain("b", DomainState.RUNNING)
    page.set_domain(other)
    qtbot.waitUntil(lambda: len(asked) == 2)
    page.set_domain(RUNNING)
    qtbot.wait(50)
    assert asked == [RUNNING.ref, other.ref]
    assert not page.thumbnail.image.isNull(), "the picture before is shown at once"


def test_it_goes_on_after_the_interval(
    page: Screenshot, asked: list[Ref], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshot, "INTERVAL_S", 0.1)
    page.set_domain(RUNNING)
    page.wake()
    qtbot.waitUntil(lambda: len(asked) >= 3)
    page.sleep()


def test_one_at_a_time_however_slow(
    page: Screenshot, context: LentContext, asked: list[Ref], qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(screenshot, "INTERVAL_S", 0.01)
    del context.engine.answers["domain.screenshot"]
    page.set_domain(RUNNING)
    page.wake()
    qtbot.wait(100)
    assert len(asked) == 1
    page.sleep()


def test_a_failure_is_quiet(
    page: Screenshot, context: LentContext, asked: list[Ref], qtbot: QtBot
) -> None:
    context.engine.answers["domain.screenshot"] = ScreenNotAvailable(name="a")
    page.set_domain(RUNNING)
    page.wake()
    qtbot.waitUntil(lambda: len(asked) == 1)
    qtbot.wait(20)
    assert context.problems == []
    assert page.thumbnail.accessibleDescription() == "No picture to show"


def test_paused_the_last_picture_stays_with_the_reason(page: Screenshot, qtbot: QtBot) -> None:
    page.set_domain(RUNNING)
    page.wake()
    qtbot.waitUntil(lambda: not page.thumbnail.image.isNull())
    full = replace(RUNNING, state=DomainState.PAUSED, reason=StateReason.DISK_FULL)
    page.set_domain(full)
    assert not page.thumbnail.image.isNull()
    assert page.thumbnail.accessibleDescription() == "Paused-Critical"


def test_pictures_are_forgotten_in_the_end() -> None:
    kept = Pictures()
    for number in range(100):
        kept.begin(domain(str(number)).ref)
    assert kept.due_in_s(domain("0").ref) == 0.0
    assert kept.due_in_s(domain("99").ref) > 4.0
    assert pictures is not kept


def test_a_picture_that_came_from_elsewhere_is_drawn(
    page: Screenshot, asked: list[Ref], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshot, "INTERVAL_S", 0.2)
    shades = itertools.cycle(range(40, 200, 20))

    def drawn() -> QColor:
        """Bring another picture, as an open screen does, and say what is shown."""
        image = QImage(16, 10, QImage.Format.Format_RGB32)
        image.fill(QColor(next(shades), 0, 0))
        pictures.begin(RUNNING.ref)
        pictures.end(RUNNING.ref, image)
        shown = page.thumbnail.image
        return shown.pixelColor(1, 1) if not shown.isNull() else QColor()

    drawn()
    page.set_domain(RUNNING)
    page.wake()
    first = drawn()
    qtbot.waitUntil(lambda: drawn() not in (first, QColor()))
    assert asked == []
    page.sleep()
