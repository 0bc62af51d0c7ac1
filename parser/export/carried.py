"""What of a record comes back when its export is read again, and what does not.

An exporter whose form we can read does not guess what it carried: the document is read back by our own reader and the
two records are compared, field by field. What comes back in other words, or not at all, is a loss; the exporter says
why where it knows (`Notes`), else the comparison does.

What is compared is the trial. Left aside are how its source was read (`source` but the record's address, `text`,
`sections`, `provenance`, `absent`, `diagnostics`), what follows from the eligibility text (its outline and rules,
`stated_age`, …), and the raw words of a value that came back normalised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from parser.export.losses import Loss
from parser.models import Trial

#: Why a field is not carried as it is, and what was written instead: the exporter's own words, by JSON pointer.
Notes = Mapping[str, tuple[str, str | None]]

_FIELDS: Final = (
    "identifiers title scientific_title acronym status design conditions keywords interventions outcomes summary "
    "sponsor contacts locations countries timeline ethics ipd_sharing results oversight publications extra translations"
)
_COMPARED: Final[dict[str, Any]] = {
    **dict.fromkeys(_FIELDS.split(), True),
    "source": {"record_url"},
    "eligibility": {
        "text",
        "sex",
        "age",
        "healthy_volunteers",
        "age_groups",
        "sex_note",
        "study_population",
        "sampling_method",
    },
}
#: Of these only some fields are compared: what is lost of them is named field by field.
_PARTLY: Final = ("", "/source", "/eligibility")
#: Of a list's entries, the fields by which one is found again, the surest first; those of a tuple count together.
_KEYS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "identifiers": (("value",),),
    "conditions": (("text",),),
    "arms": (("label",),),
    "interventions": (("name", "type"), ("name",)),
    "outcomes": (("rank", "measure", "time_frame"), ("rank", "measure")),
    "secondary": (("name",),),
    "collaborators": (("name",),),
    "funders": (("name",),),
    "contacts": (("name", "email", "role"), ("email", "role"), ("name", "role"), ("email",), ("name",), ("phone",)),
    "locations": (("facility", "city", "country"), ("city", "country"), ("raw",)),
    "countries": (("country_code",), ("raw",)),
    "timeline": (("event", "date"), ("event",)),
    "ethics": (("approved", "status"), ("contact",), ("approved",), ("status",)),
    "publications": (("pmid",), ("citation",), ("url",)),
    "codes": (("system", "code"),),
    "extra": (("label", "value"), ("label",)),
    "translations": (("pointer", "language"),),
}
#: Beside one of these, `raw` is only how the source wrote it.
_NORMALISED: Final = ("value", "plan", "name", "country_code", "facility", "city", "country")
#: Normalised values that say that the words were not understood: then the words are what there is.
_NOT_UNDERSTOOD: Final = ("unknown", "other")
#: Fields whose values are words of ours, not of the source.
_OURS: Final = ("rank", "event", "kind", "role", "scheme", "sponsor_class", "origin")
_SHOWN: Final = 200
#: Characters from which words do not stand in another field by chance.
_TELLING: Final = 12

#: Where something differs: pointer, what the record has, what came back.
_Difference = tuple[str, Any, Any]


def losses(trial: Trial, returned: Trial, notes: Notes, text: str) -> list[Loss]:
    """Name every field of a trial that did not come back as it is.

    Args:
        trial: The record that was exported.
        returned: What reading the export gave.
        notes: What the exporter knows of the fields that it could not carry; those that came back after all are no
            losses.
        text: The export's whole text: words that stand in it were written, wherever they came back.
    """
    return lost_of(record_of(trial), record_of(returned), notes, text)


def record_of(trial: Trial) -> dict[str, Any]:
    """Return what is compared of a trial, as plain data."""
    return trial.model_dump(include=_COMPARED)


def lost_of(original: dict[str, Any], back: dict[str, Any], notes: Notes, text: str) -> list[Loss]:
    """Name what of a record did not come back; as `losses`, of plain data."""
    named = _Named(notes, text)
    found, _ = _compare("", original, back, named)
    return [named.loss(*difference) for difference in found]


class _Named:
    """The exporter's notes, found by a field's pointer or by one above it, and what it wrote."""

    def __init__(self, notes: Notes, text: str) -> None:
        self._notes = notes
        self._text = _blanked(text)
        self._above = {above for pointer in notes for above in _outer(pointer)}

    def holds_below(self, pointer: str) -> bool:
        """Tell whether something below a pointer has a note of its own."""
        return pointer in self._above

    def loss(self, pointer: str, original: Any, back: Any) -> Loss:
        """Return the loss of a field: as noted, else as the comparison tells."""
        for place in (pointer, *_outer(pointer)):
            if place in self._notes:
                return Loss(pointer, *self._notes[place])
        if back is None or isinstance(back, dict | list):
            return self._elsewhere(pointer, original)
        return Loss(pointer, _change(original, back), str(back)[:_SHOWN])

    def _elsewhere(self, pointer: str, original: Any) -> Loss:
        """Return the loss of a field that did not come back; its words may stand in another one."""
        words = [_blanked(each) for each in _texts(original)]
        if not any(len(each) >= _TELLING for each in words) or not all(each in self._text for each in words):
            return Loss(pointer, "no_place")
        return Loss(pointer, "folded", max(words, key=len)[:_SHOWN])


def _texts(value: Any) -> Iterator[str]:
    """Yield every text below a value, but for those that others of their object say."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        for name, entry in value.items():
            if not _said_by_others(name, value) and name not in _OURS:
                yield from _texts(entry)


def _change(original: Any, back: Any) -> str:
    """Return how the words of a field changed on their way."""
    if not isinstance(original, str) or not isinstance(back, str):
        return "reworded"
    before, after = _blanked(original), _blanked(back)
    if before.rstrip(".").casefold() == after.rstrip(".").casefold():
        return "layout"
    if _blanked(_printable(original)) == after:
        return "characters"
    return "joined" if before in after else "reworded"


def _outer(pointer: str) -> Iterator[str]:
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def _compare(pointer: str, original: Any, back: Any, named: _Named) -> tuple[list[_Difference], bool]:
    """Return what differs below a pointer, and whether anything there came back."""
    if isinstance(original, dict):
        return _compare_objects(pointer, original, back if isinstance(back, dict) else {}, named)
    if isinstance(original, list):
        return _compare_lists(pointer, original, back if isinstance(back, list) else [], named)
    if original == back or (isinstance(original, str) and isinstance(back, str) and _same_words(original, back)):
        return [], True
    return [(pointer, original, back)], False


def _compare_objects(
    pointer: str, original: dict[str, Any], back: dict[str, Any], named: _Named
) -> tuple[list[_Difference], bool]:
    parts = [
        _compare(f"{pointer}/{_escaped(name)}", value, back.get(name), named)
        for name, value in original.items()
        if value not in ([], {}, "") and not _said_by_others(name, original)
    ]
    return _gathered(pointer, original, back, parts, named)


def _compare_lists(pointer: str, original: list[Any], back: list[Any], named: _Named) -> tuple[list[_Difference], bool]:
    if original == back:
        return [], True
    pairs = _paired(pointer.rpartition("/")[2], original, back)
    parts = [_compare(f"{pointer}/{at}", entry, pair, named) for at, (entry, pair) in enumerate(pairs)]
    return _gathered(pointer, original, back, parts, named)


def _gathered(
    pointer: str, original: Any, back: Any, parts: list[tuple[list[_Difference], bool]], named: _Named
) -> tuple[list[_Difference], bool]:
    """Join what differs in the parts; where nothing at all came back, that is one difference."""
    differences = [difference for found, _ in parts for difference in found]
    came_back = any(came for _, came in parts)
    if differences and not came_back and not back and pointer not in _PARTLY and not named.holds_below(pointer):
        return [(pointer, original, None)], False
    return differences, came_back


def _said_by_others(name: str, holder: dict[str, Any]) -> bool:
    """Tell whether a field only repeats what others of its object say."""
    if name in ("canonical", "precision"):
        return True
    if name == "unit":
        return holder.get("ucum") is not None
    if name == "label":
        return "event" in holder and holder["event"] != "other"
    if name == "raw":
        value = holder.get("value") or holder.get("plan")
        return value not in _NOT_UNDERSTOOD and any(holder.get(each) is not None for each in _NORMALISED)
    return name == "name" and "text" in holder


def _paired(name: str, original: list[Any], back: list[Any]) -> list[tuple[Any, Any]]:
    """Return each entry beside the one that came back for it, found by what identifies it; None where none did."""
    free = dict(enumerate(back))
    pairs: list[tuple[Any, Any]] = [(entry, None) for entry in original]
    for at, entry in enumerate(original):
        if at in free and (free[at] == entry or _worded(free[at]) == _worded(entry)):
            pairs[at] = (entry, free.pop(at))
    for key in _KEYS.get(name, (None,)):
        places: dict[Any, list[int]] = {}
        for at, entry in free.items():
            places.setdefault(_key(entry, key), []).append(at)
        for at, (entry, pair) in enumerate(pairs):
            if pair is None and (identity := _key(entry, key)) is not None and places.get(identity):
                pairs[at] = (entry, free.pop(places[identity].pop(0)))
    return pairs


def _worded(entry: Any) -> Any:
    return _blanked(entry) if isinstance(entry, str) else entry


def _key(entry: Any, fields: tuple[str, ...] | None) -> Any:
    """Return what identifies an entry; None where it has none of it."""
    if fields is None or not isinstance(entry, dict):
        return _worded(entry) if isinstance(entry, str) else None
    values = tuple(_folded(entry.get(field)) for field in fields)
    return values if any(value is not None for value in values) else None


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("value") or value.get("name") or str(value)
    return _blanked(value).casefold() if isinstance(value, str) else value


def _same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in blanks at most, and not in their lines where they have several."""
    if one == other:
        return True
    if "\n" not in one and "\n" not in other:
        return _blanked(one) == _blanked(other)
    return _lines(one) == _lines(other)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _blanked(text: str) -> str:
    return " ".join(text.split())


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable() or character.isspace())


def _escaped(name: str) -> str:
    """Return a name as a JSON pointer has it (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
