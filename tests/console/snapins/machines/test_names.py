"""Names are judged while one types, with a reason."""

import pytest

from console.snapins.machines import names
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain


@pytest.mark.parametrize("name", ["web-09", "Büro 3", "a.b_c"])
def test_a_free_name_will_do(context: LentContext, name: str) -> None:
    assert names.refusal(name, "here", context.lookup) == ""


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("", "Type a name"),
        ("web-01", "already"),
        ("a/b", "slash"),
        (" a", "slash"),
        ("a" * 201, "200"),
    ],
)
def test_what_will_not_do_has_a_reason(context: LentContext, name: str, part: str) -> None:
    assert part in names.refusal(name, "here", context.lookup)


def test_a_name_is_taken_on_its_own_host_only(context: LentContext) -> None:
    assert names.refusal("web-01", "rack-2", context.lookup) == ""


def test_a_machine_may_keep_its_own_name(context: LentContext) -> None:
    assert names.refusal("web-01", "here", context.lookup, domain("web-01").ref) == ""


def test_the_proposal_is_free(context: LentContext) -> None:
    assert names.proposal("here", context.lookup) == "New Virtual Machine"
    first = domain("New Virtual Machine")
    context.lookup._records[type(first)][first.ref] = first
    assert names.proposal("here", context.lookup) == "New Virtual Machine 2"
    assert names.proposal("here", context.lookup, "shop") == "shop"
    assert names.proposal("here", context.lookup, "web-01") == "web-01 2"
