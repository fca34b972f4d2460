"""A big host is one that libvirt's own driver takes."""

import subprocess
from collections import Counter
from pathlib import Path

from celadon_tour import room

WORDS = {1: "running", 3: "paused", 5: "shut off"}


def test_every_machine_is_there_in_its_state(tmp_path: Path) -> None:
    uri = room.write(tmp_path / "room.xml", 120)
    told = subprocess.run(
        ["virsh", "-q", "-c", uri, "list", "--all"], capture_output=True, text=True, check=True
    ).stdout
    listed = {line.split()[1]: " ".join(line.split()[2:]) for line in told.splitlines() if line}
    assert listed == {room.name(n): WORDS[room.state(n)] for n in range(120)}
    assert set(Counter(listed.values())) == set(WORDS.values())
