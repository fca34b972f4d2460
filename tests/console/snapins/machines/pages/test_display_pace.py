"""How a screen comes here is told while it comes, and when it stops."""

import pytest
from pytestqt.qtbot import QtBot

from backend.display.channel import ChannelState, News, Standing, Tally
from backend.display.surface import Surface
from console.snapins.machines.pages import display_pace
from console.snapins.machines.pages.display_pace import Pace

FIRST = Standing(ChannelState.LIVE, transport="VNC")


def test_it_tells_the_rate_of_a_second_and_rests(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(
        "console.snapins.machines.pages.display_pace.time.monotonic", lambda: now[0]
    )
    monkeypatch.setattr(display_pace, "STILL_AFTER_MS", 30)
    pace, told, surface = Pace(), list[tuple[str, str]](), Surface(64, 48)
    pace.told.connect(lambda words, details: told.append((words, details)))
    pace.count(News(FIRST, surface, (), Tally(1, 1024)))
    assert told == [("VNC · 64 × 48", "1 KiB received")]  # noqa: RUF001
    now[0] += 0.5
    pace.count(News(FIRST, surface, (), Tally(10, 1024)))
    assert len(told) == 1, "half a second says nothing yet"
    now[0] += 1.5
    pace.count(News(FIRST, surface, (), Tally(51, 1024 * 41)))
    assert told[-1] == ("VNC · 64 × 48 · 25 fps", "20 KiB/s, 41 KiB received")  # noqa: RUF001
    qtbot.waitUntil(lambda: told[-1][0].endswith("idle"))
    pace.stop()
    assert told[-1] == ("", "")
