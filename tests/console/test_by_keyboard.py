"""Everything can be done by keys: what is offered anywhere is offered everywhere, and is seen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backend.model import Domain
from console.bridge.door import Bridge
from console.program import snapins
from console.sdk.more_tabs import MoreTabs
from console.sdk.tabs import TabbedView
from console.shell.bars import context_menu, fill_action_menu
from console.shell.palette.sources import Deeds
from console.shell.session import Session
from console.shell.settings import Settings
from console.shell.theme import Appearance, Theme
from console.shell.window import MainWindow
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import room
from tests.fakes.turning import turn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, offscreen
STOPS_MAXIMUM = 120


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """The real snap-ins over the small machine room."""
    settings = Settings(tmp_path_factory.mktemp("home") / "console.json")
    theme = Theme(qapp, Appearance.LIGHT)
    session = Session(Bridge(FakeEngine(*room())), snapins(), settings, theme)
    made = session.begin()
    made.resize(1500, 950)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: len(list(made.bridge.mirror.records(Domain))) > 5)
    yield made
    session.end()


def standings(window: MainWindow) -> Iterator[str]:
    """Stand on each node, and on the first things of its list; yield where one is."""
    for node in list(window.scope.nodes()):
        window.guide.navigate(node.id)
        yield node.text or "root"
        page = window.panes.result.list
        if page:
            for record in page.area.model.records[:4]:
                window.guide.navigate(node.id, record.ref)
                yield f"{node.text}: {record.ref.key}"


def texts(menu: QMenu) -> set[str]:
    return {action.text() for action in menu.actions() if action.isVisible() and action.text()}


def test_what_one_place_offers_all_of_them_do(window: MainWindow) -> None:
    """The actions pane, the Action menu, the context menus and the palette."""
    deeds = Deeds(window.actions_of, window.scope, window.bridge.mirror, window.show_notice)
    count = 0
    for where in standings(window):
        entries = [entry for group in window.actions_of.groups for entry in group.entries]
        offered = {entry.action.text for entry in entries}
        menu = QMenu(window)
        fill_action_menu(menu, window.actions_of)
        context = texts(context_menu(window, window.actions_of, ("selection", "node")))
        found = {find.title for find in deeds.here()}
        turn()
        pane = {
            button.text().strip()
            for button in window.panes.actions_pane.findChildren(QToolButton)
            if button.defaultAction() and button.defaultAction().isVisible()
        }
        assert offered == context == found, where
        assert not offered - texts(menu), where
        assert not {text.removesuffix("...") for text in offered} - {
            text.removesuffix("...") for text in pane
        }, where
        count += len(offered)
    assert count > 100


def test_no_two_things_that_can_be_done_share_their_keys(window: MainWindow) -> None:
    for where in standings(window):
        taken: dict[str, str] = {}
        for action in window.actions():
            for keys in action.shortcuts() if action.isEnabled() else ():
                text = keys.toString(QKeySequence.SequenceFormat.PortableText)
                assert text not in taken, f"{where}: {text} is {taken[text]} and {action.text()}"
                taken[text] = action.text()


def test_each_menu_of_the_menu_bar_has_a_letter_of_its_own(window: MainWindow) -> None:
    letters = [QKeySequence.mnemonic(a.text()).toString() for a in window.menuBar().actions()]
    assert all(letters)
    assert len(letters) == len(set(letters))


def stops(window: MainWindow) -> list[QWidget]:
    """Return where Tab leads, until it comes round."""
    found: list[QWidget] = []
    window.panes.tree.setFocus()
    for _ in range(STOPS_MAXIMUM):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in found:
            return found
        found.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        turn()
    raise AssertionError(f"Tab never comes round: {found}")


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_keyboard_is_seen_wherever_tab_leads(
    window: MainWindow, appearance: Appearance
) -> None:
    window.session.set_appearance(appearance)
    first = next(window.bridge.mirror.records(Domain))
    page = window.panes.result.list
    assert page
    page.area.choose([first.ref])
    turn()
    found = stops(window)
    assert len(found) > 15
    unseen = [_called(stop) for stop in found if not _shows_focus(window, stop)]
    assert unseen == []


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"


def _shows_focus(window: MainWindow, widget: QWidget) -> bool:
    for area in window.findChildren(QScrollArea):
        if area.isAncestorOf(widget):
            area.ensureWidgetVisible(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    turn()
    with_focus = _picture(window, widget)
    widget.clearFocus()
    turn()
    return with_focus != _picture(window, widget)


def _picture(window: MainWindow, widget: QWidget) -> QImage:
    place = widget.rect().translated(widget.mapTo(window, QPoint(0, 0)))
    return window.grab(place.adjusted(-2, -2, 2, 2)).toImage()


def test_tab_goes_as_one_reads(window: MainWindow) -> None:
    """From the tree to the result, and from there to the actions."""
    found = stops(window)
    panes = (window.panes.tree, window.panes.result, window.panes.actions_pane)

    def pane_of(widget: QWidget) -> int:
        inside = [i for i, pane in enumerate(panes) if pane is widget or pane.isAncestorOf(widget)]
        return inside[0] if inside else -1

    order = [number for number in map(pane_of, found) if number >= 0]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2}
    among = [pane_of(widget) for widget in found]
    assert among[: len(order)] == order, "bars come between them"


def test_what_is_made_late_stands_where_one_reads_it(window: MainWindow) -> None:
    """Qt has Tab come to new pages last, after the bars."""
    first = next(window.bridge.mirror.records(Domain))
    for node in list(window.scope.nodes()):
        if node.text in {"Virtual Machines", first.name}:
            window.guide.navigate(node.id)
            turn()
            parts = [window._part_of(stop) for stop in stops(window)]
            turning = parts.index(min(parts))
            assert parts[turning:] + parts[:turning] == sorted(parts), node.text


def test_tabs_come_before_their_page(window: MainWindow) -> None:
    first = next(window.bridge.mirror.records(Domain))
    window.guide.navigate(next(n.id for n in window.scope.nodes() if n.text == first.name))
    view = window.panes.result.form
    assert isinstance(view, TabbedView)
    for page in ("performance", "storage"):
        view.bring_forward(page)
        turn()
        found = [stop for stop in stops(window) if view.isAncestorOf(stop)]
        assert found[0] is view.tabs.tabBar()
        assert view.tabs.currentWidget().isAncestorOf(found[-1])


def test_shift_tab_goes_the_same_way_back(window: MainWindow) -> None:
    there = stops(window)
    back = []
    for _ in there:
        back.append(QApplication.focusWidget())
        QTest.keyClick(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert back[1:] == there[:0:-1]


def test_tabs_for_which_there_is_no_room_are_one_stop(window: MainWindow) -> None:
    first = next(window.bridge.mirror.records(Domain))
    node = next(n for n in window.scope.nodes() if n.text == first.name)
    window.guide.navigate(node.id)
    window.resize(900, 700)
    turn()
    view = window.panes.result.form
    assert isinstance(view, TabbedView)
    assert view.more.hidden()
    assert [stop for stop in stops(window) if isinstance(stop, MoreTabs)] == [view.more]
    assert [stop for stop in stops(window) if isinstance(stop.parentWidget(), QTabBar)] == []


def test_shift_f10_opens_the_menu_of_what_has_the_keyboard(window: MainWindow) -> None:
    window.panes.tree.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Quick Create..." in texts(menu)
    menu.close()


@pytest.mark.parametrize("place", ["tree", "list", "tabs"])
def test_the_menu_key_opens_what_can_be_done(window: MainWindow, place: str) -> None:
    first = next(window.bridge.mirror.records(Domain))
    page = window.panes.result.list
    assert page
    assert page.details
    page.area.choose([first.ref])
    turn()
    if place == "tree":
        window.panes.tree.setFocus()
    elif place == "list":
        page.area.pane.setFocus()
    else:
        page.details.take_focus()
    focus = QApplication.focusWidget()
    assert focus is not None
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), focus.mapToGlobal(QPoint(5, 5))
    )
    QApplication.sendEvent(focus, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert texts(menu) & {"Edit Notes...", "Quick Create..."}
    menu.close()


@pytest.fixture
def slow_hands(qapp: QApplication) -> Iterator[None]:
    """Have letters be of one word however late they come: on a busy computer, that is."""
    before = qapp.keyboardInputInterval()
    qapp.setKeyboardInputInterval(60_000)
    yield
    qapp.setKeyboardInputInterval(before)


@pytest.mark.usefixtures("slow_hands")
def test_letters_lead_to_a_row_in_tree_and_list(window: MainWindow) -> None:
    page = window.panes.result.list
    assert page
    QTest.keyClicks(page.area.pane, "web")
    assert page.area.pane.currentIndex().siblingAtColumn(0).data() == "web-01"
    QTest.keyClicks(window.panes.tree, "db")
    assert window.panes.tree.currentIndex().data() == "db-01"


def test_letters_lead_to_an_entry_of_a_menu(window: MainWindow) -> None:
    first = next(r for r in window.bridge.mirror.records(Domain) if r.name == "web-01")
    page = window.panes.result.list
    assert page
    page.area.choose([first.ref])
    menu = context_menu(window, window.actions_of)
    menu.popup(QPoint(10, 10))
    QTest.keyClicks(menu, "turn")
    marked = menu.activeAction()
    assert marked is not None
    assert marked.text() == "Turn Off..."
    menu.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_Up])
def test_the_row_that_one_stands_on_is_chosen_where_keys_lead_no_further(
    window: MainWindow, key: Qt.Key
) -> None:
    page = window.panes.result.list
    assert page
    pane = page.area.pane
    first, chosen = pane.model().index(0, 0), pane.selectionModel()
    pane.setFocus()
    chosen.setCurrentIndex(first, chosen.SelectionFlag.NoUpdate)
    chosen.clearSelection()
    QTest.keyClick(pane, key)
    assert chosen.isRowSelected(0)
    turn()
    assert {group.id for group in window.actions_of.groups} >= {"selection"}


def test_f6_goes_round_the_panes_and_back(window: MainWindow) -> None:
    window.panes.tree.take_focus()
    seen = []
    for _ in range(8):
        QTest.keyClick(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert window.panes.tree in seen
    forward = seen[-1]
    QTest.keyClick(window, Qt.Key.Key_F6)
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is forward


def test_no_widget_takes_the_keyboard_without_a_name(window: MainWindow) -> None:
    for _where in standings(window):
        mute = [
            _called(widget)
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not isinstance(widget, QLabel)
            and not (widget.accessibleName() or widget.property("text"))
            and not widget.inherits("QTabBar")
        ]
        assert mute == []
