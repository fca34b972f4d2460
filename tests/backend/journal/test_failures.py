import pytest

from backend.errors import BackendError
from backend.journal.failures import (
    JournalDamaged,
    JournalFull,
    JournalNewer,
    JournalNotAnswering,
    JournalRefused,
)


@pytest.mark.parametrize(
    "kind", [JournalDamaged, JournalFull, JournalNewer, JournalNotAnswering, JournalRefused]
)
def test_each_names_the_file_or_how_long_it_was_waited_for(kind: type[BackendError]) -> None:
    told = kind(path="/j", seconds=3).problem
    assert told.message_id == kind.__name__
    assert told["path"] == "/j"
