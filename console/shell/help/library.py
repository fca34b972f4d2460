"""The help pages: read from Markdown files, found by address, by topic and by words.

`contents.md` lists the pages in their order. A comment `<!-- topics: a, b -->` below a heading says
which topics its section answers; `<!-- insert: keys -->` stands for what the program knows itself.
An address is "page" or "page#section".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from console.shell.palette.ranking import fold

CONTENTS = "contents"
_HEADING = re.compile(r"^(#{1,4}) +(.+?) *$")
_TOPICS = re.compile(r"<!-- *topics: *(.*?) *-->")
_INSERT = re.compile(r"<!-- *insert: *(.*?) *-->")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_MARKS = re.compile(r"[*_`|]|<!--.*?-->")

Inserts = Mapping[str, Callable[[], str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next one. The first is the page's own."""

    page: str
    anchor: str
    title: str
    level: int
    text: str
    topics: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it stands."""
        return f"{self.page}#{self.anchor}" if self.level > 1 else self.page


@dataclass(frozen=True, slots=True)
class Page:
    """One file. `group` is the heading below which the contents list it."""

    id: str
    title: str
    group: str
    markdown: str
    sections: tuple[Section, ...]

    def links(self) -> Iterator[str]:
        """Yield what the page links to, as addresses; the web's as they are."""
        for _text, target in _LINK.findall(self.markdown):
            yield address_of(target, self.id)


class Library:
    """All pages, in the order of the contents."""

    def __init__(self, folder: Path, inserts: Inserts) -> None:
        contents = (folder / f"{CONTENTS}.md").read_text(encoding="utf-8")
        self.pages: dict[str, Page] = {}
        for group, page_id in _listed(contents):
            text = (folder / f"{page_id}.md").read_text(encoding="utf-8")
            self.pages[page_id] = _page(page_id, group, _filled(text, inserts))
        self._by_topic = {topic: s.address for s in self.sections() for topic in s.topics}

    def sections(self) -> Iterator[Section]:
        """Yield every section of every page."""
        for page in self.pages.values():
            yield from page.sections

    def topics(self) -> frozenset[str]:
        """Return the topics that some page answers."""
        return frozenset(self._by_topic)

    def answer(self, topic: str) -> str | None:
        """Return the address of what answers a topic."""
        return self._by_topic.get(topic)

    def has(self, address: str) -> bool:
        """Whether there is such a page, and such a section in it."""
        return any(address in (s.address, s.page) for s in self.sections())

    def search(self, text: str) -> list[Section]:
        """Return the sections in which every word occurs; those with it in the title first."""
        words = fold(text).split()
        found: list[tuple[int, Section]] = []
        for section in self.sections() if words else ():
            title, body = fold(section.title), _body(section)
            if all(word in title or word in body for word in words):
                missing = sum(word not in title for word in words)
                found.append((10 * missing + section.level, section))
        return [section for _cost, section in sorted(found, key=lambda pair: pair[0])]


@lru_cache(maxsize=1024)
def _body(section: Section) -> str:
    return fold(_MARKS.sub("", section.text))


def address_of(target: str, page: str) -> str:
    """Return the address that a link on a page means."""
    if ":" in target:
        return target
    file, _, anchor = target.partition("#")
    where = file.removesuffix(".md") or page
    return f"{where}#{anchor}" if anchor else where


def anchor_of(title: str) -> str:
    """Return the name of a section by its title: "Full disk?" is "full-disk"."""
    return "-".join(re.findall(r"\w+", fold(title)))


def _listed(contents: str) -> Iterator[tuple[str, str]]:
    group = ""
    for line in contents.splitlines():
        if heading := _HEADING.match(line):
            group = heading[2]
        for _text, target in _LINK.findall(line):
            yield group, address_of(target, "")


def _filled(text: str, inserts: Inserts) -> str:
    return _INSERT.sub(lambda found: inserts[found[1]](), text)


def _page(page_id: str, group: str, markdown: str) -> Page:
    parts: list[tuple[int, str, list[str]]] = []
    for line in markdown.splitlines():
        if heading := _HEADING.match(line):
            parts.append((len(heading[1]), heading[2], []))
        elif parts:
            parts[-1][2].append(line)
    sections = tuple(_section(page_id, *part) for part in parts)
    return Page(page_id, sections[0].title, group, markdown, sections)


def _section(page_id: str, level: int, title: str, lines: list[str]) -> Section:
    text = "\n".join(lines).strip()
    topics = tuple(t.strip() for found in _TOPICS.findall(text) for t in found.split(","))
    return Section(page_id, anchor_of(title), title, level, text, topics)
