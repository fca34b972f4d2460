"""Letters fit texts in an order that a person would expect, and always the same one."""

import pytest

from console.shell.palette.ranking import fit, fold, prepare, split


def cost(typed: str, title: str, beside: str = "") -> int | None:
    found = fit(split(typed), prepare(title, beside))
    return found.cost if found else None


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("start", "Start", "Start with the Server"),
        ("start", "Start with the Server", "Do Not Start with the Server"),
        ("qc", "Quick Create...", "A qc inside"[2:].replace("qc", "xqc")),
        ("down", "Shut Down", "Sundowner"),
        ("web", "web-01", "new-web"),
        ("10.0", "db 10.0", "db"),
        ("shtdwn", "Shut Down", "nothing"),
    ],
)
def test_the_better_fit_costs_less(typed: str, better: str, worse: str) -> None:
    good, bad = cost(typed, better), cost(typed, worse)
    assert good is not None
    assert bad is None or good < bad


def test_every_word_has_to_fit_somewhere() -> None:
    assert cost("web run", "web-01", "Running") is not None
    assert cost("web off", "web-01", "Running") is None


def test_words_in_the_title_cost_less_than_beside_it() -> None:
    assert (cost("run", "run-01") or 0) < (cost("run", "web-01", "Running") or 0)


def test_neither_capitals_nor_accents_matter_and_no_letter_is_lost() -> None:
    assert cost("zurich", "Zürich-1") == cost("zurich", "zurich-1")
    for text in ("Straße", "İstanbul", "naïve", "日本"):
        assert len(fold(text)) == len(text)


def test_it_says_what_of_the_title_fitted() -> None:
    found = fit(split("cr qu"), prepare("Quick Create..."))
    assert found is not None
    assert found.spans == ((0, 2), (6, 8))
    initials = fit(split("qc"), prepare("Quick Create..."))
    assert initials is not None
    assert initials.spans == ((0, 1), (6, 7))


def test_letters_that_stand_far_apart_fit_nothing() -> None:
    assert cost("wsx", "a w and then very much later an s and the x") is None
    assert cost("ab", "axb") is None  # two letters are in nearly everything


def test_no_words_fit_everything() -> None:
    assert cost("  ", "anything") == 0


def test_a_title_typed_as_it_is_written_fits_best() -> None:
    typed, title = "Import Virtual Machine", "Import Virtual Machine..."
    assert cost(typed, title) == cost("start", "Start")
    assert (cost("import virt", title) or 99) < (cost("virtual import", title) or 0)
