"""The sentences for serial ports stand with all the others, and in no second place."""

import inspect

from console.sdk import sentences
from console.sdk.sentences import SENTENCES
from console.sdk.serial_sentences import SERIAL


def test_they_are_a_part_of_all() -> None:
    assert SERIAL.items() <= SENTENCES.items()
    source = inspect.getsource(sentences)
    assert not [name for name in SERIAL if f'"{name}"' in source]
