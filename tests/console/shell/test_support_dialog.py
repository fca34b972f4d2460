"""The dialog of the support bundle: all is shown before it is saved, and no secret is in it."""

import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import HostNotAnswering
from backend.operations.support import Paper
from console.shell.bundle import Names
from console.shell.support_dialog import SupportDialog
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.turning import turn

MARK = "hunter2xyz"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "state" / "celadon"
    folder.mkdir(parents=True)
    (folder / "console-1.log").write_text(f"connect qemu+tcp://u:{MARK}@h/ failed\n")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    papers = (Paper("versions.txt", "libvirt: 9.0.0\n"), Paper("machines/web-01.xml", "<domain/>"))
    engine.answers["support.host_papers"] = papers
    return engine


@pytest.fixture
def dialog(shell: MainWindow, qtbot: QtBot) -> Iterator[SupportDialog]:
    shell.commands.support.trigger()
    dialog = shell.findChild(SupportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.save.isEnabled)
    yield dialog
    dialog.close()


def places(dialog: SupportDialog) -> list[str]:
    return [paper.place for paper in dialog.papers]


def test_all_that_is_in_it_can_be_read(dialog: SupportDialog) -> None:
    assert places(dialog) == [
        "hosts.txt",
        "jobs.jsonl",
        "versions.txt",
        "hosts/this-computer/machines/web-01.xml",
        "hosts/this-computer/versions.txt",
        "logs/console-1.log",
    ]
    for row, paper in enumerate(dialog.papers):
        dialog.reader.list.setCurrentRow(row)
        assert dialog.reader.text.toPlainText() == paper.text


def test_the_zip_holds_what_was_shown_and_no_secret(
    dialog: SupportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "here.zip"
    dialog.path.setText(str(path))
    dialog.save.click()
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: "Saved as" in dialog._said.text())
    with zipfile.ZipFile(path) as found:
        assert found.namelist() == places(dialog)
        texts = {name: found.read(name).decode() for name in found.namelist()}
    assert not [name for name, text in texts.items() if MARK in text]
    assert "[removed]" in texts["logs/console-1.log"]


def test_names_are_left_out_on_request(dialog: SupportDialog, qtbot: QtBot) -> None:
    with_names = dialog.papers
    dialog.anonymous.click()
    assert not dialog.save.isEnabled(), "what is saved is what was shown"
    qtbot.waitUntil(dialog.save.isEnabled)
    assert len(dialog.papers) == len(with_names)
    assert not [p.place for p in dialog.papers if "this-computer/" in p.place]
    assert "rack-2" not in "".join(paper.text for paper in dialog.papers)


def test_names_are_looked_for_beside_the_gui_thread(
    dialog: SupportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()
    leave_out = Names.leave_out

    def spy(names: Names, paper: Paper) -> Paper:
        threads.add(threading.current_thread().name)
        return leave_out(names, paper)

    monkeypatch.setattr(Names, "leave_out", spy)
    dialog.anonymous.click()
    qtbot.waitUntil(dialog.save.isEnabled)
    assert threads == {"support bundle"}


def test_a_place_that_will_not_do_is_said(dialog: SupportDialog, qtbot: QtBot) -> None:
    dialog.path.setText("/nonexistent/a.zip")
    dialog.save.click()
    qtbot.waitUntil(lambda: "is not there" in dialog._said.text())
    assert dialog.save.isEnabled()


class TestOfAHostThatHangs:
    @pytest.fixture
    def engine(self, engine: FakeEngine) -> FakeEngine:
        engine.answers["support.host_papers"] = HostNotAnswering(seconds=60)
        return engine

    def test_it_is_said_in_its_place(self, dialog: SupportDialog) -> None:
        assert "hosts/this-computer/not-told.txt" in places(dialog)
        text = next(p.text for p in dialog.papers if p.place.endswith("not-told.txt"))
        assert "did not answer" in text


class TestOfAHostThatIsStillAsked:
    @pytest.fixture
    def engine(self, engine: FakeEngine) -> FakeEngine:
        del engine.answers["support.host_papers"]
        return engine

    def test_nothing_is_saved_before_all_have_answered(
        self, shell: MainWindow, qtbot: QtBot
    ) -> None:
        shell.commands.support.trigger()
        dialog = shell.findChild(SupportDialog)
        assert dialog is not None
        qtbot.waitUntil(lambda: "Asking this-computer" in dialog._said.text())
        assert not dialog.save.isEnabled()
        dialog.close()

    def test_one_that_is_closed_meanwhile_says_nothing_more(
        self, shell: MainWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture
    ) -> None:
        shell.commands.support.trigger()
        dialog = shell.findChild(SupportDialog)
        assert dialog is not None
        qtbot.waitUntil(lambda: "Asking this-computer" in dialog._said.text())
        dialog.close()
        qtbot.waitUntil(lambda: not isValid(dialog))
        turn()
        assert not caplog.records
