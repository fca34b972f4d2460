import pytest

from backend.errors import BackendError, ConnectionRefused, ConnectionTimedOut, NoRoute
from backend.hypervisor.unreached import unreached


@pytest.mark.parametrize(
    ("why", "error"),
    [
        ("Connection timed out", ConnectionTimedOut(host="rack-2", port=22)),
        ("Connection refused", ConnectionRefused(host="rack-2", port=22)),
        ("No route to host", NoRoute(host="rack-2")),
        ("Network is unreachable", NoRoute(host="rack-2")),
    ],
)
def test_the_systems_words_become_an_error(why: str, error: BackendError) -> None:
    told = unreached("rack-2", 22, why)
    assert (type(told), told.arguments) == (type(error), error.arguments)
