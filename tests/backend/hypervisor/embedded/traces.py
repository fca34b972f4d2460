"""What an embedded host leaves on the machine, which must be nothing once it has stopped."""

import os
import shutil
import subprocess
from pathlib import Path

from backend.hypervisor.embedded.layout import Layout
from backend.hypervisor.embedded.record import EmbeddedMode


def chains() -> set[str]:
    """Return the lines with which libvirt's chains stand in the firewall."""
    if os.geteuid() != 0 or not shutil.which("iptables-save"):
        return set()
    saved = subprocess.run(("iptables-save",), check=True, capture_output=True, text=True).stdout
    return {line.split("[")[0] for line in saved.splitlines() if "LIBVIRT_" in line}


def remains(root: Path) -> list[str]:
    """Return everything of a host that is still on the machine."""
    key = Layout(root, EmbeddedMode.SYSTEM, "").key
    found = [str(path) for path in Path("/sys/class/net").glob(f"cel{key}*")]
    found += [str(path) for path in Path("/tmp").glob(f"cel*/{key}*")]
    found += [line for line in Path("/proc/mounts").read_text().splitlines() if str(root) in line]
    found += [line for line in chains() if f"cel{key}" in line]
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes()
        except OSError:
            continue
        # dnsmasq's command line does not name the root; its bridge above is gone with it.
        if os.fsencode(root) in words:
            found.append(words.decode(errors="replace"))
    return found


def others_run() -> bool:
    listed = subprocess.run(("ps", "-e", "-o", "comm="), check=True, capture_output=True, text=True)
    return bool({"libvirtd", "virtnetworkd"} & set(listed.stdout.split()))
