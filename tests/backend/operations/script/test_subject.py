"""What virsh is told of the thing that is meant."""

from backend.model import Domain
from backend.operations import domain, host
from backend.operations.script.request import Request
from backend.operations.script.subject import Subject
from tests.backend.operations.script.known import WEB, Records
from tests.fakes.machines import HOST
from tests.fakes.machines import host as a_host


def test_a_command_stands_before_what_it_is_done_to() -> None:
    known = Records()
    subject = Subject(
        Request(domain.rename, WEB, ("new",)), a_host(), WEB.key, known.record(WEB, Domain), known
    )
    assert subject.call("domrename", "--new-name", "new").words == (
        "domrename", WEB.key, "--new-name", "new",
    )  # fmt: skip
    assert subject.argument("name") == "new"
    assert subject.domain == known.record(WEB, Domain)


def test_a_host_is_no_machine() -> None:
    subject = Subject(Request(host.refresh, HOST), a_host(), HOST.key, a_host(), Records())
    assert subject.domain is None
