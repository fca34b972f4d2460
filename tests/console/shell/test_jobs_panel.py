"""The jobs of this session."""

from pytestqt.qtbot import QtBot

from backend.errors import StartFailed
from backend.jobs import Job, JobState
from console.shell.jobs_panel import JobsPanel
from tests.fakes.machines import domain


def job(number: int, state: JobState, **more: object) -> Job:
    ref = domain("web").ref
    return Job(number, "domain.start", ref, "web", state, 1000.0, **more)  # type: ignore[arg-type]


def test_newest_first_and_one_line_each(qtbot: QtBot) -> None:
    panel = JobsPanel()
    qtbot.addWidget(panel)
    panel.show_jobs((job(1, JobState.RUNNING), job(2, JobState.RUNNING)))
    panel.show_jobs((job(1, JobState.DONE, ended_at=1002.0),))
    assert panel.topLevelItemCount() == 2
    last = panel.topLevelItem(1)
    assert last is not None
    assert last.text(1) == "Done"
    assert last.text(3) == "2 s"


def test_a_failure_is_told_in_words_and_unfolds_to_its_detail(qtbot: QtBot) -> None:
    panel = JobsPanel()
    qtbot.addWidget(panel)
    problem = StartFailed(name="web", detail=("line one", "line two")).problem
    panel.show_jobs((job(1, JobState.FAILED, ended_at=1001.0, problem=problem),))
    item = panel.topLevelItem(0)
    assert item is not None
    assert "web" in item.text(1)
    detail = item.child(0)
    assert detail is not None
    assert detail.text(0) == "line one\nline two"
    panel.unfold(1)
    assert item.isExpanded()
