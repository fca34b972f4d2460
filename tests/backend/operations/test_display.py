"""When there is a screen to open; the real ones are opened in tests/live."""

import pytest

from backend.display.channel import Transport
from backend.errors import BackendError, DisplayMissing, WrongState
from backend.model import Ref
from backend.operations import display, domain
from tests.backend.conftest import Heard


def error_of(heard: Heard, vm: Ref) -> BackendError:
    with pytest.raises(BackendError) as caught:
        heard.engine.query(display.open_display, vm).result(10)
    return caught.value


def test_a_machine_without_graphics_says_so(heard: Heard, vm: Ref) -> None:
    assert isinstance(error_of(heard, vm), DisplayMissing)


def test_a_machine_without_a_d_bus_display_has_none_to_take(heard: Heard, vm: Ref) -> None:
    with pytest.raises(DisplayMissing):
        heard.engine.query(display.open_display, vm, Transport.DBUS).result(10)


def test_a_machine_that_is_off_has_no_screen(heard: Heard, vm: Ref) -> None:
    heard.end_of(heard.engine.submit(domain.destroy, vm))
    error = error_of(heard, vm)
    assert isinstance(error, WrongState)
    assert error.arguments == {"name": "test", "state": "off"}
