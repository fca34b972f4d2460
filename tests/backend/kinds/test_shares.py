from backend.kinds import catalogue, shares
from backend.kinds.moment import Room
from backend.refusals import NoShareProgram
from backend.shortages import ShareProgramEnded
from tests.backend.kinds.moments import ALL_CONTROLLERS, moment

CAN = (("filesystem", "driverType", "virtiofs"), ("filesystem", "driverType", "path"))
SHARED = Room(8, 3, ALL_CONTROLLERS, is_memory_shared=True)


def reasons(**rest: object) -> list[str]:
    at = moment(abilities=CAN, **rest)  # type: ignore[arg-type]
    found = shares.SHARE.fields[0].candidates(at)
    return [one.problem.message_id if one.problem else "" for one in found]


def test_virtiofs_needs_memory_that_is_shared_and_gets_it_at_the_next_start() -> None:
    assert reasons() == ["NoSharedMemory", "OnlyAtNextStart"]
    assert reasons(room=SHARED) == ["", "OnlyAtNextStart"]
    assert reasons(is_live=False) == ["", ""]
    assert reasons(room=SHARED, share_ends_it=True) == ["ShareNotWhileRunning", "OnlyAtNextStart"]
    assert reasons(is_live=False, share_ends_it=True) == ["", ""]
    values = {"driver": "virtiofs", "folder": "/srv", "name": "data"}
    (part,) = shares.SHARE.make(values, moment())
    assert shares.SHARE.needs(part) == shares.SHARED_MEMORY
    (old,) = shares.SHARE.make({**values, "driver": "9p"}, moment())
    assert shares.SHARE.needs(old) == ()


def test_a_program_that_ended_is_told_from_one_that_is_missing() -> None:
    ended = "-chardev socket,path=/run/x/ua-1-fs.sock: Failed to connect to '/run/x/ua-1-fs.sock'"
    later = "-device vhost-user-fs-pci,id=fs0,tag=x: vhost_backend_init failed: Protocol error"
    for words, error in (
        (ended, ShareProgramEnded),
        (later, ShareProgramEnded),
        ("internal error: virtiofsd died unexpectedly", ShareProgramEnded),
        ("Unable to find a satisfying virtiofsd", NoShareProgram),
    ):
        assert isinstance(catalogue.meant((words,), (shares.SHARE,)), error)


def test_what_is_typed_is_looked_at() -> None:
    _driver, folder, name = shares.SHARE.fields
    (part,) = shares.SHARE.make({"driver": "9p", "folder": "/srv", "name": "share"}, moment())
    at = moment(part)
    assert folder.check("srv", at)
    assert folder.check("/srv", at) is None
    assert name.check("share", at)
    assert name.check("a b", at)
    assert name.proposal(at) == "share2"
