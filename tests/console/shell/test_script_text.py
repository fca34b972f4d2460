"""Both languages at once, or one reason why there is none."""

import pytest
from pytestqt.qtbot import QtBot

from backend.model import Keep
from backend.operations import domain as verbs
from backend.operations import host as host_verbs
from backend.operations.script.request import Request
from console.shell.script_text import ScriptText, write
from console.shell.window import MainWindow
from tests.fakes import snapin
from tests.fakes.machines import HOST, domain
from tests.fakes.turning import turn

WEB = domain("web-01").ref


def written(shell: MainWindow, *requests: Request) -> ScriptText:
    texts: list[ScriptText] = []

    async def work() -> None:
        texts.append(await write(shell.context, "A title", requests))

    shell.context.run(work())
    turn()
    return texts[0]


def test_both_languages(shell: MainWindow) -> None:
    text = written(shell, Request(verbs.shutdown, WEB))
    assert "virsh -c qemu:///system shutdown uuid-web-01  # web-01" in text.virsh
    assert "# This asks the guest" in text.virsh
    assert 'Ref("here", Kind.DOMAIN, "uuid-web-01")' in text.python
    assert not text.reason


def test_a_secret_is_in_neither(shell: MainWindow) -> None:
    text = written(shell, Request(host_verbs.answer, HOST, (1, "hunter2", Keep.NO)))
    assert (text.virsh, text.python) == ("", "")
    assert "secret" in text.reason
    assert "hunter2" not in text.reason


def test_a_verb_that_nobody_spelled_is_said(shell: MainWindow) -> None:
    assert "does not know yet" in written(shell, Request(snapin.start, WEB)).reason


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_lines_as_machines(shell: MainWindow, qtbot: QtBot, count: int) -> None:
    refs = [domain(name).ref for name in ("web-01", "web-02", "db-01")[:count]]
    text = written(shell, *(Request(verbs.destroy, ref) for ref in refs))
    assert text.virsh.count("\nvirsh ") == text.python.count("engine.submit(") == count
