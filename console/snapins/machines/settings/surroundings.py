"""What of a machine's surroundings its sheet says: why nothing can be changed, what there is."""

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Host, HostState, Ref
from backend.settings import Place, Section
from console.sdk import reach, wording
from console.sdk.context import Lookup


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def lock(lookup: Lookup, ref: Ref) -> str:
    """Return in words why nothing of it can be changed now."""
    host = next(lookup.records(Host, ref.host), None)
    if host is None:
        return _tr("Its server is no longer managed here.")
    if host.state is not HostState.CONNECTED:
        name = reach.short_name(host)
        return _tr("{host} is away: this can be changed when it is back.").format(host=name)
    if lookup.record(ref, Domain) is None:
        return _tr("The virtual machine is no longer there: somebody has removed it.")
    return reach.only_looking(host)


def sentence(lookup: Lookup, ref: Ref, place: Place) -> str:
    """Return what there is to say of a page at this moment; "" for nothing."""
    host = next(lookup.records(Host, ref.host), None)
    if place.section is Section.MEMORY and host and host.memory_bytes:
        return _memory(host, lookup, ref)
    if place.section is Section.PROCESSOR and host and host.processors:
        return _tr("The server has {count} processors.").format(count=host.processors)
    if place.section is Section.INTEGRATION:
        return _agent(lookup, ref)
    if place.section is Section.ADAPTER:
        return _addresses(lookup, ref, place.device)
    return ""


def _memory(host: Host, lookup: Lookup, ref: Ref) -> str:
    size = wording.size(host.memory_bytes)
    samples = lookup.samples(ref)
    used = samples[-1].memory_used_bytes if samples else None
    if used is None:
        return _tr("The server has {size}.").format(size=size)
    told = _tr("The server has {size}. This machine uses {used} now.")
    return told.format(size=size, used=wording.size(used))


def _agent(lookup: Lookup, ref: Ref) -> str:
    domain, guest = lookup.record(ref, Domain), lookup.guest(ref)
    if domain is None or not domain.is_active:
        return _tr("What its guest answers is seen while it runs.")
    if guest is None or not guest.does_agent_answer:
        return _tr(
            "The guest agent does not answer. Install qemu-guest-agent in the guest, and have the "
            "channel for it."
        )
    facts = (guest.operating_system, guest.hostname, *(a.address for a in guest.addresses[:3]))
    told = ", ".join(word for word in facts if word)
    return _tr("The guest agent answers: {facts}.").format(facts=told or _tr("it is there"))


def _addresses(lookup: Lookup, ref: Ref, mac: str) -> str:
    guest = lookup.guest(ref)
    found = guest.addresses if guest else ()
    told = [one.address for one in found if one.mac.lower() == mac]
    return _tr("Its addresses: {addresses}").format(addresses=", ".join(told[:4])) if told else ""
