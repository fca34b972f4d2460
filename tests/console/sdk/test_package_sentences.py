"""The sentences for packages stand with all the others, and in no second place."""

import inspect

from console.sdk import sentences
from console.sdk.package_sentences import PACKAGES
from console.sdk.sentences import SENTENCES


def test_they_are_a_part_of_all() -> None:
    assert PACKAGES.items() <= SENTENCES.items()
    source = inspect.getsource(sentences)
    assert not [name for name in PACKAGES if f'"{name}"' in source]
