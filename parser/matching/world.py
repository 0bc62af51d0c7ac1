"""What an atom is evaluated in: a person's record, or one occurrence on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parser.matching.identity import Concepts
from parser.matching.moments import Stretch
from parser.matching.participant import AnyFact, Participant
from parser.models.rules import Rule, Subject, atoms
from parser.models.values import Concept


@dataclass(frozen=True, slots=True)
class World:
    """Facts, and what is known of their completeness.

    Attributes:
        participant: Who may take part.
        person: Whose facts they are: the participant, or another of `subject`.
        on: The day of evaluation.
        concepts: Compares concepts.
        complete: The types of facts of which all are on record.
        subject: What the person is to the participant; None for the participant.
        occurrence: The one fact that is asked about, with its particulars; None for the whole record.
    """

    participant: Participant
    person: Participant
    on: Stretch
    concepts: Concepts
    complete: frozenset[str]
    subject: Subject | None = None
    occurrence: AnyFact | None = None

    def facts(self, type_: str) -> tuple[AnyFact, ...]:
        """Return the facts of a type: of an occurrence, itself and its particulars."""
        if self.occurrence is None:
            return self.person.facts(type_)
        own = (self.occurrence,) if self.occurrence.type == type_ else ()
        particulars = self.occurrence.particulars
        return own + (particulars.facts(type_) if particulars else ())

    def of(self, person: Participant, subject: Subject) -> World:
        """Return the record of another person."""
        return replace(self, person=person, subject=subject, complete=frozenset(person.complete), occurrence=None)

    def within(self, occurrence: AnyFact) -> World:
        """Return one occurrence, of which only what is on record is known: where `where` is true or not."""
        particulars = occurrence.particulars
        return replace(self, occurrence=occurrence, complete=frozenset(particulars.complete if particulars else ()))

    def taken_out(self, occurrence: AnyFact, atom: Rule, exceptions: list[Rule]) -> World:
        """Return one occurrence, to see whether it is an exception (`unless`).

        Exceptions are kinds of what the atom names: what is recorded no more exactly than that may be one of them,
        what is recorded as another kind is none.
        """
        inside = self.within(occurrence)
        general: Concept | None = getattr(atom, "concept", None)
        named = [_concept(each, occurrence) for rule in exceptions for each in atoms(rule)]
        kinds = [each for each in named if each is not None]
        concepts = self.concepts.with_kinds(kinds, general) if general is not None else self.concepts
        return replace(inside, concepts=concepts, complete=inside.complete | {occurrence.type})


def _concept(atom: Rule, occurrence: AnyFact) -> Concept | None:
    """Return the concept of an atom of an occurrence's own type."""
    return getattr(atom, "concept", None) if atom.type == occurrence.type else None
