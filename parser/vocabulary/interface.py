"""The interface of a vocabulary: names in, codes out."""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

from parser.models.values import Code

#: What a name is asked for as; OMOP's names of its domains.
Domain = Literal["Condition", "Drug", "Procedure", "Measurement", "Observation", "Device"]


@runtime_checkable
class Vocabulary(Protocol):
    """What knows codes for names. Any object with these two methods will do."""

    def lookup(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        """Return the codes of all concepts that the name may mean, the best first; none where it is not known.

        Args:
            name: A concept's name, in any case and number.
            domain: What is looked for; concepts of other domains come last.
        """

    def codes(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        """Return the codes of the one concept that the name surely means; none where that is not sure."""


class Vocabularies:
    """Several vocabularies as one: `lookup` asks all in their order, `codes` believes the first that is sure."""

    def __init__(self, *vocabularies: Vocabulary) -> None:
        self.vocabularies = vocabularies

    def lookup(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        """Return the codes of all, without repetitions."""
        return list(dict.fromkeys(code for each in self.vocabularies for code in each.lookup(name, domain=domain)))

    def codes(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        """Return the codes of the first that is sure."""
        found = (each.codes(name, domain=domain) for each in self.vocabularies)
        return next((codes for codes in found if codes), [])
