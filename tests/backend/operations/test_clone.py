"""What is cloned is off, and its disks lie in a pool; the making is tested in tests/live."""

import pytest

from backend.model import Kind, Ref
from backend.operations import clone
from backend.operations.clone import Copying
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST

TEST = Ref(HOST.host, Kind.DOMAIN, "6695eb01-f6a4-8304-79aa-97f2502e193f")


@pytest.mark.parametrize("copying", Copying)
def test_one_that_runs_is_not_cloned(heard: Heard, copying: Copying) -> None:
    job = heard.end_of(heard.engine.submit(clone.clone, TEST, ("copy",), copying))
    assert job.problem
    assert job.problem.message_id == "WrongState"
