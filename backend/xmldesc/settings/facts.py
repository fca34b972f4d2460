"""What a host has to choose from, read from its capabilities.

https://libvirt.org/formatdomaincaps.html, https://libvirt.org/formatcaps.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backend.xmldesc import tree

KIB = 1024


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a file that is to be put into a drive.

    `user` is who has it already, "" for nobody; `format` QEMU's word for what it is, "" where
    nobody can tell. `keeps_owner`: it stays whose it is while QEMU reads it.
    """

    user: str = ""
    format: str = ""
    keeps_owner: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a host has. Sizes are bytes; empty, 0 or None is not known, and is held against nobody.

    `offers` are the words that its hypervisor takes for a kind of device ("tpm/backendModel").
    `cpu_models` are the models that it knows, and whether it can run them. `pages` are the sizes of
    huge pages with how many are there; `switches` its virtual switches, and whether each is on,
    `vlan_switches` those of them whose adapters can each be in a VLAN.
    `files` are those that are to be put into a drive.
    `is_embedded`: the host is started by Celadon.
    """

    memory_bytes: int = 0
    processors: int = 0
    vcpus_maximum: int = 0
    offers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cpu_models: Mapping[str, bool] = field(default_factory=dict)
    pages: Mapping[int, int] = field(default_factory=dict)
    machines: tuple[str, ...] = ()
    has_iommu: bool | None = None
    has_sev: bool | None = None
    switches: tuple[tuple[str, bool], ...] = ()
    vlan_switches: frozenset[str] = frozenset()
    filters: tuple[str, ...] = ()
    files: Mapping[str, File] = field(default_factory=dict)
    is_embedded: bool = False

    def lacks(self, path: str, word: str) -> bool:
        """Return whether the hypervisor is known not to take a word."""
        return path in self.offers and word not in self.offers[path]


def parse(facts: Facts, abilities: str, capabilities: str, architecture: str) -> Facts:
    """Return facts with what <domainCapabilities> and <capabilities> add; "" adds nothing."""
    if abilities:
        facts = _with_abilities(facts, tree.read(abilities))
    if capabilities:
        facts = _with_capabilities(facts, tree.read(capabilities), architecture)
    return facts


def _with_abilities(facts: Facts, root: tree.Element) -> Facts:
    offers = {}
    for enum in root.iterfind(".//enum"):
        parent = enum.getparent()
        tag = "" if parent is None else str(parent.tag)
        offers[f"{tag}/{enum.get('name')}"] = frozenset(str(v.text) for v in enum.iter("value"))
    modes = root.findall("cpu/mode")
    if modes:
        offers["cpu/mode"] = frozenset(
            str(mode.get("name")) for mode in modes if mode.get("supported") == "yes"
        )
    maximum = tree.attribute(root, "vcpu", "max")
    return replace(
        facts,
        vcpus_maximum=int(maximum) if maximum.isdigit() else 0,
        offers=offers,
        cpu_models={
            str(model.text): model.get("usable") != "no"
            for model in root.iterfind("cpu/mode[@name='custom']/model")
        },
        has_sev=_supported(root, "features/sev"),
    )


def _supported(root: tree.Element, path: str) -> bool | None:
    word = tree.attribute(root, path, "supported")
    return None if not word else word == "yes"


def _with_capabilities(facts: Facts, root: tree.Element, architecture: str) -> Facts:
    sizes = (int(str(p.get("size", "0"))) * KIB for p in root.iterfind("host/cpu/pages"))
    pages = dict.fromkeys(sorted(sizes)[1:], 0)
    for found in root.iterfind("host/topology/cells/cell/pages"):
        size = int(str(found.get("size", "0"))) * KIB
        if size in pages and str(found.text).isdigit():
            pages[size] += int(str(found.text))
    iommu = tree.attribute(root, "host/iommu", "support")
    return replace(
        facts,
        pages=pages,
        has_iommu=None if not iommu else iommu == "yes",
        machines=tuple(
            dict.fromkeys(
                str(machine.text)
                for machine in root.iterfind(f"guest/arch[@name='{architecture}']/machine")
                if not machine.get("canonical")
            )
        ),
    )
