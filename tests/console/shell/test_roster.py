"""Who stands in a list."""

from dataclasses import replace

from backend.model import Change
from console.bridge.mirror import Mirror
from console.sdk.views import Cell
from console.shell.roster import Roster
from tests.fakes.machines import domain
from tests.fakes.snapin import machines_view


def test_cells_are_made_when_looked_at_and_kept() -> None:
    view = machines_view("here")
    made: list[str] = []

    def cell(machine: object, _lookup: object) -> Cell:
        made.append(str(machine))
        return Cell("x")

    counted = replace(view, columns=(replace(view.columns[0], cell=cell), *view.columns[1:]))
    roster = Roster(counted, Mirror())
    roster.load([domain("a"), domain("b")])
    assert made == []
    (row, _other) = roster.members.rows([domain("a").ref, domain("b").ref, domain("no").ref])
    roster.cell(row, 0)
    roster.cell(row, 0)
    assert len(made) == 1


def test_one_that_no_longer_belongs_goes() -> None:
    view = replace(machines_view("here"), belongs=lambda machine: not machine.notes)
    roster = Roster(view, Mirror())
    web = domain("web")
    roster.follow(Change(web.ref, None, web))
    assert roster.members.records() == (web,)
    roster.follow(Change(web.ref, web, replace(web, notes="x")))
    assert roster.members.records() == ()
