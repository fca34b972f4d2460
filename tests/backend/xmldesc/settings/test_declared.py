"""Bounds that are the same everywhere."""

from backend.settings import Bounds, Choice
from backend.xmldesc import tree
from backend.xmldesc.settings.declared import Scene, among, between, free
from backend.xmldesc.settings.facts import Facts

SCENE = Scene(Facts(), tree.read("<domain/>"), tree.read("<domain/>"))


def test_what_is_said_in_a_word() -> None:
    assert among("a", "b", can_be_unset=True)(SCENE) == Bounds(
        choices=(Choice("a"), Choice("b")), can_be_unset=True
    )
    assert between(1, 9, step=2)(SCENE) == Bounds(1, 9, 2, can_be_unset=True)
    assert free()(SCENE) == Bounds(can_be_unset=True)
