"""An action goes its usual way against it, and nothing is done."""

from dataclasses import replace

from backend.jobs import Job
from backend.model import Ref
from backend.operations import domain as verbs
from backend.operations.script.request import Request, made_by
from backend.specs import HostSpec
from console.sdk.context import Context, Question
from console.sdk.recording import RecordingContext
from console.sdk.servers import Server
from tests.console.snapins.conftest import context, engine
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import domain
from tests.fakes.turning import turn

__all__ = ["context", "engine"]
WEB = domain("web-01").ref


def play(recording: RecordingContext, act: object) -> None:
    recording._context.run(recording.play(act))  # type: ignore[arg-type]
    turn()


def test_verbs_are_kept_and_not_handed_in(context: LentContext) -> None:
    recording = RecordingContext(context)

    def act(given: Context) -> None:
        given.submit(verbs.rename, WEB, "a")
        given.submit(verbs.shutdown, WEB, timeout_s=5.0)

    play(recording, act)
    assert recording.requests == [
        Request(verbs.rename, WEB, ("a",)),
        Request(verbs.shutdown, WEB, (), (("timeout_s", 5.0),)),
    ]
    assert context.submitted() == []


def test_a_job_is_over_at_once_and_made_something(context: LentContext) -> None:
    recording = RecordingContext(context)
    ends: list[Job] = []

    async def act(given: Context) -> None:
        ends.append(await given.submit(verbs.start, WEB))
        result = ends[0].result
        assert isinstance(result, Ref)
        given.submit(verbs.destroy, result)

    play(recording, act)
    assert ends[0].is_over
    assert recording.requests[1].ref == made_by(0, "here")


def test_what_is_started_runs_before_it_is_over(context: LentContext) -> None:
    recording = RecordingContext(context)

    def act(given: Context) -> None:
        async def later() -> None:
            given.submit(verbs.start, WEB)

        given.run(later())

    play(recording, act)
    assert [request.verb for request in recording.requests] == ["domain.start"]


def test_questions_are_answered_as_they_are_proposed(context: LentContext) -> None:
    recording = RecordingContext(context, ["typed"])
    answers: list[object] = []

    async def act(given: Context) -> None:
        boxes = (("one", True), ("two", False))
        answers.append(await given.ask(Question("t", "?", ("Do", "Leave"), checkboxes=boxes)))
        answers.append(await given.ask_text("t", "First", "a", lambda _text: ""))
        answers.append(await given.ask_text("t", "Second", "b", lambda _text: "no"))

    play(recording, act)
    answer, first, second = answers
    assert (answer.choice, answer.checked) == (0, (True, False))  # type: ignore[attr-defined]
    assert (first, second) == ("typed", "b")
    assert [(a.label, a.text, a.refusal(a.text)) for a in recording.asked] == [
        ("First", "typed", ""), ("Second", "b", "no"),
    ]  # fmt: skip
    assert context.questions == []


def test_nothing_is_shown_and_nobody_goes_anywhere(context: LentContext) -> None:
    recording = RecordingContext(context)

    def act(given: Context) -> None:
        given.navigate("machines:here")
        given.show_dialog("a dialog")

    play(recording, act)
    assert recording.dialogs == ["a dialog"]
    assert not context.places
    assert not context.dialogs


def test_what_only_asks_is_asked(context: LentContext) -> None:
    context.engine.answers["domain.owned_disks"] = ("a disk",)
    recording = RecordingContext(context)
    told: list[object] = []

    async def act(given: Context) -> None:
        told.append(await given.query(verbs.owned_disks, WEB))

    play(recording, act)
    assert told == [("a disk",)]
    assert recording.lookup is context.lookup


def test_the_list_of_servers_stays_as_it_is(context: LentContext) -> None:
    server = Server(HostSpec("r", "rack", "qemu+ssh://rack/system"), is_remembered=True)
    context.servers.manage(server)

    def act(given: Context) -> None:
        given.servers.forget("r")
        given.servers.manage(replace(server, is_remembered=False))

    play(RecordingContext(context), act)
    assert list(context.servers.all()) == [server]
