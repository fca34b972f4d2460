"""Each room opens with a sentence about itself, and each module has its test in the same place."""

import ast
import importlib.util
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, ROOT, modules, parsed

# Modules without a test of their own today; this list may only shrink.
UNTESTED: frozenset[str] = frozenset(
    {
        # declarations; the sentences for them are tested in tests/console/sdk
        "backend/display/failures.py",
        "backend/hypervisor/embedded/failures.py",
        "backend/hypervisor/embedded/record.py",
        "backend/specs.py",
        "backend/devices.py",
        "backend/memory.py",
        # types; who registers one is tested in tests/backend/operations/settings/live
        "backend/operations/settings/acting.py",
        # declarations; what the shell makes of them is tested in tests/console/shell
        "console/snapins/machines/devices/what.py",
        "console/sdk/actions.py",
        "console/sdk/context.py",
        "console/sdk/nodes.py",
        "console/sdk/servers.py",
        "console/sdk/snapin.py",
        "console/sdk/thresholds.py",
        "console/sdk/views.py",
    }
)


def package_folders() -> set[Path]:
    return {folder for path in modules(*ROOMS) for folder in path.parents if folder != Path()}


def test_each_folder_is_a_package() -> None:
    assert not {
        str(path) for path in package_folders() if not (ROOT / path / "__init__.py").exists()
    }


def test_a_package_opens_with_a_docstring_and_holds_nothing_else() -> None:
    wrong = []
    for path in modules(*ROOMS):
        if path.name == "__init__.py":
            tree = parsed(path)
            if len(tree.body) != 1 or not ast.get_docstring(tree):
                wrong.append(str(path))
    assert not wrong


def mirror(path: Path) -> Path:
    """Return the place of a module's test: console/shell/x.py -> tests/console/shell/test_x.py."""
    return Path("tests") / path.with_name(f"test_{path.stem.strip('_')}.py")


def test_each_module_has_its_test_in_the_same_place() -> None:
    sources = [path for path in modules(*ROOMS) if path.name != "__init__.py"]
    untested = {str(path) for path in sources if not (ROOT / mirror(path)).exists()}
    assert not untested - UNTESTED, "each of these needs the file that `mirror` names"
    assert not UNTESTED - untested, "these have a test now (or are gone): take them off UNTESTED"


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_are_ours(room: str) -> None:
    """The names are plain words: another distribution could bring a package of the same name.

    A wheel lists what it brings; the editable installation of a checkout lists nothing.
    """
    assert packages_distributions().get(room, ["celadon"]) == ["celadon"]
    found = importlib.util.find_spec(room)
    assert found is not None
    assert found.origin is not None
    assert Path(found.origin) == ROOT / room / "__init__.py"
