"""A machine that runs, with an adapter, a DVD drive and a disk, and how it stands."""

from backend.model import DomainState
from backend.operations.settings.acting import Situation
from backend.xmldesc import tree
from backend.xmldesc.settings.facts import Facts
from tests.fakes.plugged import PluggedHost

MAC = "52:54:00:00:00:01"
_DEVICES = f"""<devices>
<interface type='network'><mac address='{MAC}'/><source network='nat'/><model type='virtio'/>
</interface>
<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>
<disk type='file' device='disk'><source file='/d.qcow2'/><target dev='vda' bus='virtio'/></disk>
<memballoon model='virtio'/></devices>"""


def furnished() -> PluggedHost:
    """Return its host."""
    host = PluggedHost()
    for name in ("live", "config"):
        root = tree.read(str(getattr(host.machine, name)))
        parent = root.find("devices")
        assert parent is not None
        parent.extend(list(tree.read(_DEVICES)))
        vcpu = root.find("vcpu")
        assert vcpu is not None
        vcpu.text = "4"
        vcpu.set("current", "2")
        setattr(host.machine, name, tree.write(root))
    host.read()
    return host


def situation(host: PluggedHost) -> Situation:
    """Return how it stands."""
    assert host.domain.state in (DomainState.RUNNING, DomainState.PAUSED)
    return Situation(host.domain, tree.read(str(host.machine.live)), Facts())
