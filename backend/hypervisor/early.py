"""Connections that are opened before the rest of the program is loaded, beside Python.

Only to this computer, and only where nobody can be asked who he is: asked twice, he would wonder.
"""

import contextlib
import os
import threading
from concurrent.futures import Future
from typing import TypeAlias

import libvirt

from backend.hypervisor import eventloop
from backend.specs import HostSpec

Opening: TypeAlias = "Future[libvirt.virConnect]"
_begun: dict[str, Opening] = {}


def begin(spec: HostSpec) -> None:
    """Have a host's first connection opened in a thread, if that can be done before all else."""
    is_here = spec.uri.startswith("test:///") or (
        spec.uri.partition("?")[0] == "qemu:///system" and os.geteuid() == 0
    )
    is_first = spec.uri not in _begun
    if is_here and is_first and spec.is_wanted and not spec.is_read_only:
        eventloop.run_in_thread()
        opening: Opening = Future()
        opener = threading.Thread(target=_open, args=(spec.uri, opening), name="early", daemon=True)
        opener.start()
        _begun[spec.uri] = opening


def taken(uri: str) -> "libvirt.virConnect | None":
    """Return what was opened there, once; None is: nothing was, or in vain. Blocking."""
    opening = _begun.pop(uri, None)
    # Of what failed, who opens it now says why.
    return opening.result() if opening and not opening.exception() else None


def end() -> None:
    """Close what nobody has taken, without waiting: Python would as it ends, and wait for ever."""
    while _begun:
        _uri, opening = _begun.popitem()
        closer = threading.Thread(
            target=_close, args=(opening,), name="hypervisor-close", daemon=True
        )
        closer.start()


def _open(uri: str, opening: Opening) -> None:
    try:
        opening.set_result(libvirt.open(uri))
    except BaseException as error:  # noqa: BLE001  # whatever it is, who takes it must not wait
        opening.set_exception(error)


def _close(opening: Opening) -> None:
    if not opening.exception():
        with contextlib.suppress(libvirt.libvirtError):
            opening.result().close()
