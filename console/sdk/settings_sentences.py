"""The sentences for settings: what a value may be, and what stands against it."""

from collections.abc import Mapping
from typing import Final

from console.sdk.marking import NOOP

SETTINGS: Final[Mapping[str, str]] = {
    "ValueTooSmall": NOOP(
        "wording", "This is too little: it has to be {minimum} at least. Choose more."
    ),
    "ValueTooLarge": NOOP("wording", "This is too much: it can be {maximum} at most. Choose less."),
    "SizeTooSmall": NOOP(
        "wording", "This is too small: it has to be {minimum_bytes} at least. Choose more."
    ),
    "SizeTooLarge": NOOP(
        "wording", "This is too large: it can be {maximum_bytes} at most. Choose less."
    ),
    "ValueNotOffered": NOOP(
        "wording", "“{value}” will not do here. Choose one of what is offered."
    ),
    "ValueNeeded": NOOP(
        "wording", "It cannot be left empty. Choose what is offered, or type something."
    ),
    "ChangedElsewhere": NOOP(
        "wording",
        "Somebody else changed this meanwhile, from “{before}” to “{now}”. Look at the new value, "
        "and change it again if it is not what you want.",
    ),
    "SettingMissing": NOOP(
        "wording",
        "“{name}” has no place for “{setting}” any more: its device was taken out. Open the "
        "settings again.",
    ),
    "SettingNotKept": NOOP(
        "wording",
        "The hypervisor made “{found}” of “{wanted}”, so everything was left as it was. Try "
        "another value.",
    ),
}
