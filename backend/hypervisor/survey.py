"""What a host and all that it has look like in libvirt's own words, for a report. Blocking.

Never with VIR_DOMAIN_XML_SECURE: what libvirt itself withholds is not asked for.
"""

from collections.abc import Callable, Iterator
from typing import Any

import libvirt

Connect = Any  # libvirt.virConnect: the binding has no types
_NEXT_START = libvirt.VIR_DOMAIN_XML_INACTIVE


def host_descriptions(connect: Connect) -> Iterator[tuple[str, str]]:
    """Yield (name, XML) of what the host can do; what it cannot tell is left out."""
    questions: tuple[tuple[str, Callable[[], str]], ...] = (
        ("capabilities", connect.getCapabilities),
        ("domain-capabilities", lambda: connect.getDomainCapabilities(None, None, None, None, 0)),
    )
    for name, ask in questions:
        if told := _try(ask):
            yield name, told


def thing_descriptions(connect: Connect) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, name, XML) of machines, networks and storage pools."""
    for domain in connect.listAllDomains(0):
        yield from _described("machines", domain, lambda d: d.XMLDesc(0))
        if domain.isActive() and domain.isPersistent():
            yield from _described("machines-next-start", domain, lambda d: d.XMLDesc(_NEXT_START))
    for network in connect.listAllNetworks(0):
        yield from _described("networks", network, lambda n: n.XMLDesc(0))
    for pool in connect.listAllStoragePools(0):
        yield from _described("storage", pool, lambda p: p.XMLDesc(0))


def versions(connect: Connect) -> dict[str, str]:
    """Return the versions of the hypervisor and of its libvirt, "8.2.1"."""
    return {
        "libvirt": _dotted(connect.getLibVersion()),
        "hypervisor": f"{connect.getType()} {_dotted(connect.getVersion())}",
    }


def _described(kind: str, thing: Any, ask: Callable[[Any], str]) -> Iterator[tuple[str, str, str]]:
    if told := _try(lambda: ask(thing)):
        yield kind, str(thing.name()), told


def _try(ask: Callable[[], str]) -> str:
    try:
        return str(ask())
    except libvirt.libvirtError:
        return ""  # gone meanwhile, or not known to this hypervisor


def _dotted(number: int) -> str:
    return f"{number // 1_000_000}.{number // 1000 % 1000}.{number % 1000}"
