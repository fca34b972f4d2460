"""Reconnect and Refresh, at the host and at what lists what it has."""

from collections.abc import Callable

from backend.model import Host, HostState
from console.sdk import reach
from console.sdk.actions import Selection, StandardVerb
from console.sdk.nodes import ScopeNode
from console.sdk.views import Message
from console.snapins.hosts import actions
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import away_host, host


def test_they_are_jobs_on_the_host(context: LentContext) -> None:
    for action in actions.actions():
        action.run(context, Selection(None, (host(),)))
    assert context.submitted() == [("host.reconnect", "here"), ("host.refresh", "here")]


def test_a_host_that_is_away_is_reconnected_and_not_refreshed() -> None:
    reconnect, refresh = actions.actions()
    assert reconnect.applies(away_host())
    assert reconnect.refusal(away_host()) == ""
    assert not reconnect.applies(host())
    assert refresh.refusal(away_host())
    assert refresh.refusal(host()) == ""
    assert refresh.verb is StandardVerb.REFRESH


def test_a_host_that_is_tried_now_says_so() -> None:
    reconnect, _refresh = actions.actions()
    assert reconnect.applies(host(HostState.CONNECTING))
    assert "now" in reconnect.refusal(host(HostState.CONNECTING))


def at(host_id: str) -> Selection:
    return Selection(ScopeNode("x", "", "x", "", "machines", Message("", ""), host=host_id))


def test_the_same_stands_at_the_nodes_below(
    context: LentContext, until: Callable[[Host], None]
) -> None:
    reconnect, refresh = actions.node_actions()
    assert (reconnect.id, reconnect.node_types) == (reach.RECONNECT, actions.BELOW)
    assert reconnect.applies
    assert reconnect.refusal
    assert refresh.refusal
    assert not reconnect.applies(context, at("here"))
    assert refresh.refusal(context, at("here")) == ""
    refresh.run(context, at("here"))
    until(host(HostState.AWAY))
    assert reconnect.applies(context, at("here"))
    assert (reconnect.refusal(context, at("here")), bool(refresh.refusal(context, at("here")))) == (
        "",
        True,
    )
    reconnect.run(context, at("here"))
    assert context.submitted() == [("host.refresh", "here"), ("host.reconnect", "here")]


def test_a_host_that_is_gone_is_left_alone(context: LentContext) -> None:
    reconnect, refresh = actions.node_actions()
    assert reconnect.applies
    assert refresh.refusal
    assert not reconnect.applies(context, at("nowhere"))
    assert refresh.refusal(context, at("nowhere"))
    refresh.run(context, at("nowhere"))
    assert context.submitted() == []
