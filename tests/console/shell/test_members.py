"""The records that belong to a list."""

from dataclasses import replace

from backend.model import Change, Domain, Record
from console.shell.members import Members
from tests.fakes.machines import domain, host
from tests.fakes.snapin import machines_view


def members(*records: Record) -> Members:
    view = replace(machines_view("here"), belongs=lambda machine: not machine.notes)
    found = Members(view)
    found.load(records)
    return found


def change(before: Domain | None, after: Domain | None) -> Change:
    known = before or after
    assert known
    return Change(known.ref, before, after)


def test_only_what_belongs_is_taken_in() -> None:
    web, noted = domain("web"), replace(domain("db"), notes="x")
    known = members(web, noted, host())
    assert known.records() == (web,)
    assert (len(known), known.hosts()) == (1, {web.ref.host})
    assert known.rows([noted.ref, web.ref]) == [known.row(web.ref)]


def test_they_come_change_and_go() -> None:
    known, web = members(), domain("web")
    row = known.follow(change(None, web))
    assert row is known.row(web.ref)
    changed = replace(web, is_autostart=True)
    assert known.follow(change(web, changed)) is row
    assert known.records() == (changed,)
    assert known.follow(change(changed, replace(changed, notes="x"))) is row
    assert (known.records(), known.hosts()) == ((), set())
    assert known.follow(change(changed, None)) is None


def test_the_order_of_names_follows() -> None:
    known, web = members(domain("b"), domain("a")), domain("c")
    assert [row.record for row in known.named()] == [domain("a"), domain("b")]
    known.follow(change(None, web))
    assert known.named()[-1].record == web
    renamed = replace(web, name="0")
    known.follow(change(web, renamed))
    for row in known.rows([web.ref]):
        row.stand_for(renamed)
    assert [row.record for row in known.named()] == [renamed, domain("a"), domain("b")]


def test_a_host_is_there_while_any_record_is_of_it() -> None:
    one, two = domain("a"), domain("b")
    known = members(one, two)
    known.follow(change(one, None))
    assert known.hosts() == {two.ref.host}
    known.follow(change(two, None))
    assert known.hosts() == set()
