from ipaddress import IPv4Network

from hypothesis import given
from hypothesis import strategies as st

from backend.hypervisor.embedded import subnets

TRIE = """Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     |-- 128.0.0.0
        /1 universe UNICAST
     +-- 192.0.2.0/24 2 0 2
        |-- 192.0.2.0
           /24 link UNICAST
        |-- 192.0.2.2
           /32 host LOCAL
Id 51820:
     |-- 10.0.0.0
        /8 universe UNICAST
"""


def test_routes_of_every_table_count_but_default_routes_do_not() -> None:
    found = set(subnets.parse_trie(TRIE))
    assert found == {
        IPv4Network("192.0.2.0/24"),
        IPv4Network("192.0.2.2/32"),
        IPv4Network("10.0.0.0/8"),
    }


@given(st.integers(0, 2**32), st.lists(st.integers(17, 24), max_size=8))
def test_the_choice_overlaps_nothing(seed: int, lengths: list[int]) -> None:
    first = subnets.choose(seed, ())
    assert first is not None
    used = [first.supernet(new_prefix=length) for length in lengths]
    choice = subnets.choose(seed, used)
    assert choice is not None
    assert choice.prefixlen == 24
    assert not any(choice.overlaps(other) for other in used)
    assert not choice.overlaps(IPv4Network("192.168.122.0/24"))


def test_a_machine_without_room_gets_none() -> None:
    assert subnets.choose(1, [IPv4Network("0.0.0.0/0")]) is None


def test_hosts_begin_their_search_at_different_places() -> None:
    assert subnets.choose(1, ()) != subnets.choose(2, ())
