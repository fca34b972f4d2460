import pytest

from backend.journal.entry import What, fact


def test_a_fact_keeps_its_arguments_in_order() -> None:
    said = fact(What.RENAMED, before="a", after="b")
    assert said.arguments == (("after", "b"), ("before", "a"))
    assert said["before"] == "a"
    assert said == fact(What.RENAMED, after="b", before="a")
    with pytest.raises(KeyError):
        said["name"]
