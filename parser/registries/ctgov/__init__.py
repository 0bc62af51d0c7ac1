"""ClinicalTrials.gov: the API's JSON of both generations, the legacy XML, and saved study pages.

One reader for all, which looks at the shape of the document:

- `protocolSection` is API v2, `ProtocolSection` is API v1, `clinical_study` is the XML of the years before. What each
  calls a field is data (`names`); walking them is the same (`nodes`), and so are the fields
  (`fields`: the trial as a whole; `study`: design, people, places, dates; `values`: vocabularies).
- A page is read by its labels (`page`), in the layout of today and in the classic one.

A study may come in the wrappings of the API (`studies`, `FullStudiesResponse`, `Study`); where there are several,
`parser.parse_records` takes them one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from parser.errors import MultipleRecordsError, NotATrialError
from parser.models import Trial
from parser.reading.document import Document
from parser.registries.ctgov.fields import (
    read_conduct,
    read_eligibility,
    read_head,
    read_identifiers,
    read_sponsor,
)
from parser.registries.ctgov.names import Generation
from parser.registries.ctgov.nodes import JsonNode, Node, XmlNode
from parser.registries.ctgov.study import read_design, read_people, read_references, read_subject, read_timeline
from parser.registries.record import Origin, RecordBuilder

EXPECTED = (
    "/title",
    "/scientific_title",
    "/acronym",
    "/status",
    "/design/study_type",
    "/design/phases",
    "/design/enrolment",
    "/conditions",
    "/keywords",
    "/interventions",
    "/outcomes",
    "/summary",
    "/eligibility/sex",
    "/eligibility/age",
    "/eligibility/healthy_volunteers",
    "/eligibility/text",
    "/sponsor",
    "/contacts",
    "/locations",
    "/timeline",
    "/ipd_sharing",
    "/results",
    "/oversight",
    "/publications",
)

#: The section that a study of each generation of the API has.
_SECTIONS: dict[str, Generation] = {"protocolSection": "v2", "ProtocolSection": "v1"}
#: Objects and lists of the API that a study may be wrapped in.
_WRAPPINGS = ("FullStudiesResponse", "FullStudies", "FullStudy", "Study", "studies", "study")
_DEEPEST = 6


def recognises(document: Document) -> bool:
    """Tell whether a document is a study of this registry, by its shape."""
    if document.page is not None:
        from parser.registries.ctgov.page import recognises_page

        return recognises_page(document.page)
    return next(_places(document), None) is not None


def read(document: Document, origin: Origin) -> Trial:
    """Read a study of any of the registry's formats.

    Args:
        document: JSON, XML, or a page.
        origin: Where it came from.

    Raises:
        NotATrialError: JSON or XML without a study in it.
        MultipleRecordsError: JSON or XML with several.
    """
    if document.page is not None:
        from parser.registries.ctgov.page import read_page

        return read_page(document, document.page, origin)
    places = list(islice(_places(document), 2))
    if not places:
        raise NotATrialError(
            "Expected a study with a protocol section (API) or a `clinical_study` (XML); found neither. Check that "
            "the file is a study's record and not a list of fields or a statistic."
        )
    if len(places) > 1:
        raise MultipleRecordsError("Expected one study; found several. Use `parse_records` to read them one by one.")
    return _read_study(document, origin, _node(*places[0]))


def _read_study(document: Document, origin: Origin, study: Node) -> Trial:
    record = RecordBuilder(document, origin)
    record.expect(*EXPECTED)
    read_identifiers(record, study)
    read_head(record, study)
    read_sponsor(record, study)
    read_design(record, study)
    read_subject(record, study)
    read_eligibility(record, study)
    read_people(record, study)
    read_timeline(record, study)
    read_conduct(record, study)
    read_references(record, study)
    return record.build()


def _places(document: Document) -> Iterator[tuple[Any, str]]:
    """Yield the studies of a tree, with their paths."""
    if document.format == "json":
        yield from _json_places(document.tree, "", 0)
    elif document.tree is not None:
        yield from _xml_places(document.tree)


def _json_places(tree: Any, path: str, depth: int) -> Iterator[tuple[Any, str]]:
    if isinstance(tree, list) and depth < _DEEPEST:
        for index, entry in enumerate(tree):
            yield from _json_places(entry, f"{path}/{index}", depth + 1)
    elif isinstance(tree, dict):
        if any(isinstance(tree.get(section), dict) for section in _SECTIONS):
            yield tree, path
        elif depth < _DEEPEST:
            for name in _WRAPPINGS:
                if isinstance(tree.get(name), dict | list):
                    yield from _json_places(tree[name], f"{path}/{name}", depth + 1)


def _xml_places(root: Any) -> Iterator[tuple[Any, str]]:
    if root.tag == "clinical_study":
        yield root, "/clinical_study"
        return
    for index, element in enumerate(root.findall("clinical_study"), 1):
        yield element, f"/{root.tag}/clinical_study[{index}]"


def _node(study: Any, path: str) -> Node:
    """Return the node of a study: JSON of the generation whose section it has, or XML."""
    if not isinstance(study, dict):
        return XmlNode(study, path)
    generation = next(name for section, name in _SECTIONS.items() if isinstance(study.get(section), dict))
    return JsonNode(study, path, generation)
