"""`person` at whatever window a test shows; `fake_virsh` answers what the test says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from celadon_tour.evidence import Virsh
from celadon_tour.person import Person
from celadon_tour.waiting import Waiting
from PySide6.QtWidgets import QApplication

from tests.fakes.turning import gui_tasks

__all__ = ["gui_tasks"]


@pytest.fixture
def person(qapp: QApplication) -> Person:
    return Person(Waiting())


@pytest.fixture
def fake_virsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Virsh]:
    """Return a function that puts a virsh in force: a shell script that sees `$command`."""

    def put(script: str) -> Virsh:
        program = tmp_path / "bin" / "virsh"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\nshift 3; command=$1\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=":")
        return Virsh("test:///nobody")

    return put
