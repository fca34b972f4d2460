"""The sheet of a host."""

from dataclasses import replace

from backend.errors import Problem
from console.snapins.hosts import sheets
from console.snapins.hosts.sheets import GeneralPage
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import host


def test_it_says_what_the_host_is_and_what_one_should_know(context: LentContext) -> None:
    (page,) = sheets.pages()
    assert page.build is GeneralPage
    found = replace(host(), notes=(Problem("UserModeNetworking"),))
    rows = {row.label: row.value for row in GeneralPage(context).facts(found)}
    assert rows["URI"] == "qemu:///system"
    assert "virtual switch" in rows["Remarks"]
    assert GeneralPage(context).fields == []
