"""libvirt's own event loop, in one daemon thread a process.

Not libvirtaio: its callbacks run on whatever thread makes a libvirt call. Qt's GLib dispatcher
would iterate the same GLib context and crash, so a program with both sets QT_NO_GLIB=1 before
QApplication.
"""

import functools
import logging
import threading

import libvirt

log = logging.getLogger(__name__)
THREAD_NAME = "hypervisor-events"


@functools.cache
def run_in_thread() -> None:
    """Have libvirt's events delivered from now on; must come before the first connection."""
    libvirt.registerErrorHandler(_ignore, None)
    libvirt.virEventRegisterDefaultImpl()
    threading.Thread(target=_run, name=THREAD_NAME, daemon=True).start()


def _run() -> None:
    while True:
        try:
            libvirt.virEventRunDefaultImpl()
        except libvirt.libvirtError:
            log.exception("libvirt's event loop stumbled")


def _ignore(_context: object, _error: object) -> None:
    # libvirt prints every error otherwise; ours are raised and told.
    return
