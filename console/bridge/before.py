"""Imported before all else of ours, and before Qt: what must be so before others are loaded."""

import os

# libvirt's threads and Qt's GLib dispatcher would iterate one GLib context from two threads.
os.environ.setdefault("QT_NO_GLIB", "1")
# numpy's library would have a thread a core, each of which spins for a while once it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import console.bridge.unloaded  # isort: skip  # noqa: F401  # first: it finds the others
from console.bridge.linked import linking  # isort: skip  # noqa: F401  # by name: read at once
from console.bridge.patterns import keep_patterns  # isort: skip  # noqa: F401  # likewise
from console.bridge.unwritten import Method  # isort: skip  # noqa: F401  # likewise
from console.bridge.enumerated import IS_KNOWN  # isort: skip  # noqa: F401  # likewise
