"""Imported before the rest of the program: the large libraries are linked beside Python.

libvirt and Qt bring 80 along, and to link them is a fifteenth of a start. Python holds up all its
threads meanwhile, though the linker has no need of it. So a thread of its own has done it by the
time that they are imported, which then find them there. What fonts there are is read likewise,
before Qt asks.
"""

import _ctypes  # what ctypes is made of: that itself is read for longer than this saves
import contextlib
import os
from threading import Thread

from console.bridge.recalled import recalled

_LARGE = ("libvirtmod", "PySide6.QtWidgets")
"""As they are needed; the second brings all of Qt that a window has."""
_FONTS = "libfontconfig.so.1"


def _link(files: list[str]) -> None:
    """Have the libraries linked; who imports one that cannot be is told so."""
    with contextlib.suppress(OSError):  # without the linker, or fontconfig: Python and Qt see to it
        link = _ctypes.dlsym(_ctypes.dlopen("", 0), "dlopen")
        for file in files:
            _ctypes.call_function(link, (os.fsencode(file), os.RTLD_NOW))
        fonts = _ctypes.dlopen(_FONTS, os.RTLD_NOW)
        _ctypes.call_function(_ctypes.dlsym(fonts, "FcInit"), ())


linking = Thread(
    target=_link, args=([*filter(None, map(recalled.file, _LARGE))],), name="linking", daemon=True
)
linking.start()
