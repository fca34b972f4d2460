import pytest

from backend.errors import BackendError
from backend.history.failures import (
    HistoryDamaged,
    HistoryFull,
    HistoryNewer,
    HistoryNotAnswering,
    HistoryRefused,
)


@pytest.mark.parametrize(
    "kind", [HistoryDamaged, HistoryFull, HistoryNewer, HistoryNotAnswering, HistoryRefused]
)
def test_each_names_the_file_or_how_long_it_was_waited_for(kind: type[BackendError]) -> None:
    told = kind(path="/h", seconds=3).problem
    assert told.message_id == kind.__name__
    assert told["path"] == "/h"
