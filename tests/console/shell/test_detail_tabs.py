"""The tabs below the list."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.sdk import afterwards
from console.shell import detail_tabs
from console.shell.detail_tabs import DetailTabs
from console.shell.window import MainWindow
from console.widgets.plane import Plane
from tests.console.shell.steps import choose, names, page
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain


def tabs(shell: MainWindow) -> DetailTabs:
    details = page(shell).details
    assert details is not None
    return details


def _point_at(seen: QWidget) -> None:
    where = QPointF(5, 5)
    QApplication.sendEvent(seen, QEnterEvent(where, where, where))


def test_pages_are_built_when_seen_and_only_that_one_is_awake(shell: MainWindow) -> None:
    assert tabs(shell).view.built == {}
    choose(shell, "web-01")
    assert [p.is_awake for p in tabs(shell).view.built.values()] == [True]
    tabs(shell).bring_forward("other")
    assert [p.is_awake for p in tabs(shell).view.built.values()] == [False, True]
    assert tabs(shell).current == "other"


def test_the_page_in_front_is_built_and_made_ready_before_anybody_looks(
    shell: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail_tabs, "PREPARED_MS", 0)
    _point_at(page(shell))
    qtbot.waitUntil(lambda: tabs(shell).is_ready)
    assert list(tabs(shell).view.built) == ["summary"]
    (plane,) = tabs(shell).findChildren(Plane)
    made = plane._graph
    assert made is not None
    built = tabs(shell).view.built["summary"]
    assert not built.is_awake
    assert not built.isVisible()
    laid_out = built.size()
    choose(shell, "web-01")
    qtbot.waitUntil(plane.isVisible)
    assert tabs(shell).view.built["summary"].is_awake
    assert plane._graph is made
    assert built.size() == laid_out


def test_nothing_is_made_ready_where_there_is_nothing_to_look_at_or_it_was_looked_at(
    shell: MainWindow, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail_tabs, "PREPARED_MS", 0)
    page(shell).set_filter("nothing is called so")
    _point_at(page(shell))
    qtbot.waitUntil(lambda: not tabs(shell)._preparation.isActive())
    assert (tabs(shell).is_ready, tabs(shell).view.built) == (False, {})
    page(shell).set_filter("")
    choose(shell, "web-01")
    drawn = tabs(shell).view.built["summary"].record
    qtbot.waitUntil(lambda: tabs(shell).is_ready)
    assert tabs(shell).view.built["summary"].record is drawn


def test_nothing_is_made_ready_before_a_hand_is_near(
    shell: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail_tabs, "PREPARED_MS", 0)
    tabs(shell).sleep()
    tabs(shell).wake()
    assert not tabs(shell)._preparation.isActive()
    _point_at(page(shell))
    assert tabs(shell)._preparation.isActive()
    QApplication.sendEvent(page(shell), QEvent(QEvent.Type.Leave))
    assert not tabs(shell)._preparation.isActive()
    assert tabs(shell).view.built == {}


def test_it_is_made_ready_where_keys_came_to_the_list_but_not_because_the_window_did(
    shell: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail_tabs, "PREPARED_MS", 0)
    came, lists = QEvent.Type.FocusIn, page(shell).area.pane
    QApplication.sendEvent(lists, QFocusEvent(came, Qt.FocusReason.ActiveWindowFocusReason))
    assert not tabs(shell)._preparation.isActive()
    QApplication.sendEvent(lists, QFocusEvent(came, Qt.FocusReason.TabFocusReason))
    assert tabs(shell)._preparation.isActive()
    QApplication.sendEvent(lists, QFocusEvent(QEvent.Type.FocusOut))
    assert not tabs(shell)._preparation.isActive()


def test_what_takes_long_to_draw_was_drawn_once_and_comes_after_the_facts(
    shell: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail_tabs, "PREPARED_MS", 0)
    drawn: list[bool] = []
    monkeypatch.setattr(Plane, "_settle", lambda plane: drawn.append(plane.isVisible()))
    _point_at(page(shell))
    qtbot.waitUntil(lambda: tabs(shell).is_ready)
    assert drawn == [True]
    choose(shell, "web-01")
    assert tabs(shell).view.isVisible()
    assert drawn == [True]
    afterwards.at_once()
    assert drawn == [True, True]


def test_several_or_none_have_no_details(shell: MainWindow) -> None:
    assert tabs(shell)._hint.isVisibleTo(shell)
    choose(shell, "web-01", "web-02")
    assert tabs(shell)._hint.text().startswith("2 selected: web-01, web-02.")
    choose(shell, *names(shell))
    assert "9 selected" in tabs(shell)._hint.text()


def test_of_many_the_first_are_named() -> None:
    text = detail_tabs._several(tuple(domain(f"vm-{number}") for number in range(1, 21)))
    assert "20 selected: vm-1, vm-2, " in text
    assert "vm-12 and 8 more." in text
