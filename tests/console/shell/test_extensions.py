from typing import Any

from backend.model import Kind
from console.sdk.forms import DetailView
from console.sdk.nodes import ScopeNode
from console.sdk.snapin import Extension, SnapIn
from console.sdk.views import DetailPage, FormView, Heading, ListView, Message, View
from console.shell.extensions import Extensions
from tests.fakes.machines import domain

OWN = DetailPage("own", "Own", DetailView)
ADDED = DetailPage("added", "Added", DetailView)
SNAPINS = (SnapIn("x", "X", extensions=(Extension((Kind.DOMAIN, Kind.HOST), ADDED),)),)
REF = domain("web-01").ref


def extended(view: View) -> View:
    node = ScopeNode("id", "", "text", "ph.x", "type", view)
    return Extensions(SNAPINS).extended(node).view


def list_of(kind: Kind) -> ListView:  # type: ignore[type-arg]
    heading: Heading[Any] = Heading(lambda _r, _l: {}, lambda _s, _l: "")
    return ListView(kind, lambda _r: True, (), Message("", ""), heading, details=(OWN,))


def test_pages_are_added_to_lists_and_forms_of_their_kind() -> None:
    found = extended(list_of(Kind.DOMAIN))
    assert isinstance(found, ListView)
    assert found.details == (OWN, ADDED)
    form = extended(FormView(DetailView, REF, (OWN,)))
    assert isinstance(form, FormView)
    assert form.pages == (OWN, ADDED)


def test_others_stay_as_they_are() -> None:
    other, plain, message = list_of(Kind.NETWORK), FormView(DetailView, REF), Message("", "")
    for view in (other, plain, message):
        assert extended(view) is view


def test_equal_nodes_stay_equal() -> None:
    view = list_of(Kind.DOMAIN)
    assert extended(view) == extended(view)
