"""Add and Remove Device stand at machines, and open their wizards."""

from dataclasses import replace

from backend.model import Domain, DomainState, StateReason
from console.sdk.actions import Selection
from console.snapins.machines.devices.actions import actions, why_not
from console.snapins.machines.devices.add_wizard import AddDeviceWizard
from console.snapins.machines.devices.remove_wizard import RemoveDeviceWizard
from console.snapins.machines.dialogs.quick_change import DiscDialog, GrowDialog, SwitchDialog
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.devices.offers import running
from tests.console.snapins.machines.dialogs.furnished import furnished
from tests.fakes.machines import domain, host


def test_they_open_their_wizards(context: LentContext, web: Domain) -> None:
    add, remove, *_changes = actions()
    add.run(context, Selection(None, (web, running("web-02"))))
    remove.run(context, Selection(None, (web,)))
    one, two = context.dialogs
    assert isinstance(one, AddDeviceWizard)
    assert isinstance(two, RemoveDeviceWizard)
    assert add.is_for_many
    assert not remove.is_for_many


def test_they_wait_for_what_would_undo_them() -> None:
    assert why_not(running()) == ""
    assert why_not(domain("off")) == ""
    assert why_not(host()) == ""
    assert "saved state" in why_not(domain("saved", has_saved_state=True))
    held = replace(running(), state=DomainState.PAUSED, reason=StateReason.MIGRATING)
    assert why_not(held).startswith("Wait")
    assert why_not(replace(running(), reason=StateReason.NOT_ANSWERING)).startswith("It does not")


def test_the_usual_changes_are_there_where_there_is_something_to_change(
    context: LentContext, web: Domain
) -> None:
    _add, _remove, *changes = actions()
    bare = domain("bare")
    machine = furnished("a")
    assert not any(change.applies(bare) for change in changes)
    for change, dialog in zip(changes, (SwitchDialog, DiscDialog, GrowDialog), strict=True):
        assert change.applies(machine)
        change.run(context, Selection(None, (machine,)))
        assert isinstance(context.dialogs[-1], dialog)
