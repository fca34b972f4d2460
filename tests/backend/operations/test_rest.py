"""A machine at rest is off, and goes on from nothing."""

import asyncio
from dataclasses import replace

import pytest

from backend.errors import BackendError, Gone, WrongState
from backend.model import Domain, DomainState
from backend.operations.rest import unchanging
from backend.refusals import HasSavedState
from tests.fakes.plugged import REF, PluggedHost

OFF = Domain(REF, "web", DomainState.OFF)


def look(record: Domain | None, monkeypatch: pytest.MonkeyPatch) -> Domain:
    host = PluggedHost()

    async def read_now(_ref: object) -> None:
        if record is None:
            host.inventory.drop(REF)
        else:
            host.inventory.put(record)

    monkeypatch.setattr(host.managed, "read_now", read_now)
    return asyncio.run(unchanging(host.managed, REF))


def test_one_at_rest_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(OFF, monkeypatch) == OFF


@pytest.mark.parametrize(
    ("record", "error"),
    [
        (replace(OFF, state=DomainState.RUNNING), WrongState),
        (replace(OFF, state=DomainState.PAUSED), WrongState),
        (replace(OFF, has_saved_state=True), HasSavedState),
        (None, Gone),
    ],
)
def test_any_other_is_refused(
    record: Domain | None, error: type[BackendError], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(error):
        look(record, monkeypatch)
