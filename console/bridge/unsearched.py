"""Imported before the rest of the program: PySide then reads none of its sources.

At every import it looks for its own name in the module's source, in case one turns a `__feature__`
on, which nobody does here: that is 0.05 s of each start, and 10 MB of lines that stay.
"""

import sys

import PySide6.QtCore  # noqa: F401  # what is changed here comes with it


def _uses_no_feature(_module: object) -> bool:
    return False


features = sys.modules.get("shibokensupport.feature")
if hasattr(features, "_mod_uses_pyside"):
    setattr(features, "_mod_uses_pyside", _uses_no_feature)  # noqa: B010  # not in its types
