"""They are errors like the others: an id, arguments, and a value to be carried."""

import inspect

from backend import errors, refusals
from backend.errors import BackendError, Problem
from backend.refusals import XmlBroken


def test_each_is_told_by_its_own_name_and_by_no_other_s() -> None:
    ours = {
        name: kind
        for name, kind in inspect.getmembers(refusals, inspect.isclass)
        if kind.__module__ == refusals.__name__
    }
    assert ours
    for name, kind in ours.items():
        assert issubclass(kind, BackendError)
        assert kind.message_id == name
        assert not hasattr(errors, name)


def test_one_as_a_value() -> None:
    told = XmlBroken(line=3, column=1, detail=("words",)).problem
    assert told == Problem("XmlBroken", (("column", 1), ("line", 3)), ("words",))
