"""What a hypervisor says that it can make (https://libvirt.org/formatdomaincaps.html)."""

from dataclasses import dataclass

from backend.xmldesc import tree


@dataclass(frozen=True, slots=True)
class DomainCapabilities:
    """What a machine of one type can have; 0 processors: it does not say."""

    vcpus_maximum: int
    has_uefi: bool
    has_secure_boot: bool


def parse(text: str) -> DomainCapabilities:
    """Read a <domainCapabilities>. Raises DescriptionRefused for what is no XML."""
    root = tree.read(text)
    most = tree.attribute(root, "vcpu", "max", "0")
    return DomainCapabilities(
        vcpus_maximum=int(most) if most.isdigit() else 0,
        has_uefi="efi" in _values(root, "os/enum[@name='firmware']"),
        has_secure_boot="yes" in _values(root, "os/loader[@supported='yes']/enum[@name='secure']"),
    )


def _values(root: tree.Element, path: str) -> set[str]:
    found = root.find(path)
    return set() if found is None else {value.text or "" for value in found.iterfind("value")}
