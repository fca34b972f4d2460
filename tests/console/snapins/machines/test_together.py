"""All machines of a server: started in order, and stopped when the user says so."""

from backend.model import Domain
from console.sdk.actions import Action, Selection
from console.snapins.machines import together
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import HOST, host
from tests.fakes.turning import turn

HERE = Selection(None, (host(),))


def action(action_id: str) -> Action:
    return next(one for one in together.actions() if one.id == action_id)


def stop(context: LentContext, answer: int) -> None:
    context.answers.append(answer)
    asked = action("host.stop_machines").run(context, HERE)
    assert asked is not None  # it asks
    context.run(asked)
    turn()


def test_they_start_in_order(context: LentContext) -> None:
    action("host.start_machines").run(context, HERE)
    assert (context.last().operation, context.last().ref) == ("automatic.start", HOST)


def test_the_user_is_told_which_stop(context: LentContext) -> None:
    stop(context, 0)
    running = {d.name for d in context.lookup.records(Domain, HOST.host) if d.is_active}
    (question,) = context.questions
    assert set(question.detail) == running
    assert (context.last().operation, context.last().ref) == ("automatic.stop", HOST)


def test_nothing_stops_where_the_user_does_not_want_it(context: LentContext) -> None:
    stop(context, 1)
    assert context.submitted() == []
