import subprocess
from pathlib import Path

import pytest

from backend import pressure

TOLD = """\
/proc/pressure/cpu:some avg10=16.32 avg60=21.49 avg300=29.41 total=12204707320
/proc/pressure/cpu:full avg10=0.00 avg60=0.00 avg300=0.00 total=0
/proc/pressure/memory:full avg10=0.00 avg60=0.00 avg300=0.00 total=17
/proc/vmstat:pswpin 3
/proc/vmstat:pswpout 4
/proc/vmstat:thp_swpout 9
/proc/meminfo:Shmem:            123 kB
Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/vda         264212084 36901632  69489280      35% /
tank/images 500 200 300 - /srv/a b
motd: nothing of this
"""


def test_counters_are_read_and_all_else_is_passed_over() -> None:
    assert pressure.parse(TOLD) == {
        "cpu.some": 12204707320, "cpu.full": 0, "memory.full": 17, "swap.in": 3, "swap.out": 4,
        "shared": 123, "disk.used:/": 36901632, "disk.free:/": 69489280,
        "disk.used:/srv/a b": 200, "disk.free:/srv/a b": 300,
    }  # fmt: skip
    assert pressure.parse("") == {}


@pytest.mark.skipif(not Path("/proc/pressure/cpu").exists(), reason="a kernel without PSI")
def test_the_command_prints_what_is_read() -> None:
    said = subprocess.run(pressure.COMMAND, capture_output=True, text=True, check=False).stdout
    assert {"cpu.some", "memory.some", "io.some", "swap.in", "shared"} <= pressure.parse(
        said
    ).keys()


def test_a_server_with_any_number_of_file_systems_is_told_of_some() -> None:
    lines = (f"/dev/d{number} 10 4 6 40% /{number}" for number in range(1000))
    told = pressure.parse("\n".join(lines))
    assert len(told) == 2 * pressure.DISKS_MOST
