"""PySide reads none of our sources."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("first", ["PySide6.QtCore", "console.bridge.unsearched"])
def test_what_comes_after_it_is_not_read(first: str) -> None:
    code = f"import sys, linecache, {first}, console.bridge.mirror\n"
    code += "print(any('/backend/' in file for file in linecache.cache))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # Should PySide leave off searching by itself, the module can go.
    assert run.stdout == f"{first == 'PySide6.QtCore'}\n"
