"""A trial's Bundle while it is made: its resources, what refers to them, and what could not be carried."""

from __future__ import annotations

import re
import uuid
from hashlib import sha256
from typing import Any, Final, Literal

from parser.export.fhir.datatypes import Json, annotation, filled
from parser.export.losses import Loss
from parser.models import Trial

Release = Literal["R5", "R4B"]

_ILLEGAL = re.compile(r"[^A-Za-z0-9.-]+")
#: Of the 64 characters of an id, those that a trial's own part may take; the rest says which of its resources it is.
_LONGEST: Final = 32
#: Names resources within Bundles by where the trial comes from and which of its resources it is.
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "http://hl7.org/fhir")


class Draft:
    """A Bundle in the making.

    Attributes:
        trial: The record.
        release: Of FHIR.
        key: The trial's id, with which the ids of all its resources begin.
        resources: By id, in the order in which they were added.
        notes: Annotations of the study: what has no element of its own.
    """

    def __init__(self, trial: Trial, release: Release) -> None:
        self.trial = trial
        self.release = release
        self.key = trial_id(trial)
        self.resources: dict[str, Json] = {}
        self.notes: list[Json] = []
        self._losses: dict[tuple[str, str], Loss] = {}
        self._organizations: dict[str, tuple[str, str]] = {}

    @property
    def losses(self) -> list[Loss]:
        """What was not carried as it is, in the order in which it was met."""
        return list(self._losses.values())

    def lose(self, pointer: str, reason: str, written: str | None = None) -> None:
        """Name something that is not carried as it is."""
        self._losses.setdefault((pointer, reason), Loss(pointer, reason, written))

    def fold(self, pointer: str, words: str, label: str | None = None) -> None:
        """Write what has no element of its own into a note of the study."""
        text = f"{label}: {words}" if label else words
        self.notes.append(annotation(text))
        self.lose(pointer, "folded", text)

    def add(self, resource_type: str, part: str, **elements: object) -> Json:
        """Add a resource of the trial, and return a Reference to it.

        Args:
            resource_type: Its type.
            part: Which of the trial's resources it is (`site-3`); unique in the trial.
            elements: Its elements; what is empty is left out.
        """
        resource_id = f"{self.key}-{part}" if part else self.key
        self.resources[resource_id] = {"resourceType": resource_type, "id": resource_id, **filled(**elements)}
        return {"reference": full_url(resource_type, resource_id)}

    def organization(self, name: str, **elements: Any) -> Json:
        """Return a Reference to an organisation, which is one resource however often it is named.

        Args:
            name: By which it is known again.
            elements: What else is known of it; lists are joined to what was known before.
        """
        if name not in self._organizations:
            part = f"organization-{len(self._organizations) + 1}"
            self._organizations[name] = self.add("Organization", part, name=name)["reference"], f"{self.key}-{part}"
        reference, resource_id = self._organizations[name]
        resource = self.resources[resource_id]
        for element, value in filled(**elements).items():
            if isinstance(value, list):
                known = resource.get(element, [])
                resource[element] = known + [each for each in value if each not in known]
            else:
                resource.setdefault(element, value)
        return {"reference": reference, "display": name}


def trial_id(trial: Trial) -> str:
    """Return an id that FHIR allows: the trial's number, else a part of its source's hash."""
    ranked = sorted(trial.identifiers, key=lambda each: each.role != "primary")
    number = _ILLEGAL.sub("-", ranked[0].value).strip("-.") if ranked else ""
    return number[:_LONGEST] or f"trial-{sha256(trial.source.sha256.encode()).hexdigest()[:16]}"


def full_url(resource_type: str, resource_id: str) -> str:
    """Return the name by which the resources of a Bundle refer to each other."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{resource_type}/{resource_id}')}"
