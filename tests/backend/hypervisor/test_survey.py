"""What a host looks like in libvirt's own words."""

from typing import Any

from backend.hypervisor import survey


def test_of_the_host_and_all_it_has(connect: Any) -> None:
    host = dict(survey.host_descriptions(connect))
    assert "<capabilities>" in host["capabilities"]
    things = {(kind, name) for kind, name, _xml in survey.thing_descriptions(connect)}
    assert ("machines", "test") in things
    assert ("machines-next-start", "test") in things
    assert ("networks", "default") in things
    assert ("storage", "default-pool") in things


def test_versions_are_numbers_with_dots(connect: Any) -> None:
    told = survey.versions(connect)
    assert told["libvirt"].count(".") == 2
    assert told["hypervisor"].upper().startswith("TEST ")
