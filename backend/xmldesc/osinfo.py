"""libosinfo's database of operating systems (https://libosinfo.org; its schema is osinfo.rng)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backend.model import Firmware
from backend.specs import GuestSystem
from backend.xmldesc import tree

_OURS = ("x86_64", "all")
_VIRTIO_NET = ("http://pcisig.com/pci/1af4/1000", "http://pcisig.com/pci/1af4/1041")
_VIRTIO_DISK = ("http://pcisig.com/pci/1af4/1001", "http://pcisig.com/pci/1af4/1042")
_VIRTIO_VIDEO = ("http://pcisig.com/pci/1af4/1050",)
_PARENTS = ("derives-from", "clones")


@dataclass(frozen=True, slots=True)
class Medium:
    """What stands in the head of a CD's image (ECMA-119, 8.4); `size_bytes` is the volume's."""

    system: str = ""
    volume: str = ""
    publisher: str = ""
    application: str = ""
    size_bytes: int = 0


HEAD_AT, HEAD_BYTES = 0x8000, 2048


def read_head(head: bytes) -> Medium:
    """Return what the 2048 bytes from HEAD_AT on say; nothing for what is no head."""
    if len(head) < HEAD_BYTES or head[1:6] != b"CD001":
        return Medium()

    def text(at: int, length: int) -> str:
        return head[at : at + length].decode("latin-1").strip(" \0")

    blocks = int.from_bytes(head[80:84], "little")
    block_bytes = int.from_bytes(head[128:130], "little")
    return Medium(text(8, 32), text(40, 32), text(318, 128), text(574, 128), blocks * block_bytes)


@dataclass(frozen=True, slots=True)
class _Pattern:
    system: str
    wanted: tuple[tuple[str, str], ...]
    size_bytes: int

    def fits(self, medium: Medium) -> bool:
        if self.size_bytes and self.size_bytes != medium.size_bytes:
            return False
        return all(_is_match(text, getattr(medium, name)) for name, text in self.wanted)


class Database:
    """What the database's files say, one description after the other."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._systems: dict[str, tree.Element] = {}
        self._patterns: list[_Pattern] = []
        for text in texts:
            for element in tree.read(text).iterfind("os"):
                # Files in ".d" add to a system that another file describes.
                known = self._systems.setdefault(str(element.get("id", "")), element)
                if known is not element:
                    known.extend(list(element))
        for name, element in self._systems.items():
            self._patterns += _patterns(name, element)

    def recognise(self, medium: Medium) -> GuestSystem | None:
        """Return which system's medium that is; None: none that is known here."""
        found = [pattern for pattern in self._patterns if pattern.fits(medium)]
        # Who asks for more knows better: some are content with any medium of their maker.
        best = max(found, key=lambda p: (bool(p.size_bytes), len(p.wanted)), default=None)
        return self.system(best.system) if best else None

    def names(self) -> tuple[tuple[str, str], ...]:
        """Return the id and the name of each system by name, of one line the newest first."""
        found = ((name, _name(element)) for name, element in self._systems.items())
        return tuple(sorted((one for one in found if one[1]), key=lambda one: _by_line(one[1])))

    def system(self, name: str) -> GuestSystem | None:
        """Return the system of that id."""
        if name not in self._systems:
            return None
        line = [self._systems[one] for one in self._line(name)]
        devices = _devices(line)
        needed, advised = self._resources(line, "minimum"), self._resources(line, "recommended")
        return GuestSystem(
            id=name,
            name=_name(line[0]),
            least_memory_bytes=needed.get("ram", 0),
            memory_bytes=max(needed.get("ram", 0), advised.get("ram", 0)),
            least_disk_bytes=needed.get("storage", 0),
            disk_bytes=max(needed.get("storage", 0), advised.get("storage", 0)),
            least_vcpus=needed.get("n-cpus", 0),
            firmware=_firmware(line[0]),
            has_virtio_disk=not devices.isdisjoint(_VIRTIO_DISK),
            has_virtio_net=not devices.isdisjoint(_VIRTIO_NET),
            has_virtio_video=not devices.isdisjoint(_VIRTIO_VIDEO),
        )

    def _line(self, name: str) -> Iterator[str]:
        """Yield a system, then what it derives from, the nearest first."""
        seen, waiting = set[str](), [name]
        while waiting:
            one = waiting.pop(0)
            if one in seen or one not in self._systems:
                continue
            seen.add(one)
            yield one
            element = self._systems[one]
            waiting += [str(p.get("id")) for tag in _PARENTS for p in element.iterfind(tag)]

    def _resources(self, line: list[tree.Element], kind: str) -> Mapping[str, int]:
        """Return what is needed, or recommended, from the nearest that says anything of it."""
        for element in line:
            for architecture in _OURS:
                found = element.find(f"resources[@arch='{architecture}']/{kind}")
                if found is not None:
                    texts = ((str(part.tag), (part.text or "").strip()) for part in found)
                    return {tag: int(text) for tag, text in texts if text.isdigit()}
        return {}


def _devices(line: list[tree.Element]) -> set[str]:
    """Return the devices that a system drives; what the nearest says of one holds."""
    told: dict[str, bool] = {}
    for element in line:
        for device in element.iterfind("devices/device"):
            told.setdefault(str(device.get("id")), device.get("supported") != "false")
    return {name for name, is_driven in told.items() if is_driven}


def _patterns(name: str, element: tree.Element) -> Iterator[_Pattern]:
    tags = (
        ("volume-id", "volume"),
        ("system-id", "system"),
        ("publisher-id", "publisher"),
        ("application-id", "application"),
    )
    for medium in element.iterfind("media"):
        if medium.get("arch") not in _OURS or medium.find("iso") is None:
            continue
        texts = ((field, tree.text_of(medium, f"iso/{tag}")) for tag, field in tags)
        wanted = tuple((field, text) for field, text in texts if text)
        size = tree.text_of(medium, "iso/volume-size")
        if wanted:
            yield _Pattern(name, wanted, int(size) if size.isdigit() else 0)


def _is_match(pattern: str, text: str) -> bool:
    # The patterns are GLib's, which are Perl's: the few that Python reads otherwise match nothing.
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False


def _by_line(text: str) -> list[tuple[int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    return [(-int(part), "") if part.isdecimal() else (1, part) for part in parts]


def _name(element: tree.Element) -> str:
    names = (name for name in element.iterfind("name") if not name.attrib)
    return next((name.text or "" for name in names), "")


def _firmware(element: tree.Element) -> Firmware | None:
    """Return UEFI for what starts with nothing else, None for the rest."""
    # Most that know UEFI are said to; that they know BIOS goes without saying. So what is new
    # enough to need its security chip, and what is said not to know BIOS, is all that counts.
    ours = [one for one in element.iterfind("firmware") if one.get("arch") in _OURS]
    refused = {one.get("type") for one in ours if one.get("supported") == "false"}
    return Firmware.UEFI if "bios" in refused else None
