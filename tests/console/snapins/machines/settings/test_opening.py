"""One sheet a machine: brought forward when it is asked for again."""

import pytest

from backend.model import Domain
from console.sdk.actions import Selection
from console.snapins.machines.settings.opening import actions, open_sheets
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.settings.conftest import Open
from tests.fakes.machines import domain


def test_asked_again_it_is_the_same(opened: Open, context: LentContext, web: Domain) -> None:
    sheet = opened()
    assert open_sheets.show(context, web) is sheet
    assert len(context.dialogs) == 1
    assert open_sheets.show(context, domain("web-02")) is not sheet


def test_closed_it_is_made_anew(opened: Open, context: LentContext, web: Domain) -> None:
    sheet = opened()
    sheet.reject()
    assert open_sheets.show(context, web) is not sheet


def test_the_action_opens_it_also_for_who_may_only_look(context: LentContext, web: Domain) -> None:
    (action,) = actions()
    action.run(context, Selection(None, (web,)))
    assert context.dialogs[-1].windowTitle() == "Settings of web-01"
    assert action.only_looks


@pytest.mark.parametrize("page", ["processor/", "nowhere/"])
def test_it_opens_on_the_page_that_was_asked_for(
    opened: Open, context: LentContext, web: Domain, page: str
) -> None:
    sheet = opened()
    open_sheets.show(context, web).turn_to(page)
    assert (sheet.list.key == page) is (page == "processor/")
