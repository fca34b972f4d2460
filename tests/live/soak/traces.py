"""What a process holds and what lies on a host: read before and afterwards, and compared."""

from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

from celadon_tour.evidence import Virsh

_PAGE_MIB = 4096 / 2**20
_CHANGING = (".log", ".sock", ".pid", ".lock", ".status", ".leases", ".xml", ".macs")


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds: open files, threads, memory in MiB."""

    files: int
    threads: int
    memory_mib: float


def held(pid: int) -> Held:
    """Read what a process holds now."""
    place = Path(f"/proc/{pid}")
    resident = int((place / "statm").read_text().split()[1])
    files, threads = (sum(1 for _ in (place / name).iterdir()) for name in ("fd", "task"))
    return Held(files, threads, round(resident * _PAGE_MIB, 1))


def grown(who: str, before: Held, after: Held, *, memory_mib: float, spare: int = 2) -> list[str]:
    """Return in words what a process holds more than before, beyond what is allowed."""
    allowed = Held(spare, spare, memory_mib)
    more = {name: asdict(after)[name] - value for name, value in asdict(before).items()}
    limits = asdict(allowed)
    return [f"{who}: {more[n]:+.0f} {n}" for n in more if more[n] > limits[n]]


def devices(virsh: Virsh, name: str) -> set[str]:
    """Return the devices that virsh shows, now and at the next start."""
    found = set()
    for flag in ((), ("--inactive",)):
        for command in ("domiflist", "domblklist"):
            told = virsh(command, name, *flag).splitlines()
            column = -1 if command == "domiflist" else 0
            found |= {line.split()[column] for line in told if line.strip()}
    return found


def aliases(virsh: Virsh, name: str) -> set[str]:
    """Return the aliases of ours that stand in a machine's descriptions."""
    texts = (virsh("dumpxml", name), virsh("dumpxml", "--inactive", name))
    return {
        part.split("'")[0] for text in texts for part in text.split("name='") if "ua-" in part[:3]
    }


def lying_about(root: Path, virsh: Virsh) -> set[str]:
    """Return what is left lying on a host: files, volumes, and the machines' ends of networks."""
    files = {
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(_CHANGING)
    }
    volumes = {line.split()[0] for line in virsh("vol-list", "default").splitlines() if line}
    names = [name for name in virsh("net-list", "--name").splitlines() if name]
    return files | volumes | {end for name in names for end in _plugged_into(name, virsh)}


def _plugged_into(network: str, virsh: Virsh) -> list[str]:
    described = ElementTree.fromstring(virsh("net-dumpxml", network))  # noqa: S314  # our own host's
    found = (bridge.get("name", "") for bridge in described.findall("bridge"))
    return [end.name for one in found for end in Path("/sys/class/net", one).glob("brif/*")]
