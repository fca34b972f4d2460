"""virsh reads a description, and none with a password in it is shown."""

from backend.operations import definition
from backend.operations.script import descriptions
from backend.operations.script.request import Request
from tests.fakes.machines import HOST

SECRET = "<domain><name>a</name><devices><graphics type='vnc' passwd='pencil'/></devices></domain>"


def test_a_password_is_hidden_and_that_is_said() -> None:
    call = descriptions.define_hiding(SECRET)
    assert "pencil" not in call.text
    assert call.remark
    assert call.remark.message_id == "ScriptHidesPassword"
    assert descriptions.define_hiding("<domain/>").remark is None


def test_a_program_has_no_password_either() -> None:
    request = Request(definition.define, HOST, (SECRET,))
    assert "pencil" not in str(descriptions.without_passwords(request).arguments)
