"""Sockets, dies, cores and threads, whose product libvirt wants to be the number of processors."""

from collections.abc import Mapping
from typing import Final

from backend.errors import Problem
from backend.objections import TopologyUnfit
from backend.settings import Field
from backend.xmldesc import tree
from backend.xmldesc.settings.lens import drop

_PATH: Final = "cpu/topology"
PARTS: Final[Mapping[Field, str]] = {
    Field.PROCESSOR_SOCKETS: "sockets",
    Field.PROCESSOR_DIES: "dies",
    Field.PROCESSOR_CORES: "cores",
    Field.PROCESSOR_THREADS: "threads",
}
"""The attributes that a processor's place is told by, the largest part first."""


def complete(domain: tree.Element) -> None:
    """Fill in what was left unset of a topology: libvirt wants sockets, cores and threads."""
    found = domain.find(_PATH)
    if found is None:
        return
    if not {"sockets", "cores", "threads"} & set(found.attrib) and _part(found, "dies") == 1:
        drop(found, domain)
        return
    for name in ("cores", "threads"):
        if name not in found.attrib:
            found.set(name, "1")
    if "sockets" not in found.attrib:
        processors = int(tree.text_of(domain, "vcpu", "1"))
        found.set("sockets", str(max(1, processors // _product(found))))


def problem(domain: tree.Element) -> Problem | None:
    """Return why libvirt would not take the topology; None: it would."""
    found = domain.find(_PATH)
    processors = int(tree.text_of(domain, "vcpu", "1"))
    if found is None or _product(found) == processors:
        return None
    return TopologyUnfit(product=_product(found), processors=processors).problem


def _product(topology: tree.Element) -> int:
    product = 1
    for name in topology.attrib:
        product *= _part(topology, str(name))
    return max(1, product)


def _part(topology: tree.Element, name: str) -> int:
    text = str(topology.get(name, "1"))
    return max(1, int(text)) if text.isdigit() else 1
