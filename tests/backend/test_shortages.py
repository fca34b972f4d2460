"""They are errors like the others, under names that no other one has."""

import inspect

from backend import errors, refusals, shortages
from backend.errors import BackendError


def test_each_is_told_by_its_own_name_and_by_no_other_s() -> None:
    ours = {
        name: kind
        for name, kind in inspect.getmembers(shortages, inspect.isclass)
        if kind.__module__ == shortages.__name__
    }
    assert ours
    for name, kind in ours.items():
        assert issubclass(kind, BackendError)
        assert kind.message_id == name
        assert not hasattr(errors, name)
        assert not hasattr(refusals, name)
