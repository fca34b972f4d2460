"""What is told when a job failed."""

from backend.errors import ShutdownTimedOut
from backend.jobs import Job, JobState
from console.shell.failures import failure_notice
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.machines import domain


def test_it_says_why_and_offers_what_can_be_done_now(shell: MainWindow) -> None:
    problem = ShutdownTimedOut(name="web-01", seconds=60, detail=("its own words",)).problem
    ref = domain("web-01").ref
    job = Job(1, "domain.shutdown", ref, "web-01", JobState.FAILED, 0.0, problem=problem)
    notice = failure_notice(job, problem, shell.bridge.mirror, shell.actions_of)
    assert notice.title == "Shutting down web-01 failed"
    assert notice.detail == ("its own words",)
    assert [text for text, _act in notice.offers] == ["Turn Off"]
    notice.offers[0][1]()
    assert snapin.calls == [("machine.turnoff", ("uuid-web-01",))]


def test_of_what_is_gone_nothing_is_offered(shell: MainWindow) -> None:
    problem = ShutdownTimedOut(name="gone", seconds=60).problem
    job = Job(1, "domain.shutdown", domain("gone").ref, "gone", JobState.FAILED, 0.0)
    assert failure_notice(job, problem, shell.bridge.mirror, shell.actions_of).offers == ()
