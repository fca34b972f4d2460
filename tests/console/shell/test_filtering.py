"""What a list is filtered by."""

from console.shell.window import MainWindow
from tests.console.shell.steps import names, page


def test_what_is_typed_is_gone_on_with_by_what_the_rows_say(shell: MainWindow) -> None:
    found = page(shell).area.filter.propose("state:", 6)
    told = [(one.text, one.remark) for one in found]
    assert told[0] == ("Running", "4 rows")
    assert ("Off", "1 row") in told
    names_found = page(shell).area.filter.propose("sta", 3)
    assert [one.text for one in names_found] == ["state:", "status:"]


def test_words_choose_and_say_what_is_wrong_with_them(shell: MainWindow) -> None:
    chosen = page(shell).area.filter
    chosen.ask("web colour:red")
    assert names(shell) == ["web-01", "web-02"]
    assert chosen.hint().startswith("There is no field “colour”.")
    chosen.ask("web")
    assert chosen.hint() == ""
