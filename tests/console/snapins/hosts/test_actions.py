"""What can be done at a host and at what lists what it has."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from backend.model import Host, HostState, Prompt, PromptKind
from backend.specs import HostSpec
from console.sdk import reach
from console.sdk.actions import Action, NodeAction, Selection, StandardVerb
from console.sdk.nodes import ScopeNode
from console.sdk.servers import Server
from console.sdk.views import Message
from console.snapins.hosts import actions
from console.snapins.hosts.dialogs.connect import ConnectDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import away_host, host
from tests.fakes.turning import turn

RACK = replace(away_host(), state=HostState.CONNECTED, problem=None, retry_at=None)
LEFT = replace(RACK, state=HostState.DISCONNECTED)
TRYING = replace(RACK, state=HostState.CONNECTING)


def action(action_id: str) -> Action:
    return next(action for action in actions.actions() if action.id == action_id)


def node_action(action_id: str) -> NodeAction:
    return next(action for action in actions.node_actions() if action.id == action_id)


def offered(record: Host) -> set[str]:
    return {a.id.removeprefix("host.") for a in actions.actions() if a.applies(record)}


def run(context: LentContext, action_id: str, *records: Host) -> None:
    work = action(action_id).run(context, Selection(None, records))
    if work is not None:
        context.run(work)
        turn()


def test_what_is_offered_follows_the_connection() -> None:
    listing = {"edit", "rename", "copy_uri", "remove", "refresh"}
    assert offered(RACK) == listing | {"disconnect"}
    assert offered(away_host()) == listing | {"reconnect", "disconnect"}
    assert offered(TRYING) == listing | {"reconnect", "disconnect"}
    assert offered(LEFT) == listing | {"connect"}


def test_this_computers_own_host_is_not_left_and_not_removed() -> None:
    assert offered(host()) == {"copy_uri", "refresh"}
    assert offered(host(HostState.AWAY)) == {"reconnect", "copy_uri", "refresh"}


def test_connecting_and_leaving_are_jobs_on_the_host(context: LentContext) -> None:
    for action_id in ("host.reconnect", "host.connect", "host.disconnect", "host.refresh"):
        run(context, action_id, host())
    assert [job for job, _ in context.submitted()] == [
        "host.reconnect",
        "host.reconnect",
        "host.disconnect",
        "host.refresh",
    ]


def test_why_not_now() -> None:
    reconnect, refresh = action("host.reconnect"), action("host.refresh")
    assert reconnect.refusal(away_host()) == ""
    assert "now" in reconnect.refusal(TRYING)
    asked = replace(TRYING, prompt=Prompt(1, PromptKind.PASSWORD, "root@rack-2"))
    assert "your answer" in reconnect.refusal(asked)
    assert refresh.refusal(away_host())
    assert refresh.refusal(host()) == ""
    assert refresh.verb is StandardVerb.REFRESH
    assert action("host.copy_uri").refusal(replace(host(), uri=""))


def test_a_server_is_renamed_in_the_list_alone(context: LentContext) -> None:
    spec = HostSpec("rack-2", "rack-2", "qemu+ssh://rack-2/system", "gate")
    context.servers.manage(Server(spec, is_remembered=True))
    context.texts = [" rack two "]
    run(context, "host.rename", RACK)
    assert context.engine.managed["rack-2"] == replace(spec, name="rack two")
    assert context.servers.find("rack-2") == Server(
        replace(spec, name="rack two"), is_remembered=True
    )
    (refusal,) = context.refusals
    assert refusal(" ")
    assert refusal("x" * 81)
    assert refusal("rack two") == ""


def test_the_same_name_changes_nothing(context: LentContext) -> None:
    context.texts = ["rack-2", None]
    run(context, "host.rename", RACK)
    run(context, "host.rename", RACK)
    assert context.engine.managed == {}


def test_removing_asks_and_says_what_goes_on(context: LentContext) -> None:
    context.answers = [1, 0]
    run(context, "host.remove", RACK)
    assert context.engine.forgotten == []
    run(context, "host.remove", RACK)
    assert context.engine.forgotten == ["rack-2"]
    question = context.questions[-1]
    assert "rack-2" in question.title
    assert "stay as they are" in question.text


def test_the_uri_is_copied(context: LentContext) -> None:
    run(context, "host.copy_uri", RACK, host())
    assert QGuiApplication.clipboard().text() == "qemu+ssh://rack-2/system\nqemu:///system"


def test_a_host_of_the_command_line_can_be_edited_too(context: LentContext) -> None:
    run(context, "host.edit", replace(RACK, is_read_only=True))
    (dialog,) = context.dialogs
    assert isinstance(dialog, ConnectDialog)
    server = dialog.server()
    assert (server.spec.uri, server.spec.is_read_only) == ("qemu+ssh://rack-2/system", True)
    assert not server.is_remembered


def test_another_server_can_be_had_from_everywhere(context: LentContext) -> None:
    connect = node_action(reach.CONNECT)
    assert connect.is_everywhere
    assert {"root", "host"} <= set(connect.node_types)
    connect.run(context, Selection(None))
    assert isinstance(context.dialogs[0], ConnectDialog)


def at(host_id: str) -> Selection:
    return Selection(ScopeNode("x", "", "x", "", "machines", Message("", ""), host=host_id))


def test_the_same_stands_at_the_nodes_below(
    context: LentContext, until: Callable[[Host], None]
) -> None:
    reconnect, refresh = node_action(reach.RECONNECT), node_action("node.refresh")
    connect = node_action(reach.CONNECT_AGAIN)
    assert reconnect.node_types == connect.node_types == actions.BELOW
    assert reconnect.applies
    assert connect.applies
    assert reconnect.refusal
    assert refresh.refusal
    assert not reconnect.applies(context, at("here"))
    assert refresh.refusal(context, at("here")) == ""
    refresh.run(context, at("here"))
    until(host(HostState.AWAY))
    assert reconnect.applies(context, at("here"))
    assert not connect.applies(context, at("here"))
    assert reconnect.refusal(context, at("here")) == ""
    assert refresh.refusal(context, at("here"))
    reconnect.run(context, at("here"))
    until(host(HostState.DISCONNECTED))
    assert connect.applies(context, at("here"))
    assert not reconnect.applies(context, at("here"))
    assert context.submitted() == [("host.refresh", "here"), ("host.reconnect", "here")]


def test_a_host_that_is_gone_is_left_alone(context: LentContext) -> None:
    reconnect, refresh = node_action(reach.RECONNECT), node_action("node.refresh")
    assert reconnect.applies
    assert refresh.refusal
    assert not reconnect.applies(context, at("nowhere"))
    assert refresh.refusal(context, at("nowhere"))
    refresh.run(context, at("nowhere"))
    assert context.submitted() == []
