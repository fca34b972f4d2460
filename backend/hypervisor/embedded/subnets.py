"""Finds an IPv4 subnet that nobody on this machine uses; pure but for reading /proc."""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network
from pathlib import Path

_TRIE = Path("/proc/net/fib_trie")
# In every routing table: "|-- 192.0.2.0" and, on a line of its own, "/24 link UNICAST".
_LEAF = re.compile(r"\|-- (\d+\.\d+\.\d+\.\d+)\s*$")
_PREFIX = re.compile(r"^\s*/(\d+) ")
# A default route, also one split in parts as VPNs do, takes nothing that is asked for by name.
_SHORTEST_PREFIX = 8
# What others choose by habit, even if it is not up at the moment: libvirt, Vagrant, Docker.
_HABITUAL = ("192.168.121.0/24", "192.168.122.0/24", "192.168.123.0/24", "172.17.0.0/16")
_SPACES = ("192.168.128.0/17", "172.24.0.0/13", "10.64.0.0/10")


def used_subnets() -> tuple[IPv4Network, ...]:
    """Return every subnet with a route or an address here, in any routing table."""
    try:
        return tuple(parse_trie(_TRIE.read_text()))
    except OSError:
        return ()


def parse_trie(text: str) -> Iterator[IPv4Network]:
    """Yield the subnets in the kernel's /proc/net/fib_trie, default routes left out."""
    leaf: str | None = None
    for line in text.splitlines():
        if found := _LEAF.search(line):
            leaf = found.group(1)
        elif leaf and (found := _PREFIX.match(line)):
            length = int(found.group(1))
            if length >= _SHORTEST_PREFIX:
                yield IPv4Network((leaf, length), strict=False)


def choose(seed: int, used: Iterable[IPv4Network]) -> IPv4Network | None:
    """Return a free /24; None if there is none.

    `seed` sets where the search begins, so hosts that are not up at the same time differ too.
    """
    taken = [*used, *(IPv4Network(subnet) for subnet in _HABITUAL)]
    for space in map(ipaddress.IPv4Network, _SPACES):
        subnets = 1 << (24 - space.prefixlen)
        for step in range(subnets):
            number = (seed + step) % subnets
            candidate = IPv4Network((int(space.network_address) + (number << 8), 24))
            if not any(candidate.overlaps(other) for other in taken):
                return candidate
    return None
