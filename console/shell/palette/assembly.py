"""Puts the palette together for a window."""

from typing import TYPE_CHECKING

from backend.model import Ref
from console.shell.palette.catalogue import Catalogue
from console.shell.palette.overlay import Overlay
from console.shell.palette.recent import Recent
from console.shell.palette.sources import Deeds, Places, commands

if TYPE_CHECKING:
    from console.shell.palette.field import PaletteField
    from console.shell.window import MainWindow


def make_palette(window: "MainWindow", anchor: "PaletteField") -> Overlay:
    """Return the palette of a window, which opens where `anchor` is."""

    def go(node_id: str, ref: Ref | None) -> None:
        window.guide.navigate(node_id, ref)
        window.panes.result.take_focus()

    deeds = Deeds(window.actions_of, window.scope, window.bridge.mirror, window.show_notice)
    places = Places(window.scope, window.bridge.mirror, deeds, go)
    sources = (
        deeds.here,
        places.finds,
        lambda: commands(window.menuBar()),
        deeds.elsewhere,
        window.help.finds,
    )
    overlay = Overlay(window, anchor, Catalogue(sources, Recent(window.settings)))
    anchor.typed.connect(overlay.open_with)
    return overlay
