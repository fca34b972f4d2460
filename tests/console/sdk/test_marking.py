"""A text that is marked is the text."""

from console.sdk.marking import NOOP


def test_it_stays_as_it_is() -> None:
    assert NOOP("context", "A text.") == "A text."
