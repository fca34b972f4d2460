"""The sentences for screens stand with all the others, and in no second place."""

import inspect

from console.sdk import sentences
from console.sdk.display_sentences import DISPLAY
from console.sdk.sentences import SENTENCES


def test_they_are_a_part_of_all() -> None:
    assert DISPLAY.items() <= SENTENCES.items()
    source = inspect.getsource(sentences)
    assert not [name for name in DISPLAY if f'"{name}"' in source]
