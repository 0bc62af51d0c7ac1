"""The fields of a record of WHO's search portal: what they are called in its exports, and what its
sources mean by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from parser.models.trial import IdentifierScheme
from parser.normalize.identifiers import find_identifiers
from parser.registries.ictrp.values import Value

#: Name of a field to its names in the XML, CSV and JSON exports and on the portal's pages (letters and digits only).
COLUMNS: dict[str, str] = {
    "trial_id": "trialid mainid",
    "last_refreshed": "lastrefreshedon lastrefreshed",
    "export_date": "exportdate",
    "source_register": "sourceregister register",
    "url": "webaddress url",
    "public_title": "publictitle",
    "scientific_title": "scientifictitle",
    "acronym": "acronym",
    "primary_sponsor": "primarysponsor",
    "secondary_sponsor": "secondarysponsor secondarysponsors",
    "support": "sourcesupport sourcesofmonetarysupport sourcesofmonetaryormaterialsupport",
    "secondary_id": "secondaryid secondaryids",
    "date_registration": "dateregistration dateofregistration",
    "date_registration3": "dateregistration3",
    "status": "recruitmentstatus",
    "age_min": "inclusionagemin agemin agemin ageminimum minimumage",
    "age_max": "inclusionagemax agemax agemaximum maximumage",
    "gender": "inclusiongender gender sex",
    "date_enrolment": "dateenrollement dateenrolment dateenrollment dateoffirstenrolment dateoffirstenrollment",
    "type_enrolment": "typeenrolment",
    "target_size": "targetsize targetsamplesize",
    "study_type": "studytype",
    "study_design": "studydesign",
    "phase": "phase",
    "countries": "countries countriesofrecruitment",
    "inclusion": "inclusioncriteria keyinclusioncriteria",
    "exclusion": "exclusioncriteria keyexclusioncriteria",
    "criteria": "keyinclusionexclusioncriteria",
    "condition": "condition conditions healthconditionsorproblemsstudied",
    "intervention": "intervention interventions",
    "primary_outcome": "primaryoutcome primaryoutcomes",
    "secondary_outcome": "secondaryoutcome secondaryoutcomes",
    "contact_first": "contactfirstname",
    "contact_last": "contactlastname",
    "contact_address": "contactaddress",
    "contact_email": "contactemail",
    "contact_phone": "contacttel",
    "contact_affiliation": "contactaffiliation",
    "public_first": "publiccontactfirstname",
    "public_last": "publiccontactlastname",
    "public_address": "publiccontactaddress",
    "public_email": "publiccontactemail",
    "public_phone": "publiccontacttel",
    "public_affiliation": "publiccontactaffiliation",
    "scientific_first": "scientificcontactfirstname",
    "scientific_last": "scientificcontactlastname",
    "scientific_address": "scientificcontactaddress",
    "scientific_email": "scientificcontactemail",
    "scientific_phone": "scientificcontacttel",
    "scientific_affiliation": "scientificcontactaffiliation",
    "ethics_status": "ethicsreviewstatus ethicsstatus",
    "ethics_date": "ethicsreviewapprovaldate ethicsapprovaldate",
    "ethics_name": "ethicsreviewcontactname ethicscontactname",
    "ethics_address": "ethicsreviewcontactaddress ethicscontactaddress",
    "ethics_phone": "ethicsreviewcontactphone ethicscontactphone",
    "ethics_email": "ethicsreviewcontactemail ethicscontactemail",
    "results": "resultsyesno resultsavailable",
    "results_posted": "resultsdateposted dateposted",
    "results_published": "resultsdatefirstpublication dateoffirstpublication",
    "results_completed": "resultsdatecompleted dateofcompletion datecompleted",
    "results_url": "resultsurllink urlforresults",
    "results_summary": "resultssummary",
    "results_enrolment": "resultsactualenrollment resultsactualenrolment actualenrolment",
    "ipd_plan": "resultsipdplan ipdplan",
    "ipd_description": "resultsipddescription ipddescription",
}
_NAMES = {key: name for name, keys in COLUMNS.items() for key in keys.split()}
_NOT_NAME = re.compile(r"[^a-z0-9]+")

#: Scheme of a trial's number to the portal's name of the register that gives it.
REGISTERS: dict[IdentifierScheme, str] = {
    "actrn": "anzctr",
    "chictr": "chictr",
    "ctis": "clinical trials information system",
    "ctri": "ctri",
    "drks": "german clinical trials register",
    "eudract": "eu clinical trials register",
    "irct": "irct",
    "isrctn": "isrctn",
    "jrct": "jprn",
    "kct": "cris",
    "nct": "clinicaltrials.gov",
    "pactr": "pactr",
    "rebec": "rebec",
    "rpcec": "rpcec",
    "slctr": "slctr",
    "tctr": "tctr",
    "umin": "jprn",
}
_KNOWN = frozenset({*REGISTERS.values(), "itmctr", "nl-omon", "netherlands trial register", "repec", "lbctr"})
#: Registers, as the portal names them, that mean years by an age that is a number alone.
BARE_YEARS = frozenset({"chictr", "itmctr", "rebec", "nl-omon", "clinical trials information system", "cris"})
#: Registers whose lists of outcomes the portal joins with semicolons; elsewhere a semicolon is the writer's own.
JOINED_OUTCOMES = frozenset({"clinicaltrials.gov", "anzctr", "chictr", "itmctr", "irct", "pactr", "cris"})
#: Registers that end an outcome with its time frame in square brackets.
TIME_FRAME_IN_BRACKETS = frozenset({"anzctr", "tctr", "slctr"})
#: Registers that list `group:what it is given;` as interventions.
GROUPED_INTERVENTIONS = frozenset({"chictr", "itmctr"})
#: Registers whose conditions carry ICD-10 codes.
ICD_CODED = frozenset({"ctri", "german clinical trials register", "irct", "rebec", "repec"})


@dataclass(slots=True)
class Row:
    """One record's fields by their names here.

    Attributes:
        values: Fields that hold something, with all values where a field is there more than once.
        empty: Names of fields that are there and hold nothing.
        others: Fields of no known name.
    """

    values: dict[str, list[Value]] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    others: list[Value] = field(default_factory=list)

    def add(self, value: Value) -> None:
        """Take a field into the row."""
        name = name_of(value.label)
        if not value.text.strip():
            if name is not None:
                self.empty.add(name)
        elif name is None:
            self.others.append(value)
        else:
            self.values.setdefault(name, []).append(value)

    def get(self, name: str) -> Value | None:
        """Return a field's first value; None where it holds nothing or is not there."""
        values = self.values.get(name)
        return values[0] if values else None

    def all(self, name: str) -> list[Value]:
        """Return all values of a field."""
        return self.values.get(name, [])

    @property
    def register(self) -> str:
        """Name of the register that the record comes from, as of `register_of`."""
        return register_of(self.get("source_register"), self.get("trial_id"))


def register_of(register: Value | None, number: Value | None) -> str:
    """Return the portal's name of a register, casefolded: as stated, else by the form of the trial's number."""
    stated = register.words.casefold() if register else ""
    if stated in _KNOWN or number is None:
        return stated
    found = find_identifiers(number.words)
    return REGISTERS.get(found[0].scheme, stated) if found else stated


@lru_cache(maxsize=1024)
def name_of(label: str) -> str | None:
    """Return the name of the field that a column, an element or a label stands for."""
    return _NAMES.get(_NOT_NAME.sub("", label.casefold()))


def names_of(labels: Iterable[object]) -> set[str]:
    """Return the names of the fields among labels."""
    return {name for label in labels if isinstance(label, str) and (name := name_of(label)) is not None}
