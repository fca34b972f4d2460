"""gtk-vnc's view in a window of its own, run by the system's Python: gtk_vnc.py SOCKET."""

# mypy: disable-error-code="import-not-found,import-untyped"

import socket
import sys
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("GtkVnc", "2.0")
from gi.repository import GLib, Gtk, GtkVnc  # noqa: E402

TITLE = "gtk-vnc display"
_SETTLED_MS = 700


def main(place: str) -> None:
    """Show what is there until somebody ends it."""
    window: Any = Gtk.Window(title=TITLE)
    display: Any = GtkVnc.Display()
    display.set_scaling(False)  # its own signature
    window.add(display)
    window.show_all()
    display.connect("vnc-disconnected", lambda _display: Gtk.main_quit())

    def begin() -> bool:
        sock = socket.socket(socket.AF_UNIX)
        sock.connect(place)
        display.open_fd(sock.detach())
        return False

    GLib.timeout_add(_SETTLED_MS, begin)
    Gtk.main()


if __name__ == "__main__":
    main(sys.argv[1])
