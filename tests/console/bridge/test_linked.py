"""Libraries that are linked beside Python."""

import os
import subprocess
import sys
from pathlib import Path

HERE = str(Path(__file__).resolve().parents[3])
TOLD = """
import sys
from console.bridge.linked import linking
linking.join()
linked = open("/proc/self/maps").read()
print(*(f"/{name}.so" in linked for name in ("libvirt", "libQt6Widgets", "libfontconfig")))
assert not {"libvirtmod", "PySide6"} & set(sys.modules)
"""
KEEP = """
import libvirt, PySide6.QtWidgets
from console.bridge.recalled import recalled
recalled.keep()
"""


def run(folder: Path, program: str) -> str:
    """Return what a program prints that keeps its file in this folder."""
    ended = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={**os.environ, "XDG_CACHE_HOME": str(folder), "PYTHONPATH": HERE},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return (ended.stdout + ended.stderr).strip()


def test_what_a_start_found_is_linked_by_the_next_one_before_it_is_imported(tmp_path: Path) -> None:
    assert run(tmp_path, TOLD + KEEP) == "False False True"
    assert run(tmp_path, TOLD) == "True True True"
    used = "import libvirt\nprint(libvirt.open('test:///default').getHostname() != '')"
    assert run(tmp_path, TOLD + used) == "True True True\nTrue"


def test_qt_knows_its_main_thread_all_the_same(tmp_path: Path) -> None:
    run(tmp_path, KEEP)
    program = """
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
application = QApplication(["celadon", "-platform", "offscreen"])
print(QThread.isMainThread(), application.thread() is QThread.currentThread())
"""
    assert run(tmp_path, TOLD + program) == "True True True\nTrue True"


def test_where_the_linker_cannot_be_had_a_start_goes_on_quietly(tmp_path: Path) -> None:
    none = """
import _ctypes
def dlopen(name, flags):
    raise OSError(name)
_ctypes.dlopen = dlopen
from console.bridge.linked import linking
linking.join()
"""
    assert run(tmp_path, none) == ""
