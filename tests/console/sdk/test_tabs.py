from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.sdk.forms import DetailView
from console.sdk.tabs import TabbedView
from console.sdk.views import DetailPage
from tests.console.snapins.lent import LentContext
from tests.fakes.engine import FakeEngine
from tests.fakes.machines import domain, room


def tabbed(qtbot: QtBot) -> tuple[LentContext, TabbedView]:
    context = LentContext(FakeEngine(*room()), qtbot)
    view = TabbedView(context)
    qtbot.addWidget(view)
    view.set_pages([DetailPage(name, name, DetailView) for name in ("one", "two", "three")])
    return context, view


def awake(view: TabbedView) -> list[str]:
    return [name for name, page in view.built.items() if page.is_awake]


def test_pages_are_built_when_they_are_seen(qtbot: QtBot) -> None:
    context, view = tabbed(qtbot)
    view.set_record(domain("web-01", DomainState.RUNNING))
    assert view.built == {}
    view.wake()
    assert awake(view) == ["one"]
    view.bring_forward("three")
    assert (view.current, awake(view)) == ("three", ["three"])
    page = view.built["three"]
    assert page.record == view.record
    view.set_record(None)
    assert awake(view) == []
    context.close()


def test_a_page_that_is_not_there_is_not_brought_forward(qtbot: QtBot) -> None:
    context, view = tabbed(qtbot)
    view.set_record(domain("web-01"))
    view.wake()
    view.bring_forward("no such page")
    assert view.current == "one"
    context.close()


def test_a_refresh_reaches_the_page_in_front(qtbot: QtBot) -> None:
    context, view = tabbed(qtbot)
    view.set_record(domain("web-01"))
    view.wake()
    drawn: list[object] = []
    view.built["one"].show_record = drawn.append  # type: ignore[method-assign,assignment]
    view.refresh()
    assert drawn == [view.record]
    view.take_focus()
    context.close()
