from backend.model import DomainState
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, page
from tests.fakes.machines import domain


def test_the_tab_in_front_is_the_same_for_the_next_machine_and_the_next_day(
    shell: MainWindow,
) -> None:
    details = page(shell).details
    assert details
    choose(shell, "web-01")
    assert domain("web-01", DomainState.RUNNING)
    details.bring_forward("other")
    choose(shell, "web-02")
    assert details.current == "other"
    assert shell.settings.text("tab/domain") == "other"
    shell.context.navigate("host/here")
    shell.context.navigate("machines/here")
    choose(shell, "web-01")
    again = page(shell).details
    assert again
    assert again is not details
    assert again.current == "other"
