"""What was done is taken back and done again, in order and never blindly."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import ChangedSince, HostAway
from backend.jobs import Inverse, JobState
from backend.operations import domain as verbs
from backend.specs import HostSpec
from console.sdk.context import Context
from console.sdk.servers import Server
from console.shell.undo import KEPT, Journey, Step
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain

WEB = domain("web-01").ref
Act = Callable[[str], None]


def _once(_context: Context) -> Step:
    return Step("done again", _once)


@pytest.fixture
def journey(shell: MainWindow) -> Journey:
    return shell.session.journey


@pytest.fixture
def done(shell: MainWindow, engine: FakeEngine, qtbot: QtBot) -> Act:
    """Return what ends the job handed in last, as one that can be taken back by these notes."""

    def end(before: str) -> None:
        number = len(engine.jobs)
        inverse = Inverse(verbs.set_notes, (before,), (("notes", "x"),))
        engine.tell(
            replace(engine.jobs[number], state=JobState.DONE, ended_at=1.0, inverse=inverse)
        )
        mirror = shell.bridge.mirror
        qtbot.waitUntil(lambda: any(job.id == number and job.is_over for job in mirror.jobs()))

    return end


def texts(shell: MainWindow) -> tuple[str, str]:
    return shell.commands.undo.text(), shell.commands.redo.text()


def submitted(engine: FakeEngine) -> list[tuple[str, tuple[object, ...]]]:
    return [(job.operation, job.arguments) for job in engine.submissions]


def test_a_job_is_undone_and_redone(shell: MainWindow, engine: FakeEngine, done: Act) -> None:
    assert texts(shell) == ("Undo", "Redo")
    assert not shell.commands.undo.isEnabled()
    shell.context.submit(verbs.set_notes, WEB, "new")
    done("old")
    assert texts(shell) == ("Undo Notes of web-01", "Redo")
    shell.commands.undo.trigger()
    assert texts(shell) == ("Undo", "Redo"), "it is under way"
    done("new")
    assert texts(shell) == ("Undo", "Redo Notes of web-01")
    shell.commands.redo.trigger()
    done("old")
    assert texts(shell) == ("Undo Notes of web-01", "Redo")
    assert [name for name, _ in submitted(engine)] == ["domain.set_notes"] * 3


def test_of_many_steps_the_last_hundred_can_be_taken_back(shell: MainWindow) -> None:
    journey = Journey()
    for number in range(KEPT + 1):
        journey.note(Step(str(number), _once))
    taken: list[str] = []
    while title := journey.to_undo:
        taken.append(title)
        journey.undo(shell.context)
    assert taken == [str(number) for number in range(KEPT, 0, -1)]


def test_what_was_changed_since_is_said_and_is_no_step_any_more(
    shell: MainWindow, engine: FakeEngine, done: Act, qtbot: QtBot
) -> None:
    shell.context.submit(verbs.set_notes, WEB, "new")
    done("old")
    shell.commands.undo.trigger()
    engine.fail(2, ChangedSince(name="web-01"))
    qtbot.waitUntil(lambda: len(shell.panes.notices.shown) == 1)
    assert "changed since" in shell.panes.notices.shown[0].sentence
    assert texts(shell) == ("Undo", "Redo")


def test_what_did_not_go_now_can_be_tried_again(
    shell: MainWindow, engine: FakeEngine, done: Act, qtbot: QtBot
) -> None:
    shell.context.submit(verbs.set_notes, WEB, "new")
    done("old")
    shell.commands.undo.trigger()
    engine.fail(2, HostAway(host="here"))
    qtbot.waitUntil(lambda: texts(shell)[0] == "Undo Notes of web-01")


def test_what_is_new_ends_what_could_be_done_again(
    shell: MainWindow, engine: FakeEngine, done: Act
) -> None:
    for text in ("one", "two"):
        shell.context.submit(verbs.set_notes, WEB, text)
        done("old")
    shell.commands.undo.trigger()
    done("two")
    assert texts(shell) == ("Undo Notes of web-01", "Redo Notes of web-01")
    shell.context.submit(verbs.set_notes, WEB, "three")
    done("old")
    assert texts(shell)[1] == "Redo"


def test_what_the_console_did_itself_goes_the_same_way(shell: MainWindow, journey: Journey) -> None:
    kept = ["a", "b"]

    def remove(_context: Context) -> Step:
        kept.remove("b")
        return Step("Remove R&D", bring_back)

    def bring_back(_context: Context) -> Step:
        kept.append("b")
        return Step("Remove R&D", remove)

    journey.note(remove(shell.context))
    assert texts(shell)[0] == "Undo Remove R&&D"
    shell.commands.undo.trigger()
    assert kept == ["a", "b"]
    shell.commands.redo.trigger()
    assert kept == ["a"]
    journey.undo(shell.context)
    journey.undo(shell.context)
    assert kept == ["a", "b"]


def test_all_windows_share_the_steps(shell: MainWindow, done: Act) -> None:
    other = shell.session.open()
    shell.context.submit(verbs.set_notes, WEB, "new")
    done("old")
    assert texts(other)[0] == "Undo Notes of web-01"
    other.close()


def test_a_server_that_was_removed_comes_back(shell: MainWindow, engine: FakeEngine) -> None:
    servers = shell.session.servers
    rack = HostSpec("r", "rack-9", "qemu+ssh://rack-9/system")
    servers.manage(Server(rack, is_remembered=True))
    servers.remove("r")
    assert engine.forgotten == ["r"]
    assert texts(shell)[0] == "Undo Remove rack-9"
    shell.commands.undo.trigger()
    assert servers.find("r") == Server(rack, is_remembered=True)
    shell.commands.redo.trigger()
    assert servers.find("r") is None
    servers.forget("never there")
    assert texts(shell) == ("Undo Remove rack-9", "Redo")
