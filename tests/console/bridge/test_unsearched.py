"""PySide reads none of our sources."""

import subprocess
import sys

import pytest
from typing_extensions import override


@pytest.mark.parametrize("first", ["PySide6.QtCore", "console.bridge.unsearched"])
def test_what_comes_after_it_is_not_read(first: str) -> None:
    code = f"import sys, linecache, {first}, console.bridge.mirror\n"
    code += "print(any('/backend/' in file for file in linecache.cache))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # Should PySide leave off searching by itself, the module can go.
    assert run.stdout == f"{first == 'PySide6.QtCore'}\n"


def test_nothing_is_read_for_that_search_and_all_is_there_afterwards() -> None:
    code = """
import console.bridge.before
from console.bridge.unsearched import features
from lxml import etree
import inspect, typing_extensions
kinds = [type(module).__name__ for module in (inspect, typing_extensions)]
print(kinds, features is not None, typing_extensions.Protocol.__name__)
print(typing_extensions.override.__module__, inspect.getfullargspec(lambda a, b=1: a).args)
class Target:
    def start(self, tag, attributes, names):
        print(tag, dict(names))
    def close(self):
        pass
etree.fromstring("<machine xmlns='urn:x'/>", etree.XMLParser(target=Target()))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == [
        "['_Unloaded', '_Unloaded'] True Protocol",
        f"{override.__module__} ['a', 'b']",
        "{urn:x}machine {'': 'urn:x'}",
    ]
