"""A shell reads each word as it was, whatever is in it, and a comment is never more than that."""

import subprocess

from hypothesis import example, given
from hypothesis import strategies as st

from backend.operations.script.call import Call, Variable, comment, line, quoted

# Everything that a file name or a text can hold: all but NUL, which no argument can.
TEXTS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=40)


def run(script: str) -> str:
    done = subprocess.run(["sh"], input=script.encode(), capture_output=True, check=True)
    assert not done.stderr, done.stderr
    return done.stdout.decode()


@given(st.lists(TEXTS, min_size=1, max_size=3))
@example(["it's", "$(touch x)", "a\nb", "Büro", "--", "", "`id`", "\\", "!x", "~", "a#b"])
def test_words_come_through_whole(words: list[str]) -> None:
    script = line(Call(tuple(words), program="printf '%s\\0'"), "")
    script = script.replace(quoted("printf '%s\\0'"), "printf '%s\\0'")
    assert run(script) == "".join(f"{word}\0" for word in words)


@given(TEXTS)
@example("a\nrm -rf /")
@example("a\r\ntouch x")
def test_a_comment_is_one_line(text: str) -> None:
    told = comment(text)
    assert len(told.splitlines()) == 1
    assert run(f"{told}\necho after") == "after\n"


def test_virsh_is_told_the_way_and_others_are_not() -> None:
    assert line(Call(("start", "a b")), "qemu:///system") == "virsh -c qemu:///system start 'a b'"
    assert line(Call(("info",), program="qemu-img"), "qemu:///system") == "qemu-img info"


def test_a_text_is_read_as_it_stands() -> None:
    call = Call((), program="cat", text="<a>$x `y` 'z'\nXML\n</a>")
    assert run(line(call, "")) == "<a>$x `y` 'z'\nXML\n</a>\n"


def test_an_answer_is_kept_and_used() -> None:
    kept = line(Call(("a b",), program="echo", into="it"), "")
    used = line(Call((Variable("it"),), program="echo"), "")
    assert run(f"{kept}\n{used}") == "a b\n"
