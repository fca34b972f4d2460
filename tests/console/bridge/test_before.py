"""What must be so before others are loaded."""

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import os, sys
from console import program
program.run
print(os.environ["QT_NO_GLIB"], os.environ["OPENBLAS_NUM_THREADS"])
print(type(sys.modules["ssl"]).__name__ if "ssl" in sys.modules else "_Unloaded")
from console.bridge import enumerated
print(enumerated._taken.cache_info().hits > 50 or not enumerated.IS_KNOWN)
"""


def test_whoever_opens_a_window_has_it_so() -> None:
    here = str(Path(__file__).resolve().parents[3])
    left = {"QT_NO_GLIB", "OPENBLAS_NUM_THREADS"}
    kept = {name: value for name, value in os.environ.items() if name not in left}
    ended = subprocess.run(
        [sys.executable, "-P", "-c", _PROGRAM],
        env={**kept, "PYTHONPATH": here}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ended.stdout.split() == ["1", "1", "_Unloaded", "True"]
