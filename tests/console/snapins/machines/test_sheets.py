"""The sheet of a machine: what it hands in, and what it says there is."""

from backend.operations.amend import MachineChanges
from console.snapins.machines import sheets
from console.snapins.machines.sheets import GeneralPage
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


def test_only_what_was_changed_is_handed_in(context: LentContext) -> None:
    (amendment,) = sheets.amendments()
    ref = domain("web-01").ref
    amendment.submit(context, ref, {"notes": "x"})
    assert context.last().arguments == (MachineChanges(notes="x"),)
    amendment.submit(context, ref, {"name": "n", "is_autostart": False})
    assert context.last().arguments == (MachineChanges("n", is_autostart=False),)
    assert context.last().operation == "amend.machine"


def test_the_facts_name_what_it_is_made_of(context: LentContext) -> None:
    page = GeneralPage(context)
    rows = {row.label: row.value for row in page.facts(domain("web-01"))}
    assert rows["Identity"] == "uuid-web-01"
    assert rows["Machine type"] == "q35"
    assert rows["Generation"] == "2 (UEFI)"
