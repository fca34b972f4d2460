"""What the kernel says of tasks that waited (PSI), of pages that were swapped and are shared. Pure.

The text is what `COMMAND` prints on any Linux: "file:line", so that one command reads it all; and
what `DISKS` prints of its file systems.
"""

import re
from typing import Final

FILES: Final = (
    "/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io", "/proc/vmstat",
    "/proc/meminfo",
)  # fmt: skip
_WITHIN, _BEGINNINGS = "total=", ("pswp", "Shmem:")
COMMAND: Final = (
    "grep", "-Hs", "-e", _WITHIN,
    *(word for one in _BEGINNINGS for word in ("-e", f"^{one}")), *FILES,
)  # fmt: skip
KINDS: Final = ("ext4", "xfs", "btrfs", "zfs", "ext3", "ext2", "f2fs", "jfs", "bcachefs")
"""File systems on disks of its own. Of others one that is dead may hold up whoever asks it."""
DISKS: Final = ("df", "-P", "-k", "-l", *(word for kind in KINDS for word in ("-t", kind)))
USED, FREE = "disk.used:", "disk.free:"
"""Before the place where a file system is mounted."""
DISKS_MOST: Final = 32
_DISK: Final = re.compile(r"^\S+ +\d+ +(\d+) +(\d+) +(?:\d+%|-) +(/.*)$")
_PRESSURE: Final = re.compile(r"^/proc/pressure/(\w+):(some|full) .*\btotal=(\d+)")
_SWAPPED: Final = re.compile(r"^/proc/vmstat:pswp(in|out) (\d+)")
_SHARED: Final = re.compile(r"^/proc/meminfo:Shmem: +(\d+) kB")


def is_wanted(line: str) -> bool:
    """Whether a line of one of `FILES` is among what `COMMAND` prints."""
    return line.startswith(_BEGINNINGS) or _WITHIN in line


def parse(text: str) -> dict[str, int]:
    """Return "memory.some" in us, "swap.in" in pages, "shared" in KiB; without those not there.

    Of file systems "disk.used:/" and "disk.free:/" in KiB, of so many at the most.
    """
    counters: dict[str, int] = {}
    disks: set[str] = set()
    for line in text.splitlines():
        if found := _PRESSURE.match(line):
            counters[f"{found[1]}.{found[2]}"] = int(found[3])
        elif found := _SWAPPED.match(line):
            counters[f"swap.{found[1]}"] = int(found[2])
        elif found := _SHARED.match(line):
            counters["shared"] = int(found[1])
        elif (found := _DISK.match(line)) and len(disks) < DISKS_MOST:
            disks.add(found[3])
            counters[USED + found[3]], counters[FREE + found[3]] = int(found[1]), int(found[2])
    return counters
