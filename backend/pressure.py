"""What the kernel says of tasks that waited (PSI), of pages that were swapped and are shared. Pure.

The text is what `COMMAND` prints on any Linux: "file:line", so that one command reads it all.
"""

import re
from typing import Final

FILES: Final = (
    "/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io", "/proc/vmstat",
    "/proc/meminfo",
)  # fmt: skip
COMMAND: Final = ("grep", "-Hs", "-e", "total=", "-e", "^pswp", "-e", "^Shmem:", *FILES)
_PRESSURE: Final = re.compile(r"^/proc/pressure/(\w+):(some|full) .*\btotal=(\d+)")
_SWAPPED: Final = re.compile(r"^/proc/vmstat:pswp(in|out) (\d+)")
_SHARED: Final = re.compile(r"^/proc/meminfo:Shmem: +(\d+) kB")


def parse(text: str) -> dict[str, int]:
    """Return "memory.some" in us, "swap.in" in pages, "shared" in KiB; without those not there."""
    counters: dict[str, int] = {}
    for line in text.splitlines():
        if found := _PRESSURE.match(line):
            counters[f"{found[1]}.{found[2]}"] = int(found[3])
        elif found := _SWAPPED.match(line):
            counters[f"swap.{found[1]}"] = int(found[2])
        elif found := _SHARED.match(line):
            counters["shared"] = int(found[1])
    return counters
