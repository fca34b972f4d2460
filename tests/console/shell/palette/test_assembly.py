"""The palette of a whole window: everything is in it, also what stands in lists alone."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.model import Domain
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain


def found(shell: MainWindow, text: str) -> list[str]:
    return [hit.find.title for hit in shell.finder._catalogue.search(text)]


def test_machines_actions_and_settings_are_found(shell: MainWindow) -> None:
    shell.finder.open_with("")
    for text in ("web-01", "Quick Create...", "Dark", "rack-2"):
        assert found(shell, text)[0] == text


def test_a_thousand_machines_are_searched_letter_by_letter(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    """How long that takes is the bench's to say; here it is the right one that is found."""
    engine.put(*(domain(f"vm-{number}") for number in range(1000)))
    qtbot.waitUntil(lambda: len(list(shell.bridge.mirror.records(Domain))) > 1000)
    shell.finder.open_with("")
    QTest.keyClicks(shell.finder.entry, "vm-777 start")
    assert found(shell, shell.finder.entry.text())[0] == "Start"
    hit = shell.finder.hit
    assert hit is not None
    assert hit.find.beside == "vm-777"
