"""Reconnect and Refresh."""

from console.sdk.actions import Selection, StandardVerb
from console.snapins.hosts import actions
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import away_host, host


def test_they_are_jobs_on_the_host(context: LentContext) -> None:
    for action in actions.actions():
        action.run(context, Selection(None, (host(),)))
    assert context.submitted() == [("host.reconnect", "here"), ("host.refresh", "here")]


def test_a_host_that_is_away_is_reconnected_and_not_refreshed() -> None:
    reconnect, refresh = actions.actions()
    assert reconnect.refusal(away_host()) == ""
    assert refresh.refusal(away_host())
    assert refresh.refusal(host()) == ""
    assert refresh.verb is StandardVerb.REFRESH
