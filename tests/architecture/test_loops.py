"""Nothing `async` in the console opens a loop of Qt: the tasks that it would turn were refused.

asyncio does not enter a task within a task, and a task that is refused never goes on. Plain slots
may open one (a menu, a file dialog).
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import modules, parsed

TURNING = {
    "exec", "exec_", "processEvents", "waitForDone", "run_until_complete", "run_forever",
    "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory",
    "getText", "getItem", "getInt", "getDouble", "getColor", "getFont",
    "information", "critical", "about", "aboutQt",
}  # fmt: skip
PROGRAM = Path("console/program.py")


def turning_calls(tree: ast.AST) -> Iterator[str]:
    """Yield what turns Qt's events among the calls of a method."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in TURNING
        ):
            yield f"{node.func.attr}, line {node.lineno}"


def turning_coroutines(tree: ast.AST) -> list[str]:
    """Return what turns Qt's events in coroutine functions."""
    coroutines = [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]
    return [call for coroutine in coroutines for call in turning_calls(coroutine)]


def test_no_coroutine_of_the_console_turns_qt() -> None:
    found = {str(path): turning_coroutines(parsed(path)) for path in modules("console")}
    assert not {path: calls for path, calls in found.items() if calls}


def test_menus_and_dialogs_are_opened_and_not_executed() -> None:
    """So that not even what a coroutine calls does it."""
    found = {
        (str(path), call.split(",")[0])
        for path in modules("console")
        if path not in (PROGRAM, Path("console/bridge/loop.py"))
        for call in turning_calls(parsed(path))
    }
    assert not found


@pytest.mark.parametrize("call", ["menu.exec(place)", "QFileDialog.getOpenFileName(self)"])
def test_one_that_does_is_found(call: str) -> None:
    assert turning_coroutines(ast.parse(f"async def ask():\n    {call}\n"))
    assert not turning_coroutines(ast.parse(f"def ask():\n    {call}\n"))
