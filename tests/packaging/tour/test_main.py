"""The command: what it takes, and that its exit status is the truth."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from celadon_tour import __main__ as command
from celadon_tour.chapters.contents import CHAPTERS, chosen
from celadon_tour.stage import Opened
from celadon_tour.tour import Chapter, Scene, Step
from PySide6.QtWidgets import QApplication, QWidget


def test_an_unknown_chapter_is_told_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.parse_arguments(["--tour", "x", "--only", "networks"])
    assert ended.value.code == command.USAGE
    assert 'there is no chapter "networks"; there is "First steps"' in capsys.readouterr().err


def test_a_chapter_is_chosen_by_words_of_its_title() -> None:
    assert chosen("") == CHAPTERS
    assert [chapter.title for chapter in chosen("steps first")] == ["First steps"]
    assert not chosen("first step")


@pytest.mark.parametrize("arguments", [["--tour"], ["--tour", "x", "--repeat", "0"]])
def test_what_cannot_be_meant_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.parse_arguments(arguments)
    assert ended.value.code == command.USAGE


@pytest.fixture
def empty_stage(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window with nothing in it, and no host."""

    @contextlib.contextmanager
    def opened(_folder: Path, _waiting: object) -> Iterator[Opened]:
        yield Opened(QWidget(), "test:///nobody", QWidget, QWidget)

    monkeypatch.setattr(command, "opened", opened)
    monkeypatch.setattr(command, "make_application", lambda: qapp)
    monkeypatch.setattr(command, "hear_qt", lambda: None)
    monkeypatch.setattr(command, "versions", lambda _virsh: {"celadon": "0"})


@pytest.mark.parametrize("state", ["running", "shut off"])
def test_the_exit_status_is_the_truth(
    empty_stage: None,
    state: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = tmp_path / "bin" / "virsh"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ncase $4 in list) echo web;; *) echo "{state}";; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")

    def begin(scene: Scene) -> object:
        # It claims to have started the machine and has done nothing.
        return (Step("Start", lambda: scene.virsh.until("web", "running", patience_s=0.1)),), list

    monkeypatch.setattr(command, "chosen", lambda _words: (Chapter("Lies", begin),))  # type: ignore[arg-type]
    folder = tmp_path / "tour"
    status = command.main(["--tour", str(folder)])
    report = json.loads((folder / "report.json").read_text())
    is_so = state == "running"
    assert (status == 0, report["ok"], report["steps"][0]["ok"]) == (is_so, is_so, is_so)
    assert set(report) == {"versions", "accelerator", "steps", "runs", "ok"}
    assert set(report["steps"][0]) == {"chapter", "name", "ok", "seconds", "evidence", "picture"}
