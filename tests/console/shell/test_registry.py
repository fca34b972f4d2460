"""The registry decides what can be done; nobody else does."""

from dataclasses import replace
from typing import cast

import pytest

from backend.model import DomainState
from console.sdk.actions import Selection
from console.sdk.context import Context
from console.sdk.snapin import SnapIn
from console.shell.registry import Registry
from console.shell.scope_model import root_node
from tests.fakes.machines import domain, host
from tests.fakes.snapin import host_nodes, snapin

NOWHERE = cast("Context", None)


def test_groups_have_the_names_of_node_and_record() -> None:
    registry = Registry((snapin(),))
    node = host_nodes(host())[1]
    one = registry.groups(NOWHERE, Selection(node, (domain("web"),)))
    assert [group.title for group in one] == ["Virtual Machines", "web"]
    two = registry.groups(NOWHERE, Selection(node, (domain("web"), domain("db"))))
    assert two[1].title == "2 selected"
    assert registry.groups(NOWHERE, Selection(root_node())) == ()


def test_only_what_is_free_to_go_goes() -> None:
    registry = Registry((snapin(),))
    running, off = domain("web", DomainState.RUNNING), domain("db")
    entry = registry.find(NOWHERE, Selection(None, (running, off)), "machine.delete")
    assert entry is not None
    assert entry.refusal == ""
    assert entry.selection.records == (off,)
    entry = registry.find(NOWHERE, Selection(None, (running,)), "machine.delete")
    assert entry is not None
    assert entry.refusal == "Turn it off first."


def test_an_id_is_taken_once() -> None:
    actions = snapin().actions
    with pytest.raises(ValueError, match="taken twice"):
        Registry((SnapIn("a", "A", actions=actions), SnapIn("b", "B", actions=actions)))


def test_follow_ups_by_message() -> None:
    registry = Registry((snapin(),))
    assert registry.follow_ups("ShutdownTimedOut") == ("machine.turnoff",)
    assert registry.follow_ups("Gone") == ()


def test_what_is_everywhere_is_found_from_everywhere() -> None:
    registry = Registry((snapin(),))
    away, here = Selection(root_node()), Selection(host_nodes(host())[0])
    for selection in (away, here, Selection(None)):
        assert [entry.id for entry in registry.everywhere(NOWHERE, selection)] == ["hosts.connect"]
        assert registry.find(NOWHERE, selection, "hosts.connect")
    (group,) = registry.groups(NOWHERE, here)
    assert "hosts.connect" in [entry.id for entry in group.entries]


def test_who_may_only_look_changes_nothing() -> None:
    looks = replace(snapin().actions[0], id="looks", only_looks=True)
    looking = SnapIn("looking", "Looking", actions=(looks,))
    registry = Registry((snapin(), looking), lambda host: "Only look." if host == "here" else "")
    node = replace(host_nodes(host())[1], host="here")
    groups = registry.groups(NOWHERE, Selection(node, (domain("web", DomainState.RUNNING),)))
    refusals = {entry.id: entry.refusal for group in groups for entry in group.entries}
    assert refusals.pop("looks") == ""
    assert set(refusals.values()) == {"Only look."}
    elsewhere = registry.groups(NOWHERE, Selection(replace(node, host="there")))
    assert {entry.refusal for group in elsewhere for entry in group.entries} == {""}
