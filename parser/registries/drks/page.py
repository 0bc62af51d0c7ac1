"""Pages of the German Clinical Trials Register (DRKS), in English or German, as HTML or text.

Built from the labels that the register documents and that its pages are known to have, in the layout of `Label: value`
lines and in that of two columns; no page of the register was at hand. Dates are year first; `---*` stands for no entry.
"""

from __future__ import annotations

import re

from parser.models import Trial
from parser.models.trial import EventKind
from parser.models.values import Concept
from parser.normalize.absence import absent_reason
from parser.normalize.countries import country_code, is_code
from parser.normalize.dates import DateKind
from parser.normalize.identifiers import find_identifiers
from parser.normalize.sexes import read_sex
from parser.normalize.statuses import read_status
from parser.reading.document import Document
from parser.reading.page import Page
from parser.registries.age_limits import AgeLimit, set_age
from parser.registries.page import fields, forms
from parser.registries.page.forms import FieldReader, Form, Group
from parser.registries.page.labels import Vocabulary
from parser.registries.page.people import EMAIL
from parser.registries.page.sections import Entry, Piece, set_sections
from parser.registries.page.words import clean, label_of, span_of, stripped, words_of
from parser.registries.record import USUAL, Origin, RecordBuilder

_TABLE = """\
header drks+: drks-id | drks id
header public_title+: title | public title | titel | titel der studie
header* description: trial description | studienbeschreibung
header acronym+: trial acronym | acronym/abbreviation of the study | acronym | studienakronym | akronym
header extra+: url of the trial | url of the study | internetseite der studie | url der studie
summary brief+: brief summary in lay language | brief summary in plain language
    | allgemeinverständliche kurzbeschreibung | kurzbeschreibung in laiensprache
summary detailed+: brief summary in scientific language | wissenschaftliche kurzbeschreibung
summary extra+: keywords | schlagwörter
header* organisational: organizational data | organisational data | organisatorische daten | general data
header registered+: date of registration in drks | registration date in drks | date of registration
    | datum der registrierung in drks | registrierungsdatum in drks
header updated+: last update in drks | last update | letzte aktualisierung in drks | letzte aktualisierung
header extra+: date of registration in partner registry or other primary registry | registration type
    | investigator sponsored/initiated trial (ist/iit) | registrierungstyp | art der registrierung
header ethics_status+: ethics approval/approval of the ethics committee | vote of leading ethics committee
    | ethikvotum/votum der ethikkommission | votum der federführenden ethikkommission
header committee+: (leading) ethics committee nr. | (leading) ethics committee no. | leading ethics committee
    | (federführende) ethikkommission nr. | federführende ethikkommission
header* secondary: secondary ids | sekundäre ids | weitere identifikationsnummern
header secondary_id+: universal trial number (utn) | eudract number | eudract-no. (eudract number) | eudract-nr.
    | other primary registry id | other secondary-id | other secondary ids | clinicaltrials.gov id | utn
    | eudamed number | primary registry-id | eudract-nummer | weitere sekundär-id | andere primärregister-id
header* problem: health condition or problem studied | health condition(s) or problem(s) studied
    | untersuchte krankheit/gesundheitsproblem | untersuchte gesundheitsprobleme
header icd+: icd10 | icd-10 | icd11
header condition+: free text | freitext
design* groups: interventions/observational groups | interventions, observational groups | intervention groups
    | interventionen/beobachtungsgruppen | interventions / observational groups
design arm+#: arm
design* characteristics: characteristics | study characteristics | eigenschaften | studiencharakteristika
design study_type+: study type | studientyp
design extra+: study type non-interventional | studientyp nicht-interventionell
design allocation+: allocation | zuteilung | allokation
design masking+: blinding | verblindung
design masked+: who is blinded | wer ist verblindet
design extra+: control | kontrolle
design purpose+: purpose | zweck | studienzweck
design assignment+: assignment | gruppeneinteilung
design phase+: phase | studienphase
design extra+: off-label use (zulassungsüberschreitende anwendung eines arzneimittels) | off-label use
outcome outcome_primary+: primary outcome | primary outcomes | primärer endpunkt | primäre endpunkte
outcome outcome_secondary+: secondary outcome | secondary outcomes | sekundärer endpunkt | sekundäre endpunkte
location countries+: countries of recruitment | country of recruitment | rekrutierungsländer | länder der rekrutierung
location locations+: locations of recruitment | recruitment locations | recruitment location(s) | rekrutierungsstandorte
    | rekrutierungszentren
timeline* recruitment: recruitment | rekrutierung
timeline kind_of_date+: planned/actual | geplant/tatsächlich
timeline first_enrolment+: (anticipated or actual) date of first enrollment | date of first enrollment
    | (geplantes oder tatsächliches) datum der aufnahme des ersten teilnehmers | studienbeginn geplant oder tatsächlich
timeline start_actual+: actual study start date | tatsächlicher studienbeginn | tatsächlicher studienstart
timeline start_planned+: planned study start date | geplanter studienbeginn | geplanter studienstart
timeline end_actual+: actual study completion date | tatsächliches studienende | tatsächlicher studienabschluss
timeline end_planned+: planned study completion date | geplantes studienende | geplanter studienabschluss
timeline target+: target sample size | planned sample size | target number of participants | geplante stichprobengröße
    | geplante fallzahl | zielfallzahl | geplante teilnehmerzahl
timeline final+: final sample size | actual sample size | erreichte fallzahl | tatsächliche stichprobengröße
timeline extra+: monocenter/multicenter trial | monozentrisch/multizentrisch | national/international
eligibility sex+: gender | sex | geschlecht
eligibility age_min+: minimum age | mindestalter
eligibility age_max+: maximum age | höchstalter | maximalalter
eligibility inclusion: additional inclusion criteria | weitere einschlusskriterien | zusätzliche einschlusskriterien
eligibility criteria_head+: inclusion criteria | einschlusskriterien
eligibility exclusion: exclusion criteria | ausschlusskriterien
sponsor* addresses: addresses | adressen
sponsor sponsor+: primary sponsor | primärsponsor | primärer sponsor | hauptsponsor
sponsor secondary_sponsor+: secondary sponsor | sekundärsponsor
sponsor funder+: sources of monetary or material support | source of monetary or material support
    | finanzierungsquellen | quellen finanzieller oder materieller unterstützung
contact scientific+: contact for scientific queries | ansprechpartner für wissenschaftliche anfragen
    | kontakt für wissenschaftliche anfragen
contact public+: contact for public queries | ansprechpartner für allgemeine anfragen | kontakt für allgemeine anfragen
contact principal+: principal investigator | coordinating investigator | hauptprüfer | leiter der klinischen prüfung
other phone+: telephone | phone | telefon
other email+: e-mail | email
other fax+: fax
other url+: url
timeline* state: status
timeline status+: recruitment status | rekrutierungsstatus | status der rekrutierung
timeline closing+: study closing (lplv) | studienabschluss (lplv) | study closing
timeline why_stopped+: reason, if "recruiting stopped" or "withdrawn" | reason if recruiting stopped or withdrawn
    | grund, falls "rekrutierung abgebrochen" oder "zurückgezogen"
other* publications: trial publications, results and other documents
    | trial publications, results and other study documents | publikationen, ergebnisse und andere dokumente
other ipd+: do you plan to share individual participant data with other researchers? | ipd sharing plan
    | planen sie, individuelle teilnehmerdaten mit anderen forschern zu teilen?
other ipd_how+: description ipd sharing plan | beschreibung ipd sharing plan
"""

_TAIL = re.compile(r"\s\d{1,3}\s*$")
_NUMBER = re.compile(r"\bDRKS\s?\d{8}", re.ASCII)
# How the register writes an empty field.
_NO_ENTRY = re.compile(r"\s*\[?-{3}\]?\s*\*?\s*|(?:no|keine?) entry\s*|keine angabe\s*", re.IGNORECASE)

VOCABULARY = Vocabulary(forms.labels_of(_TABLE), tail=_TAIL)

_OPENERS = frozenset("sponsor secondary_sponsor funder scientific public principal".split())
_INSIDE = (
    "drks public_title secondary_id icd condition kind_of_date first_enrolment masked arm countries locations age_min "
    "age_max sex criteria_head phone email fax url committee ethics_status why_stopped loose unlabelled"
)
_GROUPED = _OPENERS.union(_INSIDE.split())

_EXPECTED = (
    *USUAL,
    "/conditions",
    "/interventions",
    "/outcomes",
    "/summary/brief",
    "/sponsor/name",
    "/locations",
    "/countries",
)

#: German words of fields with a closed set of values, in the register's English.
_ENGLISH = {
    "alle": "all",
    "beide, männlich und weiblich": "both, male and female",
    "männlich": "male",
    "weiblich": "female",
    "kein höchstalter": "no maximum age",
    "kein mindestalter": "no minimum age",
    "keine beschränkung": "no limitation",
    "interventionell": "interventional",
    "nicht-interventionell": "non-interventional",
    "non-interventional": "observational",
    "rekrutierung geplant": "recruiting planned",
    "rekrutierung läuft": "recruiting ongoing",
    "rekrutierung laufend": "recruiting ongoing",
    "rekrutierung abgeschlossen, follow-up noch nicht abgeschlossen": "complete, follow-up continuing",
    "rekrutierung abgeschlossen, studie abgeschlossen": "study completed",
    "rekrutierung unterbrochen": "recruiting suspended",
    "recruiting complete, study continuing": "complete, follow-up continuing",
    "recruiting complete, study complete": "study completed",
    "recruiting complete, follow-up continuing": "complete, follow-up continuing",
    "ja": "yes",
    "nein": "no",
}
_UNITS = {"jahre": "Years", "jahr": "Years", "monate": "Months", "wochen": "Weeks", "tage": "Days"}


def recognises(document: Document) -> bool:
    """Tell whether a document is a trial's page of this register: its number, and labels of its own."""
    page = document.page
    if page is None or _NUMBER.search(page.text) is None:
        return False
    names = {match.label.name for match in VOCABULARY.scan(page) if match}
    return "drks" in names and len(names & {"inclusion", "exclusion", "status", "registered", "age_min"}) > 1


def read(document: Document, origin: Origin) -> Trial:
    """Read a trial's page.

    Args:
        document: HTML or text.
        origin: Where it came from.
    """
    page = document.page
    assert page is not None, "the reader of records takes the rest"
    form = _without_empty(forms.lay_out_form(page, VOCABULARY, openers=_OPENERS))
    record = RecordBuilder(document, origin)
    record.expect(*_EXPECTED)
    _read_identifiers(form, record)
    _read_title(form, record)
    forms.read_fields(form, record, _READERS, grouped=_GROUPED)
    if record.get("/summary"):
        record.set("/summary/origin", "registrant")
    _read_first_enrolment(form, record)
    _read_groups(form, record)
    _read_ethics(form, record)
    _read_eligibility(form, record)
    for group in form.groups:
        if reader := _GROUPS.get(group.name):
            reader(form, record, group)
    _read_places(form, record)
    set_sections(page, record, form.layout)
    return record.build()


def _without_empty(form: Form) -> Form:
    """Drop the register's marks for no entry from all values."""
    for entry in form.layout.entries:
        entry.content[:] = [
            piece for piece in entry.content if not _NO_ENTRY.fullmatch(form.page.text, piece.start, piece.end)
        ]
    return form


def _english(words: str) -> str:
    """Return a value of a closed set in English, where it is one of the register's German words."""
    return _ENGLISH.get(" ".join(words.casefold().split()).rstrip("."), words)


def _read_identifiers(form: Form, record: RecordBuilder) -> None:
    own = form.first("drks")
    fields.read_identifiers(form.page, record, own.content if own else [], None)
    for entry in form.layout.all("secondary_id"):
        for piece in entry.content:
            _secondary(form.page, record, piece)


def _secondary(page: Page, record: RecordBuilder, piece: Piece) -> None:
    words = words_of(page, piece)
    if absent_reason(words):
        return
    found = [one for one in find_identifiers(page.text, piece.start, piece.end) if not one.placeholder]
    for scheme, value, start, end in [(one.scheme, one.value, one.start, one.end) for one in found] or [
        ("other", words, piece.start, piece.end)
    ]:
        pointer = record.next("/identifiers")
        record.set(f"{pointer}/scheme", scheme)
        record.set(f"{pointer}/value", value, span=(start, end))
        record.set(f"{pointer}/raw", page.text[start:end], span=(start, end))
        record.set(f"{pointer}/role", "secondary")


def _read_title(form: Form, record: RecordBuilder) -> None:
    """Set the title from its label; without one it is the page's heading."""
    if forms.set_text(form, record, "/title", form.first("public_title")):
        return
    for block in form.page.blocks:
        words = form.page.words(block)
        if block.kind == "heading" and len(words.split()) > 3 and VOCABULARY.match(form.page, block) is None:
            record.set("/title", clean(words), span=(block.body, block.body_end))
            return


def _status(form: Form, record: RecordBuilder, entry: Entry) -> None:
    text = form.text(entry)
    if text is None:
        record.miss("/status", "label_only")
        return
    span = forms.span_of_value(entry)
    value = read_status(_english(text))
    record.set("/status/value", value or "unknown", span=span)
    record.set("/status/raw", text, span=span)
    if value is None:
        record.note("unknown_value", pointer="/status/value", span=span, field="status", found=text)
    if reason := next((one for one in form.layout.all("why_stopped") if one.content), None):
        forms.set_text(form, record, "/status/why_stopped", reason)


def _study_type(form: Form, record: RecordBuilder, entry: Entry) -> None:
    text = form.text(entry)
    if text is None or absent_reason(text):
        return
    value = fields.STUDY_TYPES.get(_english(_english(text)).casefold())
    span = forms.span_of_value(entry)
    record.set("/design/study_type", value or "unknown", span=span)
    if value is None:
        record.note("unknown_value", pointer="/design/study_type", span=span, field="study type", found=text)


def _phase(form: Form, record: RecordBuilder, entry: Entry) -> None:
    if entry.content and absent_reason(words_of(form.page, entry.content[0])) is None:
        fields.read_phase_line(form.page, record, entry.content[0], labelled=True)


def _masking(form: Form, record: RecordBuilder, entry: Entry) -> None:
    if forms.set_text(form, record, "/design/masking", entry):
        who = next((one for one in form.layout.all("masked") if one.content), None)
        if who is not None:
            text = f"{form.text(entry)}\n{form.text(who)}"
            record.set("/design/masking", text, span=(entry.content[0].start, who.content[-1].end))


def _outcome(rank: str) -> FieldReader:
    def read(form: Form, record: RecordBuilder, entry: Entry) -> None:
        text = form.text(entry)
        if text and absent_reason(text) is None:
            pointer = record.next("/outcomes")
            record.set(f"{pointer}/measure", text, span=forms.span_of_value(entry))
            record.set(f"{pointer}/rank", rank)

    return read


def _enrolment(*, actual: bool) -> FieldReader:
    def read(form: Form, record: RecordBuilder, entry: Entry) -> None:
        fields.read_enrolment(form.page, record, entry, actual=actual)

    return read


def _event(kind: EventKind, happened: DateKind | None = None) -> FieldReader:
    def read(form: Form, record: RecordBuilder, entry: Entry) -> None:
        if entry.content:
            forms.set_event(form, record, kind, entry, happened=happened)

    return read


def _read_first_enrolment(form: Form, record: RecordBuilder) -> None:
    """Set the first enrolment; whether it has come to pass is a field of its own."""
    entry, kind = form.first("first_enrolment"), form.text(form.first("kind_of_date"))
    if entry is None or not entry.content:
        return
    kinds: dict[str, DateKind] = {
        "actual": "actual",
        "planned": "anticipated",
        "tatsächlich": "actual",
        "geplant": "anticipated",
    }
    happened = kinds.get((kind or "").casefold())
    forms.set_event(form, record, "recruitment_start", entry, happened=happened)


def _read_groups(form: Form, record: RecordBuilder) -> None:
    """Set conditions, and the arms with what each is given."""
    for entry in form.layout.all("condition", "icd"):
        for piece in entry.content:
            _condition(form.page, record, piece)
    for group in form.groups:
        if group.name == "problem":
            for piece in group.entry.content:
                _condition(form.page, record, piece)
    for entry in form.layout.all("arm"):
        text = form.text(entry)
        if text is None or absent_reason(text):
            continue
        span = forms.span_of_value(entry)
        arm, pointer = record.next("/design/arms"), record.next("/interventions")
        label = _arm_label(form.page, entry)
        record.set(f"{arm}/label", clean(form.page.text[slice(*label)]), span=label)
        record.set(f"{arm}/description", text, span=span)
        record.set(f"{pointer}/name", text, span=span)
        record.set(f"{pointer}/arms", [clean(form.page.text[slice(*label)])], span=label)


def _arm_label(page: Page, entry: Entry) -> tuple[int, int]:
    """Return the label of an arm with its number."""
    start, end = entry.span
    block = page.blocks[entry.block]
    number = re.compile(r"\s*\d{1,3}").match(page.text, end, block.end)
    return start, number.end() if number else end


# A code and its words: `C50 - Malignant neoplasm of breast`.
_CODED = re.compile(r"([A-Z]\d{2}(?:\.\d{1,2})?)\s*[-–]\s*(\S.*)", re.DOTALL)


def _condition(page: Page, record: RecordBuilder, piece: Piece) -> None:
    words = words_of(page, piece)
    if absent_reason(words):
        return
    coded = _CODED.fullmatch(page.text, piece.start, piece.end)
    span = coded.span(2) if coded else span_of(piece)
    pointer = record.next("/conditions")
    codes = [{"system": "ICD-10", "code": coded[1]}] if coded else []
    record.set(pointer, Concept.model_validate({"text": clean(page.text[slice(*span)]), "codes": codes}))
    record.came_from(f"{pointer}/text", span=span)
    if coded:
        record.came_from(f"{pointer}/codes/0/code", span=coded.span(1))


def _read_ethics(form: Form, record: RecordBuilder) -> None:
    committee, status = (
        next((e for e in form.layout.all(n) if e.content), None) for n in ("committee", "ethics_status")
    )
    forms.set_text(form, record, "/ethics/0/committee", committee)
    forms.set_text(form, record, "/ethics/0/status", status)


def _plan(form: Form, record: RecordBuilder, entry: Entry) -> None:
    text = form.text(entry)
    if text is None or absent_reason(text):
        return
    plan = {"yes": "yes", "no": "no"}.get(_english(text).casefold())
    record.set("/ipd_sharing/raw", text, span=forms.span_of_value(entry))
    if plan:
        record.set("/ipd_sharing/plan", plan, span=forms.span_of_value(entry))
    else:
        record.miss("/ipd_sharing/plan", "unparseable", span=forms.span_of_value(entry))


def _read_eligibility(form: Form, record: RecordBuilder) -> None:
    sex = form.first("sex")
    if sex and (text := form.text(sex)):
        value, span = read_sex(_english(text)), forms.span_of_value(sex)
        record.set("/eligibility/sex", value or "unknown", span=span)
        if value is None:
            record.note("unknown_value", pointer="/eligibility/sex", span=span, field="sex", found=text)
    set_age(record, _age_limit(form, "age_min"), _age_limit(form, "age_max"))
    forms.set_criteria_of(form, record)


def _age_limit(form: Form, name: str) -> AgeLimit | None:
    limit = forms.limit_of(form, form.first(name))
    if limit is None:
        return None
    words = _english(limit.words)
    number, _, unit = words.rpartition(" ")
    return AgeLimit(f"{number} {_UNITS[unit.casefold()]}" if unit.casefold() in _UNITS else words, limit.span)


def _organisation(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set a sponsor or funder: the first line of its address."""
    lists = {"secondary_sponsor": "/sponsor/secondary", "funder": "/sponsor/funders"}
    pointer = record.next(lists[group.name]) if group.name in lists else "/sponsor"
    lines = [piece for piece in group.entry.content if absent_reason(words_of(form.page, piece)) is None]
    if lines:
        fields.set_organisation(form.page, record, pointer, span_of(lines[0]))


def _contact(form: Form, record: RecordBuilder, group: Group) -> None:
    """Set a contact: organisation, person and address stand under one label, telephone and e-mail under their own."""
    lines = [piece for piece in group.entry.content if absent_reason(words_of(form.page, piece)) is None]
    if not lines:
        return
    pointer = record.next("/contacts")
    person = next((piece for piece in lines if _PERSON.match(form.page.text, piece.start, piece.end)), None)
    if person is not None:
        record.set(f"{pointer}/name", words_of(form.page, person), span=span_of(person))
    rest = [piece for piece in lines if piece is not person]
    if rest:
        record.set(f"{pointer}/affiliation", words_of(form.page, rest[0]), span=span_of(rest[0]))
        if len(rest) > 1:
            text = "\n".join(words_of(form.page, piece) for piece in rest[1:])
            record.set(f"{pointer}/address", text, span=(rest[1].start, rest[-1].end))
    if (phone := group.get("phone")) is not None:
        record.set(f"{pointer}/phone", words_of(form.page, phone.content[0]), span=span_of(phone.content[0]))
    if (mail := group.get("email")) and (found := EMAIL.search(form.page.text, *span_of(mail.content[0]))):
        record.set(f"{pointer}/email", found[0], span=found.span())
    record.set(f"{pointer}/role", label_of(form.page, group.entry), span=group.entry.span)


_PERSON = re.compile(r"(?:Mr|Ms|Mrs|Dr|Prof|PD|Herr|Frau|Univ)\b\.?")


def _read_places(form: Form, record: RecordBuilder) -> None:
    """Set countries (`DE Germany`) and places (`University Medical Center …, Freiburg`: the town comes last)."""
    for entry in form.layout.all("countries"):
        for piece in entry.content:
            _country(form.page, record, piece)
    for entry in form.layout.all("locations"):
        for piece in entry.content:
            words = words_of(form.page, piece)
            pointer = record.next("/locations")
            record.set(f"{pointer}/raw", words, span=span_of(piece))
            comma = form.page.text.rfind(",", piece.start, piece.end)
            facility = stripped(form.page.text, piece.start, comma if comma > 0 else piece.end)
            record.set(f"{pointer}/facility", clean(form.page.text[slice(*facility)]), span=facility)
            if comma > 0:
                town = stripped(form.page.text, comma + 1, piece.end)
                record.set(f"{pointer}/city", clean(form.page.text[slice(*town)]), span=town)


def _country(page: Page, record: RecordBuilder, piece: Piece) -> None:
    words = words_of(page, piece)
    head, _, name = words.partition(" ")
    code = head if is_code(head) and name else country_code(words)
    pointer = record.next("/countries")
    record.set(f"{pointer}/raw", words, span=span_of(piece))
    if code:
        record.set(f"{pointer}/country_code", code, span=span_of(piece))
    else:
        record.note("unknown_value", pointer=pointer, span=span_of(piece), field="country", found=words)


_READERS: dict[str, FieldReader] = {
    "status": _status,
    "acronym": forms.text_at("/acronym"),
    "brief": forms.text_at("/summary/brief"),
    "detailed": forms.text_at("/summary/detailed"),
    "allocation": forms.text_at("/design/allocation"),
    "purpose": forms.text_at("/design/purpose"),
    "assignment": forms.text_at("/design/intervention_model"),
    "ipd": _plan,
    "ipd_how": forms.text_at("/ipd_sharing/description"),
    "study_type": _study_type,
    "phase": _phase,
    "masking": _masking,
    "outcome_primary": _outcome("primary"),
    "outcome_secondary": _outcome("secondary"),
    "target": _enrolment(actual=False),
    "final": _enrolment(actual=True),
    "registered": _event("registered"),
    "updated": _event("updated"),
    "start_planned": _event("start", "anticipated"),
    "start_actual": _event("start", "actual"),
    "end_planned": _event("completion", "anticipated"),
    "end_actual": _event("completion", "actual"),
    "closing": _event("completion"),
}
_GROUPS = {
    **dict.fromkeys(("sponsor", "secondary_sponsor", "funder"), _organisation),
    **dict.fromkeys(("scientific", "public", "principal"), _contact),
}
