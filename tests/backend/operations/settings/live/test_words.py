"""What people wrote is changed as the machine runs, and only there."""

import libvirt

from backend.jobs import JobState
from backend.model import Ref
from backend.operations.settings.live import words
from backend.settings import Field, Setting
from tests.backend.conftest import Heard


def test_title_and_notes_of_what_runs(heard: Heard, vm: Ref) -> None:
    for operation, field in (
        (words.set_title, Field.NAME_TITLE),
        (words.set_notes, Field.NAME_NOTES),
    ):
        for value in ("hello", None):
            job = heard.end_of(heard.engine.submit(operation, vm, Setting(field), value))
            assert job.state is JobState.DONE, job
    connect = libvirt.open(heard.host().uri)
    assert "hello" not in connect.lookupByUUIDString(vm.key).XMLDesc(0)
    connect.close()
