"""The program's own log: bounded, without secrets, and no trouble where it cannot be."""

import logging
from pathlib import Path

import pytest

from console.shell import logbook
from console.shell.logbook import FILES_KEPT, logging_to, own_logs

log = logging.getLogger("console.test")


def test_what_is_logged_is_in_a_file_of_this_session(tmp_path: Path) -> None:
    with logging_to(tmp_path / "state") as path:
        log.info("connected to qemu+tcp://ada:hunter2xyz@rack/system")
        logging.getLogger("elsewhere").info("not wanted")
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert "INFO console.test: connected" in text
    assert "hunter2xyz" not in text
    assert "not wanted" not in text
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(own_logs(tmp_path / "state")) == [path.name]


def test_who_listened_before_hears_what_it_heard(tmp_path: Path) -> None:
    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        with logging_to(tmp_path):
            log.info("for the file alone")
        log.info("for nobody")
    finally:
        root.removeHandler(handler)
    assert heard == []


def test_it_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "FILE_BYTES", 1000)
    for number in range(FILES_KEPT + 5):
        (tmp_path / f"console-2020010{number:02}-000000-1.log").write_text("old")
    with logging_to(tmp_path):
        for number in range(100):
            log.info("line %d %s", number, "x" * 50)
    files = list(tmp_path.iterdir())
    assert len(files) <= FILES_KEPT + 1
    assert sum(file.stat().st_size for file in files) < 5000


def test_without_a_place_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with logging_to(tmp_path / "file") as path:
        log.info("to nobody")
    assert path is None
    assert own_logs(tmp_path / "none") == {}
