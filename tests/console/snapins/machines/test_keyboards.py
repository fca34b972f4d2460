"""Which keyboard a guest probably has, and which was chosen for it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from backend.display.layouts import layout
from backend.model import DomainState
from console.snapins.machines import keyboards
from tests.console.snapins.lent import LentMemory
from tests.fakes.machines import domain

REF = domain("web-01", DomainState.RUNNING).ref


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only file that says something, and nothing else does."""
    path = tmp_path / "keyboard"
    monkeypatch.setattr(keyboards, "_FILES", (tmp_path / "none", path))
    monkeypatch.delenv("XKB_DEFAULT_LAYOUT", raising=False)
    monkeypatch.setattr(QLocale, "system", staticmethod(QLocale.c))
    return path


def test_all_that_are_offered_are_there() -> None:
    assert [name for name in keyboards.keyboards() if layout(name) is None] == []


@pytest.mark.parametrize(
    "text",
    ['XKBMODEL="pc105"\nXKBLAYOUT="de,us"\n', "XKBLAYOUT=de\n", ' Option "XkbLayout" "de,fr"\n'],
)
def test_this_computer_says_so(file: Path, text: str) -> None:
    file.write_text(text)
    assert keyboards.guessed() == "de"


def test_who_sets_it_in_the_environment_means_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("XKBLAYOUT=de")
    monkeypatch.setenv("XKB_DEFAULT_LAYOUT", "fr,us")
    assert keyboards.guessed() == "fr"


def test_else_the_country_does_and_else_nobody(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("XKBLAYOUT=klingon")
    assert keyboards.guessed() == "us"
    swiss = QLocale(QLocale.Language.German, QLocale.Country.Switzerland)
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: swiss))
    assert keyboards.guessed() == "ch"


def test_what_was_chosen_counts_more(file: Path) -> None:
    file.write_text("XKBLAYOUT=de")
    memory = LentMemory()
    assert keyboards.chosen_for(memory, REF).name == "de"
    keyboards.choose(memory, REF, "pl")
    assert keyboards.chosen_for(memory, REF).name == "pl"
    keyboards.choose(memory, REF, "klingon")
    assert keyboards.chosen_for(memory, REF).name == "de"
