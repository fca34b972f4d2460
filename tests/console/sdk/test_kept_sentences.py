from backend.errors import Problem
from backend.history.failures import ScreensDamaged
from console.sdk.kept_sentences import KEPT
from console.sdk.wording import sentence


def test_what_became_of_a_damaged_file_says_where_it_lies() -> None:
    told = sentence(ScreensDamaged(path="/state/screens.damaged-1.sqlite").problem)
    assert "/state/screens.damaged-1.sqlite" in told
    assert "new ones are begun" in told


def test_each_is_among_the_sentences() -> None:
    assert all(sentence(Problem(message_id)) != sentence(Problem("?")) for message_id in KEPT)
