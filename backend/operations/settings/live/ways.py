"""The fields that can be changed while a machine runs. All others wait for its next start."""

from typing import Final

from backend.operations.settings.acting import Way
from backend.operations.settings.live import words
from backend.settings import Field

WAYS: Final[dict[Field, Way]] = {
    Field.NAME_TITLE: Way(words.set_title),
    Field.NAME_NOTES: Way(words.set_notes),
}
"""How each is changed."""
