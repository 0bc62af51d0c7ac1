"""Records without what leads to a person: names, telephone numbers, e-mail and postal addresses of contacts.

Pointers and spans stay right: contacts keep their place in their lists, and words of the page are covered by as many
marks. What is taken away is absent with the reason `redacted`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from parser.models import Contact, Trial
from parser.models.trial import Organization

#: Stands for each character that was covered.
COVER = "█"
#: Fields of a contact that lead to a person; role, affiliation and country stay.
PERSONAL = ("name", "phone", "email", "address", "city")

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
#: Parts of a record in which no contact's name is looked for: the words of criteria may be the same.
_NOT_SEARCHED = frozenset({"eligibility", "provenance", "absent", "schema_name", "schema_version"})
_SHORTEST_PHONE = 7


def without_contacts(trial: Trial) -> Trial:
    """Return the record without names, telephone numbers and addresses of people.

    The names of people, their telephone numbers and addresses are covered wherever the record repeats them outside the
    criteria; e-mail addresses everywhere. Authors of publications stay.
    """
    words = _Words()
    absent: dict[str, Any] = {}
    for pointer, contact in _contacts(trial):
        for field in PERSONAL:
            value = getattr(contact, field)
            if value is not None:
                words.add(field, value)
                absent[f"{pointer}/{field}"] = "redacted"
                setattr(contact, field, None)
    for pointer, holder, field in _people_among_sponsors(trial):
        if value := getattr(holder, field):
            words.add("name", value)
            absent[f"{pointer}/{field}"] = "redacted"
            setattr(holder, field, COVER * len(value) if isinstance(holder, Organization) else None)
    trial.absent.update(absent)
    for pointer in absent:
        trial.provenance.pop(pointer, None)
    return words.cover(trial)


def _contacts(trial: Trial) -> Iterator[tuple[str, Contact]]:
    """Yield the contacts of a record with their pointers."""
    for index, contact in enumerate(trial.contacts):
        yield f"/contacts/{index}", contact
    for index, location in enumerate(trial.locations):
        if location.contact is not None:
            yield f"/locations/{index}/contact", location.contact
    for index, ethics in enumerate(trial.ethics):
        if ethics.contact is not None:
            yield f"/ethics/{index}/contact", ethics.contact


def _people_among_sponsors(trial: Trial) -> Iterator[tuple[str, Any, str]]:
    """Yield where a sponsor or the like is a person: pointer, holder and field of the name."""
    sponsor = trial.sponsor
    if sponsor is None:
        return
    yield "/sponsor", sponsor, "responsible_party"
    if sponsor.sponsor_class == "individual":
        yield "/sponsor", sponsor, "name"
        yield "/sponsor", sponsor, "raw"
    for list_name in ("secondary", "collaborators", "funders"):
        for index, organization in enumerate(getattr(sponsor, list_name)):
            if organization.sponsor_class == "individual":
                yield f"/sponsor/{list_name}/{index}", organization, "name"


class _Words:
    """What must not be read any more."""

    def __init__(self) -> None:
        self._words: set[str] = set()

    def add(self, field: str, value: str) -> None:
        """Add a value and, of one of several lines, its lines. A place's or a title's single word is no name."""
        for line in (value, *value.splitlines()):
            line = line.strip()
            if field == "phone":
                wanted = sum(map(str.isdigit, line)) >= _SHORTEST_PHONE
            else:
                wanted = field != "city" and (len(line.split()) > 1 or "@" in line)
            if wanted:
                self._words.add(line)

    def cover(self, trial: Trial) -> Trial:
        """Return the record with the words covered, and with them every e-mail address."""
        # The longest first, so that a name within an address does not cut it.
        longest_first = sorted(self._words, key=lambda words: (-len(words), words))
        names = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if longest_first else None
        data = trial.model_dump()
        for key, value in data.items():
            data[key] = _covered(value, (_EMAIL,) if key in _NOT_SEARCHED or names is None else (names, _EMAIL))
        return Trial.model_validate(data)


def _covered(value: Any, patterns: Iterable[re.Pattern[str]]) -> Any:
    if isinstance(value, str):
        for pattern in patterns:
            value = pattern.sub(lambda found: COVER * len(found[0]), value)
        return value
    if isinstance(value, list | tuple):
        return [_covered(each, patterns) for each in value]
    if isinstance(value, dict):
        return {key: _covered(each, patterns) for key, each in value.items()}
    return value
