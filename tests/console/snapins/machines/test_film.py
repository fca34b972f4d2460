import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from backend.errors import ScreenNotAvailable
from backend.journal.entry import What
from backend.model import Domain, DomainState, Record, Ref
from console.snapins.machines.film import SIZE, Camera, small, watched
from console.snapins.machines.pages.screenshot import pictures
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.pictures import plain, png
from tests.fakes.entries import entry
from tests.fakes.machines import domain


def with_screen(name: str) -> Domain:
    made = domain(name, DomainState.RUNNING)
    assert made.live
    return replace(made, live=replace(made.live, video=("virtio",)))


VM = with_screen("web-01")


@pytest.fixture
def camera(context: LentContext, until: Callable[[Record], None]) -> Iterator[Camera]:
    watched.clear()
    until(VM)
    context.engine.answers["domain.screenshot"] = png(plain("red", 1280, 800))
    made = Camera(context)
    yield made
    made.close()
    watched.clear()


def kept(context: LentContext) -> list[tuple[Ref, object]]:
    return [
        (one.ref, one.arguments[1])
        for one in context.engine.queries
        if one.operation == "screens.keep"
    ]


def asked(context: LentContext) -> int:
    return sum(one.operation == "domain.screenshot" for one in context.engine.queries)


def test_a_machine_that_is_watched_is_filmed_each_ten_seconds(
    camera: Camera, context: LentContext, qtbot: QtBot
) -> None:
    end = watched.watch(VM.ref)
    qtbot.waitUntil(lambda: len(kept(context)) == 1)
    camera._on_look()
    ref, picture = kept(context)[0]
    assert ref == VM.ref
    assert isinstance(picture, bytes)
    image = QImage.fromData(picture)
    assert (image.width(), image.height()) == (SIZE.width(), 600)
    assert asked(context) == 1
    end()
    watched._kept.clear()
    camera._on_look()
    assert asked(context) == 1


def test_what_somebody_takes_anyway_is_kept_and_not_taken_again(
    camera: Camera, context: LentContext, qtbot: QtBot
) -> None:
    pictures.end(VM.ref, plain("blue"))
    qtbot.waitUntil(lambda: len(kept(context)) == 1)
    watched.watch(VM.ref)
    camera._on_look()
    assert asked(context) == 0
    pictures.end(VM.ref, plain("green"))
    qtbot.wait(50)
    assert len(kept(context)) == 1, "one in ten seconds"


def test_two_windows_keep_one_picture(camera: Camera, context: LentContext, qtbot: QtBot) -> None:
    other = Camera(context)
    pictures.end(VM.ref, plain("blue"))
    qtbot.waitUntil(lambda: len(kept(context)) == 1)
    qtbot.wait(50)
    assert len(kept(context)) == 1
    other.close()


def test_when_something_happens_to_a_machine_its_screen_is_kept(
    camera: Camera, context: LentContext, qtbot: QtBot
) -> None:
    camera._soon.setInterval(1)
    context.engine.write(entry(What.RESUMED), entry(What.DISK_FAILED))
    qtbot.waitUntil(lambda: len(kept(context)) == 1)
    assert asked(context) == 1, "two things at once are one picture"


@pytest.mark.parametrize("what", [What.VIEWER_CAME, What.AGENT_LEFT])
def test_not_everything_matters_so_much(
    camera: Camera, context: LentContext, qtbot: QtBot, what: What
) -> None:
    camera._soon.setInterval(1)
    context.engine.write(entry(what), entry(What.SHUT_DOWN, at=time.time() - 600))
    qtbot.wait(50)
    assert asked(context) == 0


def test_a_machine_without_a_screen_or_off_is_not_asked(
    camera: Camera, context: LentContext, qtbot: QtBot, until: Callable[[Record], None]
) -> None:
    until(domain("web-01"))
    watched.watch(VM.ref)
    camera._on_look()
    until(domain("web-01", DomainState.RUNNING))
    camera._on_look()
    qtbot.wait(20)
    assert asked(context) == 0


def test_a_screen_that_cannot_be_had_is_no_trouble(
    camera: Camera, context: LentContext, qtbot: QtBot
) -> None:
    context.engine.answers["domain.screenshot"] = ScreenNotAvailable(name="web-01")
    watched.watch(VM.ref)
    camera._on_look()
    qtbot.waitUntil(lambda: asked(context) == 1)
    qtbot.wait(20)
    assert kept(context) == []
    assert context.problems == []
    assert not camera._taking


def test_what_is_no_picture_is_nothing() -> None:
    assert small(QImage()) == b""
    assert QImage.fromData(small(plain("red", 100, 50))).width() == 100


def test_when_something_happens_to_many_at_once_each_is_kept_in_turn(
    camera: Camera, context: LentContext, until: Callable[[Record], None], qtbot: QtBot
) -> None:
    others = [with_screen(f"web-0{number}") for number in (2, 3)]
    for one in others:
        until(one)
    camera._soon.setInterval(1)
    every = [VM, *others]
    context.engine.write(*(entry(What.RESUMED, subject=one.ref) for one in every))
    qtbot.waitUntil(lambda: len(kept(context)) == 3)
    assert {ref for ref, _ in kept(context)} == {one.ref for one in every}
    qtbot.wait(20)
    assert not camera._soon.isActive()
