"""What is said when a file of ours (settings, remembered servers) is not as it should be."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from console.sdk.kept_file import Fault, Trouble
from console.sdk.sentences import NOOP

_SENTENCES: Final = {
    Fault.UNREADABLE: NOOP(
        "kept_words",
        "The file {path} cannot be read. Give yourself the right to read it and start Celadon "
        "again; until then nothing is written there either.",
    ),
    Fault.NOT_PERMITTED: NOOP(
        "kept_words",
        "The file {path} cannot be written. Give yourself the right to write it and its folder; "
        "until then what is new is lost when Celadon ends.",
    ),
    Fault.FULL: NOOP(
        "kept_words",
        "The disk that holds {path} is full. Make room there: Celadon tries again by itself; "
        "until then what is new is lost when Celadon ends.",
    ),
    Fault.BUSY: NOOP(
        "kept_words",
        "Another program holds {path}. End a Celadon that hangs; this one tries again by itself.",
    ),
    Fault.FAILED: NOOP(
        "kept_words",
        "The file {path} could not be written. Look to its disk: Celadon tries again by itself; "
        "until then what is new is lost when Celadon ends.",
    ),
}
_RESTORED: Final = NOOP(
    "kept_words", "The file {path} was damaged. What it held before the last change was taken."
)
_LOST: Final = NOOP("kept_words", "The file {path} was damaged, and there is none of before.")
_ASIDE: Final = NOOP("kept_words", "The damaged one lies at {aside}.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("kept_words", text)


def sentence(trouble: Trouble) -> str:
    """Return what is wrong with the file and what to do."""
    if trouble.fault is not Fault.DAMAGED:
        return _tr(_SENTENCES[trouble.fault]).format(path=trouble.path)
    first = _tr(_RESTORED if trouble.is_restored else _LOST).format(path=trouble.path)
    return f"{first} {_tr(_ASIDE).format(aside=trouble.aside)}" if trouble.aside else first
