"""The support bundle: what is in it, and that no secret is."""

import errno
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import Problem
from backend.jobs import Job, JobState
from backend.operations.support import Paper
from console.shell import bundle
from tests.fakes.machines import away_host, domain, host

MARK = "hunter2xyz"


def test_versions_name_what_runs() -> None:
    text = bundle.versions().text
    for name in ("Celadon", "Python 3", "Qt 6", "Kernel", "libvirt-python"):
        assert name in text


def test_hosts_with_their_problems() -> None:
    problem = Problem("HostAway", (("host", "rack-2"),), (f"password={MARK}",))
    away = replace(away_host(), uri=f"qemu+tcp://ada:{MARK}@rack-2/system", problem=problem)
    text = bundle.hosts_told((host(), away)).text
    assert MARK not in text
    assert "HostAway: There is no connection to rack-2." in text


def test_jobs_and_how_they_ended() -> None:
    problem = Problem("StartFailed", (("name", "web"),), (f"qemu: password={MARK}",))
    ref = domain("web").ref
    job = Job(1, "domain.start", ref, "web", JobState.FAILED, 1.0, 2.0, problem=problem)
    text = bundle.jobs_told((job,)).text
    assert MARK not in text
    told = json.loads(text)
    assert (told["operation"], told["state"]) == ("domain.start", "failed")
    assert told["sentence"].startswith("“web” did not start")


def test_names_are_left_out_of_places_and_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "ada")
    monkeypatch.setenv("HOME", "/home/ada")
    names = bundle.names_of((host(), away_host()))
    paper = Paper("hosts/rack-2/a.xml", "this-computer, rack-2, /home/ada/x of ada, data, root")
    told = names.leave_out(paper)
    assert told.place == "hosts/host-2/a.xml"
    assert told.text == "host-1, host-2, ~/x of user, data, root"


def test_a_zip_is_written_whole_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    papers = (Paper("versions.txt", "1"), Paper("hosts/a/ü.xml", "<a>ü</a>"))
    assert bundle.write(path, papers) == ""
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(path) as found:
        assert found.namelist() == ["versions.txt", "hosts/a/ü.xml"]
        assert found.read("hosts/a/ü.xml").decode() == "<a>ü</a>"
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "no room"), (errno.EROFS, "not write"), (errno.EIO, "Input/output error")],
)
def test_a_disk_that_refuses_is_said_in_words_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, word: str
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    why = bundle.write(tmp_path / "a.zip", (Paper("a", "b"),))
    assert word in why
    assert str(tmp_path) in why
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said() -> None:
    assert "is not there" in bundle.write(Path("/nonexistent/a.zip"), ())
