"""Hosts are kept under a name that outlives their id."""

from backend.journal.places import Places
from backend.model import Kind, Ref
from tests.backend.journal.conftest import VM, entry


def test_what_is_kept_comes_back_under_the_id_of_today() -> None:
    yesterday, today = Places(), Places()
    yesterday.name("t", "spec-1")
    kept = yesterday.kept(entry())
    assert kept.subject == Ref("spec-1", Kind.DOMAIN, VM.key)
    assert today.told([kept]) == (), "its host is not managed"
    today.name("u", "spec-1")
    (told,) = today.told([kept])
    assert told.subject == Ref("u", Kind.DOMAIN, VM.key)


def test_a_host_that_was_not_named_is_its_own_place() -> None:
    places = Places()
    assert places.inward(places.outward(VM)) == VM
