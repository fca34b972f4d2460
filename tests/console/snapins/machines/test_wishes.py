"""A wish is granted once, to the machine that it is for."""

from backend.model import Kind, Ref
from console.snapins.machines.wishes import Wishes

A, B = (Ref("h", Kind.DOMAIN, key) for key in "ab")


def test_it_is_granted_once() -> None:
    wishes, told = Wishes(), list[None]()
    end = wishes.listen(lambda: told.append(None))
    wishes.make(A)
    assert len(told) == 1
    assert not wishes.grant(B)
    assert not wishes.grant(None)
    assert wishes.grant(A)
    assert not wishes.grant(A)
    end()
    wishes.make(B)
    assert len(told) == 1
