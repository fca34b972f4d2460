import gc

from backend.errors import BackendError, ConnectionLost
from backend.host.consoles import Consoles
from backend.hypervisor.connection import Connection
from backend.hypervisor.consoles import ConsoleLine


class Stream:
    def eventAddCallback(self, *_arguments: object) -> None:
        return

    def eventRemoveCallback(self) -> None:
        return

    def abort(self) -> None:
        return


async def test_all_end_with_the_host_and_one_that_is_closed_is_forgotten(uri: str) -> None:
    consoles = Consoles(Connection("t-consoles", lambda: uri, threads=1))
    lines = [await consoles.open(lambda _c: ConsoleLine(Stream()), deadline_s=5) for _ in range(2)]
    ended: list[BackendError | None] = []
    for line in lines:
        line.begin(lambda _data: None, ended.append)
    del line
    lines.pop().close()
    gc.collect()
    assert len(consoles._open) == 1
    consoles.close()
    assert [type(error) for error in ended] == [ConnectionLost]
