"""The guards of tests/conftest.py are awake: each fails a test that gives it cause."""

import shutil
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytest_plugins = ["pytester"]

WATCHED = """
import asyncio, logging, threading

def test_leaves_a_thread(request):
    stop = threading.Event()
    request.config.add_cleanup(stop.set)
    threading.Thread(target=stop.wait, name="forgotten").start()

def test_abandons_a_hypervisor(request):
    stop = threading.Event()
    request.config.add_cleanup(stop.set)
    threading.Thread(target=stop.wait, name="hypervisor-reader").start()

def test_warns():
    logging.getLogger("backend").warning("the disk is full")

def test_warns_on_purpose(expected_log):
    expected_log("disk is full")
    logging.getLogger("backend").warning("the disk is full")

def test_runs_in_debug_mode():
    async def is_debug():
        return asyncio.get_running_loop().get_debug()
    assert asyncio.run(is_debug())
"""


def test_a_guard_fails_what_it_should(pytester: pytest.Pytester) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", pytester.path)
    conftest = Path("conftest.py")
    conftest.write_text(conftest.read_text().replace("DEADLINE_S = 2.0", "DEADLINE_S = 0.1"))
    pytester.makepyfile(WATCHED)
    run = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    run.assert_outcomes(passed=5, errors=2)
    run.stdout.fnmatch_lines_random(["*'forgotten'*", "*the disk is full*"])
