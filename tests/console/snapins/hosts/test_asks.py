"""What a host waits for is asked in the dialog that is made for it."""

from dataclasses import replace

import pytest

from backend.model import HostState, Kind, Prompt, PromptKind
from console.snapins.hosts import asks
from console.snapins.hosts.dialogs.host_key import HostKeyDialog
from console.snapins.hosts.dialogs.secret import SecretDialog
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import away_host, domain

(RULE,) = asks.rules()


def test_a_host_waits_for_the_answer_to_one_question() -> None:
    quiet = away_host()
    asking = replace(quiet, state=HostState.CONNECTING, prompt=Prompt(7, PromptKind.CODE, "x"))
    assert RULE.kind is Kind.HOST
    assert RULE.waits_for(quiet) is None
    assert RULE.waits_for(domain("web")) is None
    assert RULE.waits_for(asking) == 7


@pytest.mark.parametrize("kind", PromptKind)
def test_each_kind_has_its_dialog(context: LentContext, kind: PromptKind) -> None:
    asking = replace(away_host(), prompt=Prompt(1, kind, "root@rack-2"))
    dialog = RULE.build(context, asking)
    is_key = kind.value.startswith(("host_key", "certificate"))
    assert isinstance(dialog, HostKeyDialog if is_key else SecretDialog)
    assert "rack-2" in dialog.windowTitle()
    context.show_dialog(dialog)
