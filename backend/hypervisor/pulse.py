"""What tells that a guest runs, one look each. Blocking: for workers only."""

import libvirt

from backend.hypervisor import devices
from backend.hypervisor.commands import Connect


def ask_agent(connect: Connect, uuid: str) -> None:
    """Return when the guest's agent has answered. Raises libvirtError where none does."""
    domain = connect.lookupByUUIDString(uuid)
    # Without a bound a guest whose agent hangs would count as a machine that is stuck.
    devices.ask_agent(domain, domain.getTime)


def processor_time_ns(connect: Connect, uuid: str) -> int:
    """Return how long the machine's virtual processors have run, in ns; asks QEMU nothing."""
    domain = connect.lookupByUUIDString(uuid)
    flags = getattr(libvirt, "VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT", 0)
    told = connect.domainListGetStats([domain], libvirt.VIR_DOMAIN_STATS_VCPU, flags)
    figures = told[0][1] if told else {}
    count = int(figures.get("vcpu.maximum", 0))
    return sum(int(figures.get(f"vcpu.{number}.time", 0)) for number in range(count))
