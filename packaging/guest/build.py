#!/usr/bin/env python3
"""Build the sample guest: `packaging/guest/build.py [--out DIR]`; see README.md beside this file.

Needs Python 3.11's standard library, apt-get and dpkg-deb; neither root nor a virtual environment.
"""

import importlib
import sys
from pathlib import Path

import_root = Path(__file__).resolve().parents[2]


def open_package() -> None:
    """Make `packaging.guest` importable, also where PyPI's library `packaging` is installed.

    Both claim the name: theirs is a regular package and wins, so ours joins its path.
    """
    sys.path[0] = str(import_root)  # was this folder: nothing here may shadow the standard library
    package = importlib.import_module("packaging")
    ours = str(import_root / "packaging")
    if ours not in package.__path__:
        package.__path__.append(ours)


if __name__ == "__main__":
    open_package()
    sys.exit(importlib.import_module("packaging.guest.command").main(sys.argv[1:]))
