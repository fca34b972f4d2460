import asyncio

import pytest

from backend.errors import EffectNotSeen
from backend.inventory import Inventory
from backend.model import Change, Domain, DomainState, Host, HostState, Kind, Network, Ref

HOST = Ref("h", Kind.HOST, "h")
REF = Ref("h", Kind.DOMAIN, "u1")


def domain(key: str = "u1", state: DomainState = DomainState.OFF, host: str = "h") -> Domain:
    return Domain(Ref(host, Kind.DOMAIN, key), f"m-{key}", state)


def is_running(record: object) -> bool:
    return isinstance(record, Domain) and record.state is DomainState.RUNNING


def test_an_equal_record_is_no_change() -> None:
    inventory, heard = Inventory(), list[Change]()
    inventory.subscribe(heard.append)
    assert inventory.put(domain()) == Change(REF, None, domain())
    assert inventory.put(domain()) is None
    assert len(heard) == 1


def test_a_change_says_before_and_after() -> None:
    inventory = Inventory()
    inventory.put(domain())
    running = domain(state=DomainState.RUNNING)
    assert inventory.put(running) == Change(REF, domain(), running)
    assert inventory.drop(REF) == Change(REF, running, None)
    assert inventory.drop(REF) is None


def test_who_unsubscribed_hears_no_more() -> None:
    inventory, heard = Inventory(), list[Change]()
    inventory.subscribe(heard.append)()
    inventory.put(domain())
    assert heard == []


def test_a_listing_replaces_only_its_kind_and_host() -> None:
    inventory = Inventory()
    network = Network(Ref("h", Kind.NETWORK, "n"), "nat", "nat", is_active=True)
    for record in (domain("u1"), domain("u2"), domain("u1", host="other"), network):
        inventory.put(record)
    inventory.replace("h", Kind.DOMAIN, [domain("u2"), domain("u3")])
    assert {d.ref.key for d in inventory.all(Domain, "h")} == {"u2", "u3"}
    assert {d.ref.key for d in inventory.all(Domain, "other")} == {"u1"}
    assert inventory.get(network.ref) == network


def test_a_host_leaves_with_all_it_has_and_is_the_last_to_go() -> None:
    inventory, heard = Inventory(), list[Change]()
    there = Host(HOST, "This computer", "", HostState.CONNECTED)
    for record in (there, domain("u1"), domain("u1", host="other"), domain("u2")):
        inventory.put(record)
    inventory.subscribe(heard.append)
    inventory.drop_host("h")
    assert [change.ref.key for change in heard] == ["u1", "u2", "h"]
    assert not [*inventory.all(Domain, "h"), *inventory.all(Host, "h")]
    assert inventory.everything() == tuple(inventory.all(Domain, "other"))


def test_a_record_is_found_only_as_what_it_is() -> None:
    inventory = Inventory()
    inventory.put(Host(HOST, "This computer", "", HostState.CONNECTED))
    assert inventory.find(HOST, Domain) is None
    assert inventory.find(HOST, Host)


async def test_until_returns_at_once_what_holds_already() -> None:
    inventory = Inventory()
    inventory.put(domain(state=DomainState.RUNNING))
    assert await inventory.until(REF, is_running, deadline_s=0.01)


async def test_until_waits_for_the_change() -> None:
    inventory = Inventory()
    inventory.put(domain())
    asyncio.get_running_loop().call_soon(inventory.put, domain("u2", DomainState.RUNNING))
    asyncio.get_running_loop().call_later(0.01, inventory.put, domain(state=DomainState.RUNNING))
    assert await inventory.until(REF, is_running, deadline_s=5) == domain(state=DomainState.RUNNING)


async def test_until_sees_absence() -> None:
    inventory = Inventory()
    inventory.put(domain())
    asyncio.get_running_loop().call_soon(inventory.drop, REF)
    assert await inventory.until(REF, lambda record: record is None, deadline_s=5) is None


async def test_until_gives_up_and_listens_no_more() -> None:
    inventory = Inventory()
    with pytest.raises(EffectNotSeen):
        await inventory.until(REF, is_running, deadline_s=0.01)
    inventory.put(domain(state=DomainState.RUNNING))  # nobody is left to be told
