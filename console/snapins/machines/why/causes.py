"""How each cause reads: what is examined, what is so where it is found, and what helps then."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QCoreApplication

from backend.diagnosis.causes import Cause
from backend.diagnosis.examine import Finding
from backend.measures import Of
from backend.model import Domain
from console.snapins.machines.pages.performance import adapter_name


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one cause. "{device}" in `found` is the processor, drive or adapter."""

    title: str
    icon: str
    found: str
    advice: str


@cache
def words() -> Mapping[Cause, Told]:
    """Return the words of each cause."""
    return {**_memory(), **_processors(), **_drives(), **_adapters()}


def found(finding: Finding, domain: Domain) -> str:
    """Return what is so, as a sentence without its end."""
    told = words()[finding.cause].found
    return told.format(device=device(finding.cause.of, finding.device, domain))


def device(of: Of, name: str, domain: Domain) -> str:
    """Return what a device is called within a sentence."""
    if of is Of.PROCESSOR:
        return _tr("processor {number}").format(number=name)
    if of is Of.DRIVE:
        return _tr("drive {target}").format(target=name)
    return adapter_name(domain, name) if of is Of.ADAPTER else ""


def _memory() -> Mapping[Cause, Told]:
    return {
        Cause.HOST_MEMORY: Told(
            _tr("Memory of the server"),
            "ph.desktop-tower",
            _tr("The server is short of memory"),
            _tr(
                "All that runs there waits until memory is freed, or comes back from swap. Turn "
                "machines off, move some to another server, or give them less memory."
            ),
        ),
        Cause.BALLOON: Told(
            _tr("Memory in the balloon"),
            "ph.arrows-in",
            _tr("The balloon has taken memory that the guest needs"),
            _tr("Give it back: raise the memory that the machine is assigned."),
        ),
        Cause.GUEST_MEMORY: Told(
            _tr("Memory of the guest"),
            "ph.rows",
            _tr("The guest needs more memory than it has"),
            _tr("Give the machine more memory, or look inside the guest for what uses it."),
        ),
    }


def _processors() -> Mapping[Cause, Told]:
    return {
        Cause.CPU_LIMIT: Told(
            _tr("Limit of its processors"),
            "ph.gauge",
            _tr("The machine runs into the limit of its processors"),
            _tr("Raise the quota, or remove it."),
        ),
        Cause.CPU_CONTENTION: Told(
            _tr("Processors of the server"),
            "ph.desktop-tower",
            _tr("The server has no processor free when this machine needs one"),
            _tr(
                "Look which machines use the server's processors. Move one to another server, "
                "give it fewer, or give this machine more shares."
            ),
        ),
        Cause.CPU_FULL: Told(
            _tr("Work inside the guest"),
            "ph.cpu",
            _tr("The guest's own work fills {device}"),
            _tr(
                "Look inside the guest for what computes. More processors help if its work can "
                "be shared among them."
            ),
        ),
    }


def _drives() -> Mapping[Cause, Told]:
    return {
        Cause.DISK_LIMIT: Told(
            _tr("Limits of its drives"),
            "ph.gauge",
            _tr("The limit set for {device} holds it up"),
            _tr("Raise the limit of the drive, or remove it."),
        ),
        Cause.DISK_SLOW: Told(
            _tr("Storage behind its drives"),
            "ph.hard-drive",
            _tr("The storage behind {device} answers slowly"),
            _tr(
                "Look which machines use the server's disks, and how full and how busy the "
                "storage is. A faster storage location helps."
            ),
        ),
    }


def _adapters() -> Mapping[Cause, Told]:
    return {
        Cause.NETWORK_LIMIT: Told(
            _tr("Limits of its adapters"),
            "ph.gauge",
            _tr("The limit set for {device} holds it up"),
            _tr("Raise the bandwidth of the adapter, or remove the limit."),
        ),
        Cause.NETWORK_DROPS: Told(
            _tr("Packets dropped"),
            "ph.share-network",
            _tr("Packets are dropped at {device}"),
            _tr(
                "The guest does not take its packets in time: virtio with more queues helps, or "
                "a processor that is less busy."
            ),
        ),
    }
