"""A step is so if its evidence is: not because the program, or the step itself, says so."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from celadon_tour.evidence import NotSo, Virsh
from celadon_tour.machine import ShownMachine
from celadon_tour.person import Person
from celadon_tour.pictures import Album
from celadon_tour.report import Report
from celadon_tour.tour import AFTERWARDS, NOT_REACHED, Chapter, Scene, Step, Tour
from celadon_tour.waiting import Interrupted
from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.program import build, snapins
from console.shell.settings import Settings
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine, Submission
from tests.fakes.machines import domain, host

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.usefixtures("gui_tasks"),
]

Put = Callable[[str], Virsh]
NAME = "my machine"


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The real window over an engine that says of a machine that it runs as soon as it is told."""
    engine = FakeEngine(host(), domain(NAME))

    def start(submission: Submission) -> None:
        engine.put(domain(NAME, DomainState.RUNNING))
        engine.finish(submission.job_id)

    engine.on_submit = start
    window = build(engine, snapins(), Settings(tmp_path / "console.json"))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()


@pytest.fixture
def scene(window: MainWindow, person: Person, tmp_path: Path) -> Scene:
    folder = tmp_path / "tour"
    folder.mkdir()
    return Scene(person, Virsh("test:///nobody"), Album(folder, window), Report(folder))


def walk(scene: Scene, *steps: Step, repeat: int = 1) -> list[str]:
    """Show these steps; return the lines that were said."""
    lines: list[str] = []
    chapter = Chapter("Trial", lambda _scene: (steps, lambda: lines.append("end")))
    Tour(scene, lines.append).walk((chapter,), repeat=repeat)
    return lines


def start(scene: Scene) -> Step:
    def show() -> str:
        machine = ShownMachine(scene, NAME)
        machine.do("Start")
        machine.reads("Running", patience_s=5)
        return machine.until("running", patience_s=0.3)

    return Step("Start", show)


def told(scene: Scene) -> dict[str, object]:
    report = json.loads((scene.report.folder / "report.json").read_text())
    assert isinstance(report, dict)
    return report


def test_it_is_so_if_virsh_says_so_too(scene: Scene, fake_virsh: Put) -> None:
    scene.virsh = fake_virsh(f'case $command in list) echo "{NAME}";; *) echo running;; esac')
    walk(scene, start(scene))
    (step,) = scene.report.steps
    assert step.ok, step.evidence
    assert step.evidence == "virsh domstate: running"
    assert (scene.report.folder / step.picture).stat().st_size > 1000
    assert scene.report.ok
    assert told(scene)["ok"] is True


def test_a_program_that_lies_is_found_out(scene: Scene, fake_virsh: Put) -> None:
    """The window shows Running; nothing runs."""
    scene.virsh = fake_virsh(f'case $command in list) echo "{NAME}";; *) echo "shut off";; esac')
    lines = walk(scene, start(scene), Step("Later", lambda: "it was so"))
    started, later = scene.report.steps
    assert not started.ok
    assert started.evidence == "still 'shut off' after 0 s"
    assert (scene.report.folder / started.picture).exists()
    assert (later.ok, later.evidence) == (False, NOT_REACHED)
    assert told(scene)["ok"] is False
    assert lines[0].startswith("FAIL")
    assert lines[-1] == "end"


def test_any_error_is_a_step_that_was_not_shown(scene: Scene) -> None:
    def fall() -> str:
        raise ZeroDivisionError("by nought")

    walk(scene, Step("Fall", fall))
    assert scene.report.steps[0].evidence == "ZeroDivisionError: by nought"
    assert not scene.report.ok


def test_what_the_program_logs_as_an_error_spoils_a_step(
    scene: Scene, expected_log: Callable[[str], None]
) -> None:
    expected_log("a slot fell")

    def show() -> str:
        logging.getLogger("console.shell").error("a slot fell")
        return "all is well"

    walk(scene, Step("Look", show), Step("After", lambda: "well"))
    assert not scene.report.steps[0].ok
    assert "but the program logged: console.shell: a slot fell" in scene.report.steps[0].evidence


def test_a_step_has_the_picture_it_took_or_one_of_its_end(scene: Scene) -> None:
    def show() -> str:
        scene.show("Dialog")
        return "seen"

    walk(scene, Step("Open", show), Step("Close", lambda: "seen"))
    assert [step.picture for step in scene.report.steps] == ["01-dialog.png", "02-close.png"]


def test_repeated_steps_bear_the_number_of_their_run(scene: Scene) -> None:
    names: list[str] = []

    def show() -> str:
        names.append(scene.called("First steps"))
        return "seen"

    walk(scene, Step("Start", show), repeat=2)
    assert [step.name for step in scene.report.steps] == ["Start (1)", "Start (2)"]
    assert names == ["First steps", "First steps 2"]


def test_each_chapter_begins_on_an_empty_host_with_a_program_that_remembers_nothing(
    scene: Scene, window: MainWindow, fake_virsh: Put, tmp_path: Path
) -> None:
    """The first one fails and leaves its machine; the second does not see it."""
    left = tmp_path / "left"
    left.touch()
    scene.virsh = fake_virsh(
        f"case $command in list) [ -e {left} ] && echo web; true;; destroy) exit 1;; "
        f"undefine) rm {left};; esac"
    )
    days: list[str] = []

    def first_day() -> MainWindow:
        days.append(f"{len(scene.virsh.names())} machines")
        return window

    def look(names: list[str]) -> str:
        if scene.virsh.names() != names:
            raise NotSo(f"there are {scene.virsh.names()}")
        return "seen"

    def fail() -> str:
        look(["web"])
        raise NotSo("it is so")

    scene.first_day = first_day
    one = Chapter("One", lambda _scene: ((Step("Fail", fail),), lambda: None))
    two = Chapter("Two", lambda _scene: ((Step("Look", lambda: look([])),), lambda: None))
    Tour(scene, lambda _line: None).walk((one, two))
    assert [(step.chapter, step.ok) for step in scene.report.steps] == [
        ("One", False),
        ("Two", True),
    ]
    assert days == ["0 machines"]


def test_what_goes_wrong_between_chapters_is_told_of_the_one_before(
    scene: Scene, window: MainWindow, fake_virsh: Put
) -> None:
    scene.virsh = fake_virsh(
        "case $command in list) echo web;; undefine) echo busy >&2; exit 1;; esac"
    )
    scene.first_day = lambda: window
    walk(scene, Step("Look", lambda: "seen"), repeat=2)
    assert [(step.name, step.ok) for step in scene.report.steps] == [
        ("Look (1)", True),
        (f"{AFTERWARDS} (1)", False),
        ("Look (2)", True),
    ]
    assert scene.report.steps[1].evidence == "busy"


def test_an_interruption_is_told_and_ends_the_tour(scene: Scene) -> None:
    def show() -> str:
        raise Interrupted

    with pytest.raises(Interrupted):
        walk(scene, Step("Start", show), Step("Later", lambda: "seen"))
    assert [step.evidence for step in scene.report.steps] == ["interrupted"]
    assert told(scene)["ok"] is False


def test_a_tour_that_showed_nothing_proved_nothing(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.is_complete = True
    assert not report.ok


def test_a_machine_that_beats_does_not_stand_still(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = ShownMachine(scene, NAME)
    monkeypatch.setattr(machine, "ticks_in", lambda _seconds: 3)
    with pytest.raises(NotSo, match="3 heartbeats in 1 s"):
        machine.stands_still()
    assert replace(scene, run=3).called("x") == "x 3"
