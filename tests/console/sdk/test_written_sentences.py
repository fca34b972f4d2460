"""The sentences for what is written stand with all the others, and in no second place."""

import inspect

from console.sdk import sentences
from console.sdk.sentences import SENTENCES
from console.sdk.written_sentences import WRITTEN


def test_they_are_a_part_of_all() -> None:
    assert WRITTEN.items() <= SENTENCES.items()
    source = inspect.getsource(sentences)
    assert not [name for name in WRITTEN if f'"{name}"' in source]
