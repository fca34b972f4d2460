import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.hypervisor.ssh.child import Child


def started(tmp_path: Path, script: str) -> Child:
    with (tmp_path / "says").open("wb") as says:
        return Child(["sh", "-c", script], os.environ, says)


async def test_its_end_is_told_and_what_it_said_is_written(tmp_path: Path) -> None:
    child = started(tmp_path, "echo bye >&2")
    async with asyncio.timeout(10):
        await child.until_ended()
    assert child.has_ended
    assert (tmp_path / "says").read_text() == "bye\n"
    await child.end(1)


@pytest.mark.parametrize("trap", ["", "trap '' TERM;"])
async def test_it_ends_when_it_has_to(tmp_path: Path, trap: str) -> None:
    child = started(tmp_path, f"{trap} echo ready >&2; while :; do sleep 0.1; done")
    while not (tmp_path / "says").stat().st_size:
        await asyncio.sleep(0.01)
    assert _lives(child.pid)
    await child.end(0.3)
    assert child.has_ended
    assert not _lives(child.pid)


async def test_it_has_a_session_of_its_own(tmp_path: Path) -> None:
    child = started(tmp_path, "sleep 60")
    assert os.getsid(child.pid) != os.getsid(0)
    await child.end(1)


def test_it_leaves_with_who_started_it(tmp_path: Path) -> None:
    script = f"""
import asyncio, os, sys
from backend.hypervisor.ssh.child import Child
async def main():
    with open({str(tmp_path / "says")!r}, "wb") as says:
        print(Child(["sleep", "60"], os.environ, says).pid, flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""
    parent = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, check=False,
        env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    end = time.monotonic() + 10
    while _lives(int(parent.stdout)):
        assert time.monotonic() < end, "it stays"
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
