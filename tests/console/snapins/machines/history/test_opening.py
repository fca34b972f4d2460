"""Where the past is opened from: an action, the list of machines, an event."""

from backend.journal.entry import What, fact
from backend.model import Domain, Kind, Ref
from console.sdk.actions import Selection
from console.sdk.nodes import ScopeNode
from console.sdk.views import Message
from console.snapins.machines import places
from console.snapins.machines.history.deleted_dialog import DeletedDialog
from console.snapins.machines.history.opening import actions, leads, node_actions, open_histories
from console.snapins.machines.history.window import HistoryWindow
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.history.conftest import Open
from tests.fakes.entries import entry
from tests.fakes.machines import HOST, domain

CONFIGURED = fact(What.CONFIGURED, before="m3", after="m4")


def test_each_machine_has_one(opened: Open, context: LentContext) -> None:
    window = opened()
    assert open_histories.show(context, window.domain) is window
    assert open_histories.show(context, domain("db-01")) is not window


def test_the_action_opens_it_also_for_who_may_only_look(context: LentContext, web: Domain) -> None:
    (action,) = actions()
    action.run(context, Selection(None, (web,)))
    assert context.dialogs[-1].windowTitle() == "History of web-01"
    assert action.only_looks


def test_deleted_ones_are_brought_back_at_their_list(context: LentContext) -> None:
    (action,) = node_actions()
    node = ScopeNode(
        "machines/here",
        "",
        "Virtual Machines",
        "",
        places.MACHINES,
        Message("", ""),
        host=HOST.host,
    )
    assert action.refusal
    assert action.refusal(context, Selection(node)) == ""
    action.run(context, Selection(node))
    assert isinstance(context.dialogs[-1], DeletedDialog)
    assert action.refusal(context, Selection(None)) != ""


def test_an_event_leads_to_its_change(opened: Open, context: LentContext, web: Domain) -> None:
    window = opened()
    by_what = {lead.what: lead for lead in leads()}
    told = window.past.changes[1].entry
    assert by_what[What.CONFIGURED].open(context, told)
    assert window.table.current_key() == told.uid


def test_a_deletion_leads_to_what_was_deleted(context: LentContext) -> None:
    by_what = {lead.what: lead for lead in leads()}
    gone = Ref(HOST.host, Kind.DOMAIN, "uuid-gone")
    told = entry(fact(What.DELETED, definition="m1"), subject=gone)
    assert by_what[What.DELETED].open(context, told)
    assert isinstance(context.dialogs[-1], DeletedDialog)
    other = entry(What.DELETED, subject=gone)
    assert not by_what[What.DELETED].open(context, other), "of a switch nothing is kept"
    assert not any(isinstance(one, HistoryWindow) for one in context.dialogs)
