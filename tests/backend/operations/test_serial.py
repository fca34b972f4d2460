"""When there is a port to open; the real ones are opened in tests/live."""

import pytest

from backend.errors import BackendError, WrongState
from backend.interruptions import SerialMissing
from backend.model import Ref
from backend.operations import domain, serial
from tests.backend.conftest import Heard


def error_of(heard: Heard, vm: Ref) -> BackendError:
    with pytest.raises(BackendError) as caught:
        heard.engine.query(serial.open_port, vm, "serial", 0).result(10)
    return caught.value


def test_a_machine_without_ports_says_so(heard: Heard, vm: Ref) -> None:
    assert isinstance(error_of(heard, vm), SerialMissing)


def test_a_machine_that_is_off_has_no_line(heard: Heard, vm: Ref) -> None:
    heard.end_of(heard.engine.submit(domain.destroy, vm))
    error = error_of(heard, vm)
    assert isinstance(error, WrongState)
    assert error.arguments == {"name": "test", "state": "off"}
