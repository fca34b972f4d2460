"""What the kernel says of tasks that waited (PSI), and of pages that were swapped. Pure.

The text is what `COMMAND` prints on any Linux: "file:line", so that one command reads it all.
"""

import re
from typing import Final

FILES: Final = ("/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io", "/proc/vmstat")
COMMAND: Final = ("grep", "-Hs", "-e", "total=", "-e", "^pswp", *FILES)
_PRESSURE: Final = re.compile(r"^/proc/pressure/(\w+):(some|full) .*\btotal=(\d+)")
_SWAPPED: Final = re.compile(r"^/proc/vmstat:pswp(in|out) (\d+)")


def parse(text: str) -> dict[str, int]:
    """Return the counters: "memory.some" in us, "swap.in" in pages; without those not there."""
    counters: dict[str, int] = {}
    for line in text.splitlines():
        if found := _PRESSURE.match(line):
            counters[f"{found[1]}.{found[2]}"] = int(found[3])
        elif found := _SWAPPED.match(line):
            counters[f"swap.{found[1]}"] = int(found[2])
    return counters
