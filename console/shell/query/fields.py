"""What a filter may name: the columns of the list, by id, by title, or by how either begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from console.sdk.views import Column, Quantity

WORDS_OF_FLAGS = ("yes", "no")
IS, HAS = "is", "has"


@dataclass(frozen=True, slots=True)
class Field:
    """One column as the filter sees it."""

    id: str
    title: str
    quantity: Quantity

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called, in the letters that are compared."""
        return (plain(self.id), plain(self.title))


def plain(name: str) -> str:
    """Return a name as names are compared: no case, no blanks, no marks between words."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


class Fields:
    """The fields of one list."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.all = tuple(fields)

    @classmethod
    def of(cls, columns: Sequence[Column[Any]]) -> "Fields":
        """Return what a filter over these columns may name."""
        return cls(Field(column.id, column.title, column.quantity) for column in columns)

    def named(self, name: str) -> tuple[Field, ...]:
        """Return the field called so, else those that begin so.

        Of several, that is the one which the others only go on from: "mem" is "memory", not
        "memory_used".
        """
        wanted = plain(name)
        exact = tuple(field for field in self.all if wanted in field.names)
        if exact or not wanted:
            return exact[:1]
        begun = [f for f in self.all if any(own.startswith(wanted) for own in f.names)]
        stem = min((plain(field.id) for field in begun), key=len, default="")
        if all(plain(field.id).startswith(stem) for field in begun):
            begun = [field for field in begun if plain(field.id) == stem]
        return tuple(begun)

    @property
    def flags(self) -> tuple[Field, ...]:
        """What can be asked for by "is:"."""
        return tuple(field for field in self.all if field.quantity is Quantity.FLAG)
