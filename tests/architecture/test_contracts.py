"""Each contract between the rooms is alive: an import that it forbids breaks it, and it alone.

`packaging/test` runs `lint-imports` on the source as it is; here it runs on copies with a fault.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, ROOT


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of Python that no review should let through, and the file that it is added to."""

    path: str
    line: str


# A module "planted" is imported by nobody, so that no other contract sees what it imports.
FAULTS = {
    "Backend floors": Fault("backend/hypervisor/planted.py", "import backend.inventory"),
    "Console floors": Fault("console/sdk/planted.py", "import console.widgets"),
    "The backend knows neither Qt nor console": Fault(
        "backend/operations/planted.py", "import PySide6.QtCore"
    ),
    "libvirt is spoken in one room": Fault("backend/operations/planted.py", "import libvirt"),
    "pyqtgraph is drawn in one room": Fault("console/shell/planted.py", "import pyqtgraph"),
    "Snap-ins are strangers to each other": Fault(
        "console/snapins/planted/__init__.py", "import console.snapins.machines"
    ),
    "Only the bridge knows loops and threads": Fault("console/shell/planted.py", "import asyncio"),
    "Snap-ins know nouns and verbs only": Fault("console/sdk/planted.py", "import backend.engine"),
    "The SDK's data is free of Qt": Fault("console/sdk/nodes.py", "import PySide6.QtGui"),
}


def contract_names() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return [contract["name"] for contract in contracts]


def broken_contracts(tree: Path) -> set[str]:
    """Run lint-imports on a copy; the names of the contracts that it finds broken."""
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=tree,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)$", run.stdout, re.MULTILINE))
    assert sorted(verdicts) == sorted(contract_names()), run.stdout + run.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


def copy_source(target: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", target)
    for room in ROOMS:
        shutil.copytree(ROOT / room, target / room, ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.fixture(scope="module")
def broken_already(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return broken_contracts(copy_source(tmp_path_factory.mktemp("as-it-is")))


def test_each_contract_has_a_fault_that_tries_it() -> None:
    assert sorted(FAULTS) == sorted(contract_names())


@pytest.mark.parametrize("contract", FAULTS)
def test_a_contract_breaks(contract: str, broken_already: set[str], tmp_path: Path) -> None:
    tree = copy_source(tmp_path)
    fault = FAULTS[contract]
    file = tree / fault.path
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as source:
        source.write(f"\n{fault.line}\n")
    broken = broken_contracts(tree)
    assert contract in broken
    assert broken - broken_already <= {contract}
