"""What the labels of register pages mean, whichever register prints them.

`FIELDS` says of every field in which section of the page it stands and what shape its value has; `PARTS` holds the
labels inside a record (a contact's `Email`, an outcome's `Timepoint`), in the languages that the registers print.
A register's own module says only which of its labels is which field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from parser.models.trial import EventKind, SectionKind
from parser.normalize.dates import DateKind
from parser.registries.page.labels import Label

Shape = Literal["line", "text", "event", "period", "records", "criteria", "heading"]

#: Field to its section and shape. `line` is one value, `text` may have paragraphs, `records` has labels of its own.
_SHAPES = """\
header: heading: heading | line: registry_id title public_acronym scientific_title acronym
header: line: status status_country registered_status
header: records: secondary_ids | text: keywords brief_title
summary: text: summary detailed objective
design: line: study_type phase allocation masking purpose intervention_model observational_model time_perspective
design: line: enrolment enrolment_actual enrolment_reached study_arm_count | text: design enrolment_table
design: records: interventions arms
header: records: conditions
eligibility: line: age age_min age_max sex sex_note healthy age_unit | criteria: criteria inclusion exclusion half
outcome: records: outcomes_primary outcomes_secondary outcomes
sponsor: records: sponsor secondary_sponsors funders collaborators | line: responsible_party
contact: records: contact_public contact_scientific contact_investigator contact_other
contact: line: public_name public_phone public_email public_address public_affiliation
contact: line: scientific_name scientific_phone scientific_email scientific_address scientific_affiliation
location: records: locations | text: countries
other: records: ethics | line: ethics_approved ethics_committee ethics_date ethics_address ethics_number
other: line: ipd_plan results_available results_url protocol_url record_url | text: ipd ipd_access ipd_time results
other: text: publications extra regulatory
"""

#: Field to the event that its date is of, and whether the label says that it has come to pass.
_EVENTS: dict[str, tuple[EventKind, DateKind | None]] = {
    "registered": ("registered", None),
    "first_submitted": ("first_submitted", None),
    "first_posted": ("first_posted", None),
    "updated": ("updated", None),
    "start": ("start", None),
    "start_anticipated": ("start", "anticipated"),
    "start_actual": ("start", "actual"),
    "recruitment_start": ("recruitment_start", None),
    "recruitment_start_anticipated": ("recruitment_start", "anticipated"),
    "recruitment_start_actual": ("recruitment_start", "actual"),
    "recruitment_end": ("recruitment_end", None),
    "recruitment_end_anticipated": ("recruitment_end", "anticipated"),
    "recruitment_end_actual": ("recruitment_end", "actual"),
    "primary_completion": ("primary_completion", None),
    "completion": ("completion", None),
    "completion_anticipated": ("completion", "anticipated"),
    "completion_actual": ("completion", "actual"),
    "results_posted": ("results_posted", None),
    "ethics_approval": ("ethics_approval", None),
    "other_date": ("other", None),
}
#: Field to the events that its two dates are of: the first and the last day of a period.
PERIODS: dict[str, tuple[EventKind, EventKind]] = {
    "study_period": ("start", "completion"),
    "recruitment_period": ("recruitment_start", "recruitment_end"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a register's page.

    Attributes:
        name: Under which its readers know it.
        section: Where it stands.
        shape: What its value looks like.
        label: The row for the sections and events that the listing pages share.
    """

    name: str
    section: SectionKind
    shape: Shape
    label: Label


def _fields() -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for line in _SHAPES.splitlines():
        section, _, rows = line.partition(":")
        for row in rows.split("|"):
            shape, _, names = row.partition(":")
            for name in names.split():
                fields[name] = _field(name, section.strip(), shape.strip())
    for name, (event, kind) in _EVENTS.items():
        label = Label(name, "timeline", event=event, kind=kind, short=True)
        fields[name] = Field(name, "timeline", "event", label)
    for name in PERIODS:
        fields[name] = _field(name, "timeline", "period")
    return fields


def _field(name: str, section: str, shape: str) -> Field:
    label = Label(name, section, floating=shape == "heading" or name == "extra")  # type: ignore[arg-type]
    return Field(name, section, shape, label)  # type: ignore[arg-type]


FIELDS = _fields()

_PERSON = """\
name: name | full name | name of contact person | full name of responsible person | contact person | responsible
    person | name of lead principal investigator | name of person sending information | contact name | person name |
    name of principal investigator | name of physician | 氏名 | 担当者 | 担当者名 | 姓名 | 責任研究者
first: first name | 1st name | given name | 名
middle: middle name
last: last name | family name | surname | 姓
role: role | position | designation | title | job title | professional title
affiliation: affiliation | organization | organisation | institution | name of organization / entity | institute |
    name of organization | affiliation/organization | 所属組織 | 所属機関
department: division name | department | division | 所属部署
address: address | street address | postal address | institutional address | full address | street | 住所 | 所在地
city: city | city/town | town
country: country
phone: phone | telephone | tel | telephone number | phone number | mobile | mobile phone | work phone | 電話 |
    電話番号
email: email | e-mail | email address | e-mail address | email id | 電子メール
skip: fax | fax number | zip code | zip | postal code | post code | postcode | homepage url | url | web page address
    | latest degree | degree | other areas of specialty/work | area of specialty/work | state | province |
    state/province | state / province | salutation | contact | fax no | website | 郵便番号 | ホームページurl
"""

_ORGANISATION = """\
name: name | name of organization / entity | institute | organization | organisation | sponsor | sponsor name |
    funder | name of sponsor | name of organization | institution | funding source | name of source | name of
    secondary sponsor | organization/ institution | 機関名 | 組織名 | name of organisation
address: address | street address | institution address | postal address | 住所
level: sponsor level
type: type of sponsor | nature of sponsor | category of funding organization | sponsor type | organization type |
    type of organization providing the funding | category
country: country | country of origin
person: full name of responsible person | contact person | 担当者
phone: phone | telephone | tel
email: email | e-mail | email address
city: city
skip: fax | postal code | zip code | department | division | division or department | grant name | grant code /
    reference number | nationality of funding organization | web page address | proportion provided by this source |
    public or private sector | domestic or foreign origin | is the source of funding the same sponsor
    organization/entity? | title of funding source | personal name | province | state | postal address
"""

_ETHICS = """\
committee: name of committee | ethics committee | name of ethics committee | committee name | name of the ethic
    committee | name | organization | ethics committee name | name of ethics committee/irb | ethic committee name |
    board name | name of the ethics committee | board affiliation | 伦理委员会名称 | 審査を行った倫理委員会
status: approval status | status | ethics review | ethics approval status | board approval | board approval status |
    has the study received appropriate ethics committee approval?
date: approval date | date of approval | date of ethics approval | date approval | date of ethical approval
address: address | street address | committee address | institutional address | 住所
phone: phone | telephone | tel | 電話
email: email | e-mail
city: city
skip: postal code | reference number | approval number | ethics committee reference number | document number | zip
    code | date submitted for ethics approval | date the study will be submitted for approval | no. of approval |
    board approval number | country | fax
"""

_OUTCOME = """\
measure: outcome | description | outcome name | outcome description | measure | 指标中文名 | 評価項目
time_frame: timepoints | timepoint | time point(s) | time point | time frame | timeframe | measure time point of
    outcome | time points | timepoint(s) at which outcome measured | 测量时间点
method: method of measurement | measure method | metric / method of measurement | method | measurement method |
    测量方法
rank: type | outcome type | type of outcome | 指标类型 | 类型
"""

_CONDITION = """\
text: condition | description | description of health condition studied | health condition | name of condition |
    conditions
code: icd-10 code | icd code | icd-10 | target disease code
code_text: icd-10 code description | icd description
kind: health type
"""

_INTERVENTION = """\
name: name | intervention name | name of intervention
type: type | category | intervention type | type of intervention
description: details | description | intervention description | dose | duration | detail
group: intervention type (arm)
size: group size
skip: nature of control
"""

_ARM = """\
label: group | arm | arm name | group name | name of group | 组别
size: sample size | group size | number of participants | 样本量
intervention: intervention | intervention name | 干预措施
kind: arm type | type
description: arm description | description
skip: intervention code | code | 干预措施代码
"""

_LOCATION = """\
facility: name of site | name of recruitment centre | institution | institution hospital | hospital | site | name of
    recruitment center | center | name of recruitment site | recruitment center | facility | name of facility |
    facility name | 单位(医院) | name of trial site | site name | trial site name | location | 医療機関の名称
person: name of principal investigator | full name of responsible person | responsible person | investigator |
    contact name
address: site address | street address | address
city: city | 市(区县) | 城市 | city/town
region: province | state | state/province | region | 省(直辖市) | 省
country: country | 国家
reach: phone/fax/email | phone | telephone
status: recruitment status | status
skip: level of the institution | 单位级别 | postal code | zip code | 郵便番号
"""

_IDENTIFIER = """\
id: secondary id | secondary ids | secondary identifying number | id | identifier number | registration number |
    issued number | study id | other id | study id_1 | study id_2 | secondary trial id | number
authority: identifier | issuing authority | issuing authority/trial register | registry name | name of registry |
    org. issuing international id_1 | org. issuing international id_2 | source | issuing body | registration site |
    authority
skip: registration date | url | status
"""


def key_of(words: str) -> str:
    """Return words in the form in which labels are looked up: casefolded, blanks as one, no marks at the ends."""
    folded = words.translate(_WIDE).casefold()
    return " ".join(folded.split()).lstrip(_MARKS_BEFORE).rstrip(_MARKS_AFTER)


#: Full-width punctuation of Chinese and Japanese pages, as its ASCII counterpart.
_WIDE = str.maketrans({"：": ":", "（": "(", "）": ")", "／": "/", "\u3000": " ", "\xa0": " ", "’": "'", "＊": "*"})
_MARKS_BEFORE = " :*_#|>-–—•·/"
# No dash: behind a label it is a value that says that there is none.
_MARKS_AFTER = " :*_#?.|/"


def read_table(table: str) -> dict[str, str]:
    """Return a table of labels (`name: form | form`, continued on indented lines) by the form that is looked up."""
    forms: dict[str, str] = {}
    for row in re.sub(r"\n\s+", " ", table).splitlines():
        name, _, words = row.partition(":")
        for form in words.split("|"):
            forms.setdefault(key_of(form), name.strip())
    forms.pop("", None)
    return forms


def read_marks(table: str) -> frozenset[str]:
    """Return the labels of a list (`form | form`) in the form that is looked up."""
    return frozenset(key_of(form) for form in " ".join(table.split()).split("|"))


_PERSONS, _ORGANISATIONS = read_table(_PERSON), read_table(_ORGANISATION)

#: Field to the labels inside its records.
PARTS: dict[str, dict[str, str]] = {
    "contact_public": _PERSONS,
    "contact_scientific": _PERSONS,
    "contact_investigator": _PERSONS,
    "contact_other": _PERSONS,
    "sponsor": _ORGANISATIONS,
    "secondary_sponsors": _ORGANISATIONS,
    "funders": _ORGANISATIONS,
    "collaborators": _ORGANISATIONS,
    "ethics": read_table(_ETHICS),
    "outcomes": read_table(_OUTCOME),
    "outcomes_primary": read_table(_OUTCOME),
    "outcomes_secondary": read_table(_OUTCOME),
    "conditions": read_table(_CONDITION),
    "interventions": read_table(_INTERVENTION),
    "arms": read_table(_ARM),
    "locations": read_table(_LOCATION),
    "secondary_ids": read_table(_IDENTIFIER),
}
