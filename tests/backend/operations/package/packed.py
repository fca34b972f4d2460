"""Packages as tests need them, and a host that has nothing but this computer."""

import asyncio
import hashlib
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from backend.host.managed import ManagedHost
from backend.inventory import Inventory
from backend.operations.package import manifest
from backend.operations.package.manifest import Manifest, PackedFile, Role

T = TypeVar("T")
UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f"
TEXT = f"""<domain type='kvm'>
  <name>web</name><uuid>{UUID}</uuid><memory unit='KiB'>1048576</memory><vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='block' device='disk'><driver name='qemu' type='raw' cache='none'/>
      <source dev='/dev/vg/web'/><target dev='vda' bus='virtio'/></disk>
    <disk type='file' device='cdrom'><source file='/iso/a.iso'/><target dev='sda'/></disk>
    <interface type='network'><mac address='52:54:00:00:00:01'/><source network='office'/>
      <vlan><tag id='7'/></vlan></interface>
  </devices>
</domain>"""


def image(path: Path, *options: str, size: str = "1M", kind: str = "qcow2") -> Path:
    """Make an image with qemu-img."""
    subprocess.run(["qemu-img", "create", "-q", "-f", kind, *options, path, size], check=True)
    return path


def package(folder: Path, text: str = TEXT, **changes: Any) -> Path:
    """Make a package with one disk; return its list, with these fields changed."""
    folder.mkdir()
    disk = image(folder / "vda.qcow2")
    (folder / "machine.xml").write_text(text)
    listed = Manifest(
        "web",
        UUID,
        1.0,
        (
            listing(folder / "machine.xml", Role.DESCRIPTION),
            replace(listing(disk, Role.DISK), target="vda", format="qcow2", capacity_bytes=2**20),
        ),
    )
    made = folder / manifest.FILE
    made.write_text(manifest.dump(replace(listed, **changes)))
    return made


def listing(path: Path, role: Role) -> PackedFile:
    """Return what a list says of a file."""
    content = path.read_bytes()
    return PackedFile(path.name, role, len(content), hashlib.sha256(content).hexdigest())


class Here:
    """A host that runs what is local, and tells nobody anything."""

    def __init__(self) -> None:
        self.inventory = Inventory()
        self.spec = SimpleNamespace(id="h", name="here")
        self.record = SimpleNamespace(uri="qemu:///system", processors=4, memory_bytes=2**34)
        self.embedded = None

    async def run_locally(self, function: Callable[[], T], *, deadline_s: float) -> T:
        return await asyncio.wait_for(asyncio.to_thread(function), deadline_s)


def here() -> ManagedHost:
    """Return such a host."""
    return cast("ManagedHost", Here())
