"""Names, one or many, and where disks are made."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.refusals import PoolInactive
from console.snapins.machines.creation.name_page import numbered
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import MEANS, Opener
from tests.fakes.machines import domain


@pytest.mark.parametrize(
    ("pattern", "count", "names"),
    [
        ("web", 1, ("web",)),
        ("web-#", 1, ("web-#",)),
        ("web", 2, ("web-1", "web-2")),
        ("#-web", 2, ("1-web", "2-web")),
        ("web-##", 2, ("web-01", "web-02")),
    ],
)
def test_the_number_has_its_place(pattern: str, count: int, names: tuple[str, ...]) -> None:
    assert numbered(pattern, count) == names


def test_without_a_location_there_is_no_disk(opened: Opener) -> None:
    page = opened(replace(MEANS, pools=())).name
    assert page.judge()[0].startswith("The server has no storage location")


def test_a_location_that_will_not_do_says_why(opened: Opener) -> None:
    full = replace(MEANS.pools[0], problem=PoolInactive(name="default").problem)
    page = opened(replace(MEANS, pools=(full,))).name
    assert page.judge()[1] is page.pool.remark


def test_names_come_and_go_while_it_is_open(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    page = opened().name
    page.name.setText("fresh")
    assert not page.judge()[0]
    context.engine.put(domain("fresh"))
    qtbot.waitUntil(lambda: bool(page.judge()[0]))
    assert page.judge()[1] is page.name_remark
