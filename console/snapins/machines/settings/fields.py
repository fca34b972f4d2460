"""Words for each field: its name, what its box says, its values, its unit; tables, marked only."""

from typing import Final

from console.sdk.marking import NOOP

NAMES: Final[dict[str, str]] = {
    "memory.startup": NOOP("machines", "Startup memory"),
    "memory.maximum": NOOP("machines", "Maximum"),
    "processor.count": NOOP("machines", "Virtual processors"),
    "processor.maximum": NOOP("machines", "Maximum"),
    "name.name": NOOP("machines", "Name"),
    "name.title": NOOP("machines", "Title"),
    "name.notes": NOOP("machines", "Notes"),
    "automatic_start.autostart": NOOP("machines", "Automatic start"),
}
SWITCHES: Final[dict[str, str]] = {
    "automatic_start.autostart": NOOP("machines", "Start with the server"),
}
ABOUT: Final[dict[str, str]] = {}
UNITS: Final[dict[str, str]] = {}
UNSET: Final[dict[str, str]] = {
    "name.title": NOOP("machines", "none"),
    "name.notes": NOOP("machines", "none"),
}
LONG: Final = frozenset({"name.notes"})
COMMON: Final[dict[str, str]] = {}
VALUES: Final[dict[str, dict[str, str]]] = {}
PASSING: Final = frozenset({"WrongState", "ChangedElsewhere", "NameTaken", "NameInvalid"})
"""Problems that are not of the host: they pass, or another value will do."""
HEADLINES: Final[dict[str, tuple[str, ...]]] = {
    "memory": ("memory.startup",),
    "processor": ("processor.count",),
    "name": ("name.name",),
    "automatic_start": ("automatic_start.autostart",),
}
"""Which fields of a page stand below its name, in their order."""
HEADLINE_SWITCHES: Final[dict[str, tuple[str, str]]] = {
    "automatic_start.autostart": (NOOP("machines", "with the server"), NOOP("machines", "never")),
}
"""What stands there for on and for off."""
HEADLINE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "processor.count": (
        NOOP("machines", "{number} virtual processor"),
        NOOP("machines", "{number} virtual processors"),
    ),
}
"""What stands there for a number, one and more."""
FILES: Final = frozenset({"drive.source"})
"""Fields that name a file: its own name is enough in a line."""
SENTENCES: Final[dict[str, str]] = {}
"""What stands below the title of a page."""
GROUPS: Final[dict[str, str]] = {}
"""The heading above a field on its page."""
