from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import libvirt
import pytest

from backend.errors import Problem
from backend.hypervisor.embedded import plan, provision, subnets
from backend.hypervisor.embedded.record import EmbeddedHost, EmbeddedMode

REMARK = Problem("QemuRunsAsNobody", (("user", "celadon"),))


@pytest.fixture(autouse=True)
def _quiet_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing to remark, and no subnet taken: the test driver's own networks take none."""
    monkeypatch.setattr(plan, "notes", lambda _: ())
    monkeypatch.setattr(subnets, "used_subnets", lambda: ())


def host(root: Path, mode: EmbeddedMode = EmbeddedMode.SYSTEM) -> EmbeddedHost:
    return EmbeddedHost("test:///", mode, root, root / "images", "celadon", root, root, root, root)


def things(connect: Any) -> set[tuple[str, str, bool, bool]]:
    """Return what is there: name, UUID, whether it is active and whether it starts by itself."""
    found = (*connect.listAllStoragePools(), *connect.listAllNetworks())
    return {(t.name(), t.UUIDString(), bool(t.isActive()), bool(t.autostart())) for t in found}


def network(connect: Any, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(connect.networkLookupByName(name).XMLDesc())  # noqa: S314


def address(connect: Any, name: str) -> str:
    found = network(connect, name).find("ip")
    assert found is not None
    return found.attrib["address"]


class Stand:
    """Something of libvirt's with single methods replaced."""

    def __init__(self, real: Any, **methods: Any) -> None:
        self._real, self._methods = real, methods

    def __getattr__(self, name: str) -> Any:
        return self._methods.get(name) or getattr(self._real, name)


def refuse(*_: object) -> None:
    raise libvirt.libvirtError("no bridges here")


def test_a_fresh_host_gets_a_pool_and_two_networks_that_start_by_themselves(
    connect: Any, tmp_path: Path
) -> None:
    before = things(connect)
    assert provision.provision(connect, host(tmp_path)) == ()
    made = things(connect) - before
    assert {(name, active, starts) for name, _, active, starts in made} == {
        ("default", True, True),
        ("nat", True, True),
        ("isolated", True, True),
    }
    pool = connect.storagePoolLookupByName("default").XMLDesc()
    assert f"<path>{tmp_path}/images</path>" in pool


def test_what_is_there_is_left_as_it_is(connect: Any, tmp_path: Path) -> None:
    provision.provision(connect, host(tmp_path))
    before, text = things(connect), connect.networkLookupByName("nat").XMLDesc()
    assert provision.provision(connect, host(tmp_path)) == ()
    assert things(connect) == before
    assert connect.networkLookupByName("nat").XMLDesc() == text


def test_what_was_stopped_starts_and_what_was_removed_comes_back(
    connect: Any, tmp_path: Path
) -> None:
    provision.provision(connect, host(tmp_path))
    connect.networkLookupByName("nat").destroy()
    connect.storagePoolLookupByName("default").destroy()
    isolated = connect.networkLookupByName("isolated")
    isolated.destroy()
    isolated.undefine()
    assert provision.provision(connect, host(tmp_path)) == ()
    active = {name for name, _, is_active, _ in things(connect) if is_active}
    assert {"default", "nat", "isolated"} <= active


def test_only_one_network_leads_outside_and_both_give_addresses(
    connect: Any, tmp_path: Path
) -> None:
    provision.provision(connect, host(tmp_path))
    nat, isolated = network(connect, "nat"), network(connect, "isolated")
    assert nat.find("forward[@mode='nat']") is not None
    assert isolated.find("forward") is None
    assert nat.find("ip/dhcp/range") is not None
    assert isolated.find("ip/dhcp/range") is not None
    assert address(connect, "nat") != address(connect, "isolated")
    bridges = {each.find("bridge").attrib["name"] for each in (nat, isolated)}  # type: ignore[union-attr]
    assert len(bridges) == 2


def test_a_path_with_signs_of_xml_is_the_pools_all_the_same(connect: Any, tmp_path: Path) -> None:
    root = tmp_path / "R&D <old>"
    provision.provision(connect, host(root))
    pool = ElementTree.fromstring(connect.storagePoolLookupByName("default").XMLDesc())  # noqa: S314
    assert pool.findtext("target/path") == str(root / "images")


def test_without_rights_there_is_a_pool_and_a_remark_on_networks(
    connect: Any, tmp_path: Path
) -> None:
    before = things(connect)
    problems = provision.provision(connect, host(tmp_path, EmbeddedMode.SESSION))
    assert problems == (Problem("UserModeNetworking"),)
    assert {name for name, *_ in things(connect) - before} == {"default"}


def test_remarks_on_the_user_come_along(
    connect: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "notes", lambda _: (REMARK,))
    assert provision.provision(connect, host(tmp_path)) == (REMARK,)


def test_networks_that_cannot_be_defined_are_problems_and_the_pool_is_there(
    connect: Any, tmp_path: Path
) -> None:
    problems = provision.provision(Stand(connect, networkDefineXML=refuse), host(tmp_path))
    assert [problem.message_id for problem in problems] == [
        "EmbeddedNetworkFailed",
        "EmbeddedNetworkFailed",
        "UserModeNetworking",
    ]
    assert problems[0]["network"] == "nat"
    assert problems[0].detail == ("no bridges here",)
    assert connect.storagePoolLookupByName("default").isActive()


def test_a_network_that_cannot_be_active_is_shown_to_nobody(connect: Any, tmp_path: Path) -> None:
    def define(text: str) -> Any:
        return Stand(connect.networkDefineXML(text), create=refuse)

    problems = provision.provision(Stand(connect, networkDefineXML=define), host(tmp_path))
    assert "UserModeNetworking" in [problem.message_id for problem in problems]
    assert {each.name() for each in connect.listAllNetworks()} == {"default"}


def test_a_network_of_the_user_is_not_removed_because_it_does_not_start(
    connect: Any, tmp_path: Path
) -> None:
    provision.provision(connect, host(tmp_path))
    connect.networkLookupByName("isolated").destroy()

    def networks() -> list[Any]:
        return [Stand(each, create=refuse) for each in connect.listAllNetworks()]

    problems = provision.provision(Stand(connect, listAllNetworks=networks), host(tmp_path))
    assert [problem["network"] for problem in problems] == ["isolated"], "nat is as it was"
    assert connect.networkLookupByName("isolated")


def test_a_machine_without_a_free_subnet_says_so(
    connect: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subnets, "choose", lambda *_: None)
    problems = provision.provision(connect, host(tmp_path))
    assert {problem.message_id for problem in problems} == {
        "EmbeddedNetworkFailed",
        "UserModeNetworking",
    }


def test_a_pool_that_cannot_be_is_a_problem_and_the_networks_are_there(
    connect: Any, tmp_path: Path
) -> None:
    problems = provision.provision(Stand(connect, storagePoolDefineXML=refuse), host(tmp_path))
    assert problems == (
        Problem("EmbeddedPoolFailed", (("pool", "default"),), ("no bridges here",)),
    )
    assert connect.networkLookupByName("nat").isActive()
