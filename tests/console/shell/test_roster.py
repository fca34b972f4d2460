"""Who stands in a list."""

from dataclasses import replace

from backend.model import Change, DomainState
from console.bridge.mirror import Mirror
from console.sdk.views import Cell
from console.shell.arrangement import Arrangement
from console.shell.lines import Heading
from console.shell.query.fields import Fields
from console.shell.query.grammar import parse
from console.shell.registry import name_of
from console.shell.roster import Roster
from tests.fakes.machines import domain, reading
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


def test_another_grouping_has_headings_of_its_own() -> None:
    view = machines_view("here")
    roster = Roster(view, Mirror())
    roster.load([replace(domain("web"), notes="front"), replace(domain("db"), notes="back")])

    def headings(group: str) -> list[str]:
        roster.arrange(Arrangement((), sort="name", group=group))
        return [line.text for line in roster.lines() if isinstance(line, Heading)]

    assert headings("notes") == ["back", "front"]
    assert headings("name") == ["db", "web"]
    assert headings("notes") == ["back", "front"]


def test_what_is_counted_of_those_asked_for_by_a_figure_follows_it() -> None:
    mirror, web = Mirror(), domain("web", DomainState.RUNNING)
    roster = Roster(machines_view("here"), mirror)
    mirror.apply_change(Change(web.ref, None, web))
    roster.follow(Change(web.ref, None, web))
    roster.ask(parse("cpu>80", Fields.of(machines_view("here").columns)))
    for at, (cpu, count) in enumerate(((0.9, 1), (0.1, 0), (0.9, 1))):
        mirror.apply_samples([reading(web.ref, float(at), cpu=cpu)])
        roster.look_again()
        assert roster.tally.count() == count


def test_words_are_found_however_they_are_written() -> None:
    roster = Roster(machines_view("here"), Mirror())
    roster.load([domain("Web-01"), domain("db")])
    for word in ("web", "WEB", "Web"):
        roster.ask(parse(word, Fields.of(machines_view("here").columns)))
        assert [name_of(row.record) for row in roster.ordered()] == ["Web-01"]
    roster.ask(parse("db", Fields.of(machines_view("here").columns)))
    assert [name_of(row.record) for row in roster.ordered()] == ["db"], "each question is a new one"
