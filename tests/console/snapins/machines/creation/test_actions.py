"""What makes machines stands at the list of them and at their host, where that is there."""

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.model import Host, HostState
from console.sdk.actions import Selection
from console.sdk.nodes import ScopeNode
from console.sdk.views import Message
from console.snapins.machines.creation import actions
from console.snapins.machines.creation.wizard import NewMachineWizard
from console.snapins.machines.dialogs.define import DefineDialog
from console.snapins.machines.dialogs.import_disk import ImportDialog
from console.snapins.machines.dialogs.quick_create import QuickCreateDialog
from console.snapins.machines.packages.import_dialog import ImportMachineDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import host


def node(node_id: str) -> ScopeNode:
    host = node_id.partition(":")[2]
    return ScopeNode(node_id, "", "x", "", "machines", Message("", ""), host=host)


def test_each_stands_at_the_list_and_at_the_host(context: LentContext) -> None:
    here = Selection(node("machines:here"))
    kinds = (
        NewMachineWizard, QuickCreateDialog, ImportMachineDialog, ImportDialog, DefineDialog,
    )  # fmt: skip
    for row, kind in zip(actions.node_actions(), kinds, strict=True):
        assert row.node_types == ("machines", "host")
        row.run(context, here)
        assert isinstance(context.dialogs[-1], kind)
    row = actions.node_actions()[0]
    assert row.refusal
    assert row.refusal(context, here) == ""
    assert row.refusal(context, Selection(node("machines:rack-2")))


def test_they_wait_for_the_host(
    context: LentContext, qtbot: QtBot, until: Callable[[Host], None]
) -> None:
    until(host(HostState.AWAY))
    row = actions.node_actions()[0]
    assert row.refusal
    assert row.refusal(context, Selection(node("machines:here")))


def test_a_host_that_may_only_be_looked_at_gets_nothing_new(
    context: LentContext, until: Callable[[Host], None]
) -> None:
    until(replace(host(), is_read_only=True))
    for row in actions.node_actions():
        assert row.refusal
        assert "only look" in row.refusal(context, Selection(node("machines:here")))
