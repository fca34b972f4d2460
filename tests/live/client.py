"""An engine that connects to somebody else's host, and a user who answers its questions."""

import contextlib
import time
from collections.abc import Callable, Iterator

from celadon_tour.patience import Patience

from backend.engine import Engine
from backend.errors import Problem
from backend.model import Host, HostState, Keep, Kind, Prompt, PromptKind, Ref
from backend.operations import host
from backend.specs import HostSpec
from tests.backend.conftest import Heard

HOST = Ref("there", Kind.HOST, "there")
PATIENCE_S = 40.0


class Client:
    """What a console would hold, for one host."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.heard = Heard(engine, PATIENCE_S)

    @property
    def host(self) -> Host:
        """What is known of the host."""
        return self.heard.host()

    def history(self) -> list[Host]:
        """Return the host's record as it was, time after time."""
        told = [change.after for change in self.heard.changes]
        return [record for record in told if isinstance(record, Host)]

    def prompts(self) -> list[Prompt]:
        """Return every question that was put."""
        found = [record.prompt for record in self.history() if record.prompt]
        return list({prompt.id: prompt for prompt in found}.values())

    def asked(self, kind: PromptKind) -> Prompt:
        """Return the question that is open, once there is one; it is of this kind."""
        self.heard.until(lambda: self.heard.records and self.host.prompt)
        prompt = self.host.prompt
        assert prompt
        assert prompt.kind is kind, self.host
        return prompt

    def answer(self, kind: PromptKind, text: str = "", keep: Keep = Keep.NO) -> Prompt:
        """Answer the next question, which must be of this kind; return it."""
        prompt = self.asked(kind)
        self.engine.query(host.answer, HOST, prompt.id, text, keep).result(5)
        self.heard.until(lambda: self.host.prompt != prompt)
        return prompt

    def decline(self, kind: PromptKind) -> Prompt:
        """Decline the next question, which must be of this kind; return it."""
        prompt = self.asked(kind)
        self.engine.query(host.decline, HOST, prompt.id).result(5)
        self.heard.until(lambda: self.host.prompt != prompt)
        return prompt

    def until(self, *states: HostState) -> Host:
        """Return the host once it is in one of these states."""
        self.heard.until(lambda: self.heard.records and self.host.state in states)
        return self.host

    def connected(self) -> Host:
        """Return the host, connected; nothing must be in the way."""
        self.heard.until(
            lambda: (
                self.heard.records
                and (self.host.prompt or self.host.state is not HostState.CONNECTING)
            )
        )
        assert self.host.state is HostState.CONNECTED, self.host
        return self.host

    def away(self) -> Problem:
        """Return why the host is away."""
        problem = self.until(HostState.AWAY).problem
        assert problem
        return problem

    def do(self, verb: Callable[..., object]) -> Problem | None:
        """Run a verb on the host; return what went wrong."""
        return self.heard.end_of(self.engine.submit(verb, HOST)).problem  # type: ignore[arg-type]

    def wait(self, holds: Callable[[], object]) -> None:
        """Return once that holds, of something that no change tells of."""
        patience = Patience(PATIENCE_S)
        while not holds():
            assert not patience.is_over, "it did not come to that"
            time.sleep(0.05)


@contextlib.contextmanager
def client(spec: HostSpec) -> Iterator[Client]:
    """Give a client that has just begun to connect."""
    engine = Engine([spec])
    engine.start()
    try:
        yield Client(engine)
    finally:
        engine.close()
