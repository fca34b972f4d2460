"""The list of jobs: of this session and of those before it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.errors import StartFailed
from backend.jobs import Job, JobState
from backend.journal.entry import Author, AuthorKind, PastJob
from console.shell.jobs_list import JobsList, Show, Told, cells
from tests.fakes.machines import domain

ADA = Author(AuthorKind.CELADON, "ada", "rack-1", 1)
FAILED = StartFailed(name="web", detail=("line one", "line two")).problem


def job(number: int, state: JobState, **more: object) -> Job:
    ref = domain("web").ref
    return Job(number, "domain.start", ref, "web", state, 1000.0, **more)  # type: ignore[arg-type]


@pytest.fixture
def jobs(qtbot: QtBot) -> JobsList:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    jobs = JobsList(lambda host: f"<{host}>")
    qtbot.addWidget(jobs)
    return jobs


def shown(jobs: JobsList) -> list[str]:
    return [item.text(2) for item in jobs._items() if not item.isHidden()]


def test_newest_first_and_one_line_each(jobs: JobsList) -> None:
    jobs.show_jobs((job(1, JobState.RUNNING), job(2, JobState.RUNNING)))
    jobs.show_jobs((job(1, JobState.DONE, ended_at=1002.0),))
    assert shown(jobs) == ["Running", "Done"]
    last = jobs.topLevelItem(1)
    assert last is not None
    assert (last.text(1), last.text(5)) == ("<here>", "2 s")


def test_a_failure_is_told_in_words_with_its_detail_below(jobs: JobsList) -> None:
    jobs.show_jobs((job(1, JobState.FAILED, ended_at=1001.0, problem=FAILED),))
    item = jobs.topLevelItem(0)
    assert item is not None
    assert "web" in item.text(2)
    detail = item.child(0)
    assert detail is not None
    assert detail.text(0) == "line one\nline two"


def test_jobs_of_before_stand_below_each_once(jobs: JobsList) -> None:
    jobs.show_jobs((job(1, JobState.DONE, ended_at=1001.0),))
    failed = replace(job(1, JobState.FAILED, problem=FAILED), started_at=900.0, ended_at=901.0)
    past = PastJob(7, failed, ADA)
    jobs.add_past((past, replace(past, uid=8)))
    jobs.add_past((past,))
    assert jobs.topLevelItemCount() == 3
    item = jobs.topLevelItem(1)
    assert item is not None
    assert item.text(3) == "ada@rack-1"


def test_one_that_was_cut_off_says_so(jobs: JobsList) -> None:
    told = Told(job(1, JobState.RUNNING), was_cut_off=True)
    assert "ended before" in cells(told, str)[2]


def test_only_those_that_run_or_failed(jobs: JobsList) -> None:
    jobs.show_jobs((job(1, JobState.RUNNING), job(2, JobState.DONE, ended_at=1001.0)))
    jobs.add_past(
        (
            PastJob(7, job(3, JobState.FAILED, ended_at=1001.0, problem=FAILED), ADA),
            PastJob(8, job(4, JobState.RUNNING), ADA, was_cut_off=True),
        )
    )
    jobs.filter(Show.RUNNING)
    assert shown(jobs) == ["Running"]
    jobs.filter(Show.FAILED)
    assert len(shown(jobs)) == 2
    jobs.filter(Show.ALL)
    assert len(shown(jobs)) == 4


def test_what_has_ended_can_be_cleared_away_and_comes_again(jobs: JobsList) -> None:
    jobs.show_jobs((job(1, JobState.RUNNING), job(2, JobState.DONE, ended_at=1001.0)))
    jobs.clear_ended(2000.0)
    assert shown(jobs) == ["Running"]
    jobs.show_jobs((job(1, JobState.DONE, ended_at=2001.0),))
    assert shown(jobs) == ["Done"]
    jobs.clear_ended(0.0)
    assert len(shown(jobs)) == 2


def test_lines_are_copied_with_their_details(jobs: JobsList) -> None:
    jobs.show_jobs((job(1, JobState.FAILED, ended_at=1001.0, problem=FAILED),))
    jobs.selectAll()
    QTest.keyClick(jobs, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first, *details = QGuiApplication.clipboard().text().splitlines()
    assert first.split("\t")[:2] == ["Starting web", "<here>"]
    assert details == ["\tline one", "\tline two"]


def test_one_of_this_session_is_not_told_twice(jobs: JobsList) -> None:
    mine = job(1, JobState.DONE, ended_at=1001.0)
    jobs.show_jobs((mine,))
    other = replace(mine, started_at=999.0)
    jobs.add_past((PastJob(7, mine, ADA), PastJob(8, other, ADA)))
    assert jobs.topLevelItemCount() == 2


def test_an_empty_list_says_why(jobs: JobsList) -> None:
    assert "stands here" in jobs.empty_words()
    jobs.show_jobs((job(1, JobState.DONE, ended_at=1001.0),))
    assert jobs.empty_words() == ""
    jobs.filter(Show.FAILED)
    assert "has failed" in jobs.empty_words()


def test_a_file_that_was_left_is_named(jobs: JobsList) -> None:
    failed = replace(job(1, JobState.FAILED, problem=FAILED), unused=("/i/a", "/i/b"))
    assert cells(Told(failed), str)[2].endswith(". It left /i/a, /i/b.")
    assert "left" not in cells(Told(replace(failed, state=JobState.RUNNING, problem=None)), str)[2]
