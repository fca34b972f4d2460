"""The show goes on when the presenter says so, and whatever goes wrong."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backend.errors import HostAway
from console.keynote import cast
from console.keynote import presenter as module
from console.keynote.acts import ACTS, Act, Show
from console.keynote.cast import NAMES
from console.keynote.patience import Mishap
from console.keynote.presenter import TRIES, Presenter, Standing
from console.shell.window import MainWindow
from tests.console.keynote.conftest import DEADLINE_MS, names
from tests.fakes.engine import FakeEngine

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.usefixtures("gui_tasks"),
]


class Trial:
    """Acts that note that they were played, and fail so often."""

    def __init__(self) -> None:
        self.played: list[str] = []
        self.mishaps: list[Exception] = []

    def act(self, title: str, *, seconds: float = 0, needs_cast: bool = False) -> Act:
        async def play(show: Show) -> str:
            self.played.append(title)
            await show.patience.beat(seconds)
            if self.mishaps:
                raise self.mishaps.pop()
            return f"{title} was so"

        return Act(title, f"{title} begins", play, needs_cast=needs_cast)


@pytest.fixture
def trial() -> Trial:
    return Trial()


@pytest.fixture
def begin(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Presenter]:
    monkeypatch.setattr(cast, "BOOT_S", 0.3)

    def begin(*acts: Act) -> Presenter:
        presenter = Presenter(window, "here", acts)
        presenter.begin()
        qtbot.waitUntil(window.isActiveWindow)
        return presenter

    return begin


def waits(qtbot: QtBot, presenter: Presenter, standing: Standing = Standing.WAITING) -> str:
    """Wait until it stands so; return what the audience reads."""
    qtbot.waitUntil(lambda: presenter.standing is standing, timeout=DEADLINE_MS)
    return f"{presenter.caption.title.text()}: {presenter.caption.words.text()}"


def press(window: MainWindow, key: Qt.Key) -> None:
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)


def test_an_act_after_the_other_by_the_presenters_keys(
    begin: Callable[..., Presenter], trial: Trial, window: MainWindow, qtbot: QtBot
) -> None:
    button = QPushButton("in the way", window)
    clicked: list[bool] = []
    button.clicked.connect(clicked.append)
    presenter = begin(trial.act("One"), trial.act("Two"), trial.act("Three"))
    assert window.isFullScreen()
    assert waits(qtbot, presenter) == "One: One was so"
    assert trial.played == ["One"], "the next one waits for the presenter"
    button.show()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: trial.played == ["One", "Two"])
    assert waits(qtbot, presenter) == "Two: Two was so"
    press(window, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: len(trial.played) == 3)
    assert waits(qtbot, presenter) == "Three: Three was so"
    assert not clicked, "the key is the presenter's, not the button's below it"
    with qtbot.waitSignal(presenter.ended):
        press(window, Qt.Key.Key_Space)


def test_a_pause_can_be_cut_short(
    begin: Callable[..., Presenter], trial: Trial, window: MainWindow, qtbot: QtBot
) -> None:
    presenter = begin(trial.act("Long", seconds=3600))
    qtbot.waitUntil(lambda: trial.played == ["Long"])
    qtbot.waitUntil(lambda: presenter.standing is Standing.PLAYING)
    press(window, Qt.Key.Key_Space)
    assert waits(qtbot, presenter) == "Long: Long was so"


@pytest.mark.parametrize(
    "error", [Mishap("The guest sleeps."), HostAway(host="here"), RuntimeError("deleted")]
)
def test_an_act_that_goes_wrong_is_played_again_on_a_stage_in_order(
    begin: Callable[..., Presenter],
    trial: Trial,
    engine: FakeEngine,
    qtbot: QtBot,
    error: Exception,
) -> None:
    trial.mishaps = [error]
    presenter = begin(trial.act("One"))
    assert waits(qtbot, presenter) == "One: One was so"
    assert trial.played == ["One", "One"]
    assert names(engine) == set(NAMES), "the machines were seen to"


def test_what_does_not_work_at_all_is_said_and_the_show_goes_on(
    begin: Callable[..., Presenter], trial: Trial, window: MainWindow, qtbot: QtBot
) -> None:
    trial.mishaps = [Mishap("The guest sleeps.")] * TRIES
    presenter = begin(trial.act("One"), trial.act("Two"))
    assert waits(qtbot, presenter) == "One: Not this time: The guest sleeps. The show goes on."
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: trial.played == ["One"] * TRIES + ["Two"])
    assert waits(qtbot, presenter) == "Two: Two was so"


def test_leaving_is_asked_about_once_and_leaves_nothing(
    begin: Callable[..., Presenter],
    trial: Trial,
    engine: FakeEngine,
    window: MainWindow,
    qtbot: QtBot,
) -> None:
    presenter = begin(trial.act("One", needs_cast=True), trial.act("Two"))
    before = waits(qtbot, presenter)
    press(window, Qt.Key.Key_Escape)
    assert waits(qtbot, presenter, Standing.ASKING).startswith("Leave the keynote?")
    press(window, Qt.Key.Key_Space)
    assert waits(qtbot, presenter) == before, "one may think better of it"
    press(window, Qt.Key.Key_Escape)
    with qtbot.waitSignal(presenter.ended):
        press(window, Qt.Key.Key_Escape)
    assert presenter.standing is Standing.LEAVING
    assert names(engine) == set()
    assert trial.played == ["One"]


def test_what_happens_while_one_is_asked_is_there_afterwards(
    begin: Callable[..., Presenter], trial: Trial, window: MainWindow, qtbot: QtBot
) -> None:
    presenter = begin(trial.act("Long", seconds=0.5))
    qtbot.waitUntil(lambda: trial.played == ["Long"])
    press(window, Qt.Key.Key_Escape)
    assert presenter.standing is Standing.ASKING
    qtbot.wait(800)
    assert presenter.standing is Standing.ASKING
    press(window, Qt.Key.Key_Space)
    assert waits(qtbot, presenter) == "Long: Long was so"


def test_without_a_server_there_is_nothing_to_show_and_one_may_leave(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, trial: Trial, qtbot: QtBot
) -> None:
    monkeypatch.setattr(module, "HOST_S", 0.1)
    presenter = Presenter(window, "nowhere", (trial.act("One"),))
    presenter.begin()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: presenter.caption.words.text() == "There is no server to show.")
    press(window, Qt.Key.Key_Escape)
    with qtbot.waitSignal(presenter.ended):
        press(window, Qt.Key.Key_Escape)
    assert not trial.played


def test_the_acts_fit_the_band() -> None:
    assert 8 <= len(ACTS) <= 12
    for act in ACTS:
        assert len(act.title) <= 40
        assert len(act.words) <= 90
