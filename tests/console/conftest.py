"""Every test of the console has the loop of the GUI thread, and leaves no task in it."""

import asyncio

import pytest

from tests.fakes.turning import gui_tasks

__all__ = ["gui_tasks"]


@pytest.fixture(autouse=True)
def _gui_tasks(gui_tasks: asyncio.AbstractEventLoop) -> None:
    """Let the loop be there without asking."""
