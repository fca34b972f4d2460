"""Which page of the details is in front: the same for all records of a kind, and the next time."""

from backend.model import Kind
from console.sdk.tabs import TabbedView
from console.shell.settings import Settings


def remember_tab(view: TabbedView, settings: Settings, kind: Kind) -> None:
    """Bring the page forward that was in front last, and remember each that is from now on."""
    key = f"tab/{kind.value}"
    view.bring_forward(settings.text(key))

    def keep() -> None:
        if view.is_awake:
            settings.put(key, view.current)

    view.tabs.currentChanged.connect(keep)
