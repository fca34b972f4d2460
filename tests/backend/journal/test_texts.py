from backend.journal.texts import Texts


def test_what_the_file_forgot_is_written_when_it_comes_back() -> None:
    known = Texts()
    assert known.learn("m1", "<a/>")
    known.are_kept(["m1"], 1)
    assert not known.learn("m1", "<a/>")
    known.may_be_forgotten()
    assert known.learn("m1", "<a/>")


def test_a_new_file_is_given_all_that_is_known() -> None:
    known = Texts()
    known.learn("m1", "<a/>")
    assert known.unkept(1) == {"m1": "<a/>"}
    known.are_kept([], 1)
    known.learn("m2", "<b/>")
    assert known.unkept(1) == {}
    known.are_kept(["m2"], 1)
    assert known.unkept(2) == {"m1": "<a/>", "m2": "<b/>"}
