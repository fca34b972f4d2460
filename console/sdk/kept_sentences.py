"""The sentences of what Celadon keeps by itself: the journal, the history, and pictures."""

from collections.abc import Mapping
from typing import Final

from console.sdk.marking import NOOP

KEPT: Final[Mapping[str, str]] = {
    # The journal of what happened
    "JournalFull": NOOP(
        "wording",
        "The disk that keeps the journal at {path} is full, so events wait in memory and are lost "
        "when Celadon ends. Make room there: they are written by themselves then.",
    ),
    "JournalRefused": NOOP(
        "wording",
        "The journal at {path} cannot be opened or written, so events are lost when Celadon ends. "
        "Put right what the details name; it is tried again every few seconds.",
    ),
    "JournalDamaged": NOOP(
        "wording",
        "The journal was damaged and a new one was begun, so older events are missing. The damaged "
        "file is kept at {path}; delete it when nobody needs it.",
    ),
    "JournalNewer": NOOP(
        "wording",
        "A later version of Celadon wrote the journal at {path}, and this one leaves it alone. Use "
        "that version, or move the file away to begin a new one.",
    ),
    "JournalNotAnswering": NOOP(
        "wording",
        "The disk that keeps the journal gave no answer within {seconds}. Look whether it is a "
        "network drive that is away, and open the page again.",
    ),
    # The history of figures
    "HistoryFull": NOOP(
        "wording",
        "The disk that keeps the history at {path} is full, so charts of the past have a gap from "
        "now on. Make room there: it is kept again by itself then.",
    ),
    "HistoryRefused": NOOP(
        "wording",
        "The history at {path} cannot be opened or written, so charts of the past have a gap. Put "
        "right what the details name; it is tried again every few seconds.",
    ),
    "HistoryDamaged": NOOP(
        "wording",
        "The history was damaged and a new one was begun, so older figures are missing. The "
        "damaged file is kept at {path}; delete it when nobody needs it.",
    ),
    "HistoryNewer": NOOP(
        "wording",
        "A later version of Celadon wrote the history at {path}, and this one leaves it alone. Use "
        "that version, or move the file away to begin a new one.",
    ),
    "HistoryCrowded": NOOP(
        "wording",
        "This machine has named so many file systems and devices that figures of new ones are not "
        "kept. Look in the guest what mounts them; the oldest are forgotten with time.",
    ),
    "HistoryNotAnswering": NOOP(
        "wording",
        "The disk that keeps the history gave no answer within {seconds}. Look whether it is a "
        "network drive that is away, and open the page again.",
    ),
    # Pictures of screens along the timeline
    "ScreensFull": NOOP(
        "wording",
        "The disk that keeps pictures of screens at {path} is full, so the timeline has none from "
        "now on. Make room there: they are kept again by themselves then.",
    ),
    "ScreensRefused": NOOP(
        "wording",
        "The pictures of screens at {path} cannot be opened or written, so the timeline has none. "
        "Put right what the details name; it is tried again every few seconds.",
    ),
    "ScreensDamaged": NOOP(
        "wording",
        "The pictures of screens were damaged and new ones are begun, so the timeline has none of "
        "before. The damaged file is kept at {path}; delete it when nobody needs it.",
    ),
    "ScreensNewer": NOOP(
        "wording",
        "A later version of Celadon wrote the pictures of screens at {path}, and this one leaves "
        "them alone. Use that version, or move the file away to begin a new one.",
    ),
}
