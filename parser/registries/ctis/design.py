"""Design, population, conditions, products and end points of a CTIS record."""

from __future__ import annotations

from parser.models.values import Range
from parser.normalize.absence import absent_reason
from parser.normalize.phases import read_phases
from parser.normalize.sexes import read_sex
from parser.registries.ctis.nodes import Node, first
from parser.registries.ctis.parts import Parts, in_order, set_words, translate
from parser.registries.ctis.terms import (
    AGE_CATEGORIES,
    AGE_LIMITS,
    PART_ONE_EXTRAS,
    PHASE_CODES,
    PRODUCT_ROLES,
    RECORD_EXTRAS,
)
from parser.registries.record import RecordBuilder


def read_design(parts: Parts, record: RecordBuilder) -> None:
    """Set what the trial is, whom it takes, what it gives and what it measures."""
    # Regulation (EU) No 536/2014 is about interventional trials only; the record has no field for it.
    record.set("/design/study_type", "interventional")
    _phases(parts, record)
    _arms(parts, record)
    _enrolment(parts, record)
    _conditions(parts, record)
    _products(parts, record)
    _end_points(parts, record)
    _sex(parts, record)
    _ages(parts, record)
    _groups(parts, record)
    _publications(parts, record)
    _extras(parts, record)


def _phases(parts: Parts, record: RecordBuilder) -> None:
    label = parts.root.at("trialPhase")
    code = parts.information.at("trialCategory", "trialPhase")
    node = label if label.words and label.number is None else first(code, label)
    phases = PHASE_CODES.get(node.number, ()) if node.number is not None else read_phases(node.words)
    for phase in phases:
        record.set(record.next("/design/phases"), phase, path=node.path)
    if node.words and not phases and not absent_reason(node.words):
        record.note("unknown_value", pointer="/design/phases", field="phase", found=node.words)


def _arms(parts: Parts, record: RecordBuilder) -> None:
    """Set the arms of each period; codes of blinding and allocation, which the portal does not explain, stay codes."""
    for period in parts.details.at("protocolInformation", "studyDesign", "periodDetails").entries():
        for arm in period.at("armDetails").entries():
            label = first(arm.at("title"), arm.at("description"))
            if not label.words:
                continue
            pointer = record.next("/design/arms")
            record.set(f"{pointer}/label", label.words, path=label.path)
            if arm.at("title").words:
                set_words(record, f"{pointer}/description", arm.at("description"), lines=True)
        if record.get("/design/description") is None:
            set_words(record, "/design/description", period.at("description"), lines=True)
        for name in ("blindingMethodCode", "allocationMethod"):
            _set_extra(record, period.at(name))
        for role in period.at("blindedRoles").entries():
            _set_extra(record, role.at("name"), "blindedRoles")


def _enrolment(parts: Parts, record: RecordBuilder) -> None:
    """Set how many are planned: in the EEA, in the rest of the world, and together."""
    total = parts.root.at("totalNumberEnrolled")
    counts = [part.at("recruitmentSubjectCount") for part in parts.two]
    inside = [total] if total.number is not None else [node for node in counts if node.number is not None]
    outside = parts.one.at("rowSubjectCount")
    if not inside:
        return
    eea = sum(node.number or 0 for node in inside)
    nodes = [*inside, outside] if outside.number else inside
    record.set("/design/enrolment/target", eea + (outside.number or 0), path=" ".join(node.path for node in nodes))
    if outside.number:
        record.set("/design/enrolment/by_group", {"EEA": eea, "rest of world": outside.number}, path=outside.path)


def _conditions(parts: Parts, record: RecordBuilder) -> None:
    """Set the conditions in the sponsor's words, then their MedDRA terms."""
    conditions = parts.information.at("medicalCondition")
    entries = conditions.at("partIMedicalConditions").entries() or parts.one.at("medicalConditions").entries()
    for entry in entries:
        pointer = f"{record.next('/conditions')}/text"
        if set_words(record, pointer, entry.at("medicalCondition")):
            translate(record, pointer, entry.at("medicalConditionTranslations"))
        if entry.at("isConditionRareDisease").flag is not None:
            _set_extra(record, entry.at("isConditionRareDisease"))
    if not entries:
        set_words(record, f"{record.next('/conditions')}/text", parts.root.at("conditions"))
    for term in conditions.at("meddraConditionTerms").entries():
        _set_term(record, term)


def _set_term(record: RecordBuilder, term: Node) -> None:
    name, code = term.at("termName"), term.at("classificationCode")
    if not name.words:
        return
    pointer = record.next("/conditions")
    record.set(f"{pointer}/text", name.words, path=name.path)
    if code.words:
        record.set(f"{pointer}/codes/0", {"system": "MedDRA", "code": code.words})
        record.came_from(f"{pointer}/codes/0/code", path=code.path)


def _products(parts: Parts, record: RecordBuilder) -> None:
    """Set the products by their role groups; those of records without groups carry their role themselves."""
    groups = parts.one.at("productRoleGroupInfos").entries()
    for group in groups:
        products = group.at("products").entries()
        for product in products:
            _set_product(record, product, group.at("productRoleName"))
        if not products and group.at("comments").words:
            pointer = record.next("/interventions")
            record.set(f"{pointer}/name", group.at("comments").words, path=group.at("comments").path)
            _set_role(record, pointer, group.at("productRoleName"), group.at("productRoleCode"))
    if not groups:
        for product in parts.one.at("products").entries():
            _set_product(record, product, Node(None))
        if not parts.one.entries():
            set_words(record, f"{record.next('/interventions')}/name", parts.root.at("product"))


def _set_product(record: RecordBuilder, product: Node, role: Node) -> None:
    info = product.at("productDictionaryInfo")
    substance = info.at("productSubstances", "actSubstName")
    names = (
        product.at("productName"),
        info.at("prodName"),
        product.at("nameDisplay"),
        product.at("scientificProductName"),
        substance,
        info.at("activeSubstanceName"),
        product.at("jsonActiveSubstanceNames"),
        info.at("atcName"),
    )
    name = next((node for node in names if absent_reason(node.words) is None), None)
    if name is None:
        return
    pointer = record.next("/interventions")
    record.set(f"{pointer}/name", name.words, path=name.path)
    _set_role(record, pointer, role, product.at("mpRoleInTrial"))
    shape = next(
        (node for node in (info.at("pharmForm"), product.at("pharmaceuticalFormDisplay")) if _is_form(node)), None
    )
    if shape is not None:
        record.set(f"{pointer}/description", shape.words, path=shape.path)
    codes = (("ATC", info.at("atcCode")), ("EV substance code", info.at("productSubstances", "substanceEvCode")))
    for system, code in codes:
        if absent_reason(code.words) is None:
            at = f"{pointer}/codes/{len(record.get(f'{pointer}/codes') or ())}"
            record.set(at, {"system": system, "code": code.words})
            record.came_from(f"{at}/code", path=code.path)


def _is_form(node: Node) -> bool:
    """Tell whether a field is a pharmaceutical form in words, and not its code (`PHF00230MIG`)."""
    return absent_reason(node.words) is None and not any(character.isdigit() for character in node.words)


def _set_role(record: RecordBuilder, pointer: str, name: Node, code: Node) -> None:
    if name.words:
        record.set(f"{pointer}/role", name.words, path=name.path)
    elif (role := PRODUCT_ROLES.get(code.words)) is not None:
        record.set(f"{pointer}/role", role, path=code.path)


def _end_points(parts: Parts, record: RecordBuilder) -> None:
    points = parts.information.at("endPoint")
    for rank, name in (("primary", "primaryEndPoints"), ("secondary", "secondaryEndPoints")):
        for entry in in_order(points.at(name)):
            node = entry.at("endPoint")
            if node.text:
                pointer = record.next("/outcomes")
                record.set(f"{pointer}/measure", node.text, path=node.path)
                record.set(f"{pointer}/rank", rank)
                translate(record, f"{pointer}/measure", entry.at("endPointTranslations"))
    primary = parts.root.at("primaryEndPoint")
    if not points.entries() and primary.text:
        record.set("/outcomes/0/measure", primary.text, path=primary.path)
        record.set("/outcomes/0/rank", "primary")


def _sex(parts: Parts, record: RecordBuilder) -> None:
    population = parts.information.at("populationOfTrialSubjects")
    female, male = population.at("isFemaleSubjects"), population.at("isMaleSubjects")
    pointer = "/eligibility/sex"
    if female.flag is not None and male.flag is not None and (female.flag or male.flag):
        sex = "all" if female.flag and male.flag else "female" if female.flag else "male"
        record.set(pointer, sex, path=f"{female.path} {male.path}")
        return
    node = parts.root.at("gender")
    if not node.words:
        return
    if (read := read_sex(node.words)) is not None:
        record.set(pointer, read, path=node.path)
    else:
        record.miss(pointer, "unparseable")
        record.note("unknown_value", pointer=pointer, field="sex", found=node.words)


def _ages(parts: Parts, record: RecordBuilder) -> None:
    """Set the age categories that are admitted, and the limits that follow from them."""
    ranges = parts.information.at("populationOfTrialSubjects", "ageRanges")
    nodes = [first(entry.at("ageRangeCategoryCode"), entry.at("ageRangeCategory")) for entry in ranges.entries()]
    path, words = ranges.path, [node.words for node in nodes if node.words]
    if not words:
        path = parts.root.at("ageGroup").path
        words = [part.strip() for part in parts.root.at("ageGroup").words.split(",") if part.strip()]
    known = {AGE_CATEGORIES.get(word.casefold()) for word in words}
    for word in dict.fromkeys(words):
        if word.casefold() not in AGE_CATEGORIES:
            record.note("unknown_value", pointer="/eligibility/age_groups", field="age", found=word)
    groups = [group for group in dict.fromkeys(AGE_CATEGORIES.values()) if group in known]
    if groups:
        record.set("/eligibility/age_groups", groups, path=path)
    if groups and None not in known:
        _limits(record, groups, path)


def _limits(record: RecordBuilder, groups: list[str], path: str) -> None:
    """Set the limits of age categories without a gap; before birth there is no age."""
    order = list(AGE_LIMITS)
    places = [order.index(group) for group in groups if group in order]
    if len(places) != len(groups) or places != list(range(places[0], places[-1] + 1)):
        return
    low, high = AGE_LIMITS[groups[0]][0], AGE_LIMITS[groups[-1]][1]
    if low == 0 and high is None:
        record.miss("/eligibility/age", "no_limit")
    else:
        record.set("/eligibility/age", Range(low=low, high=high, ucum="a"), path=path)


def _groups(parts: Parts, record: RecordBuilder) -> None:
    """Set whether healthy volunteers take part: the record lists the groups that do."""
    groups = parts.information.at("populationOfTrialSubjects", "clinicalTrialGroups")
    names = [entry.at("name").words.casefold() for entry in groups.entries()]
    if names and all(names):
        healthy = any("healthy" in name for name in names)
        record.set("/eligibility/healthy_volunteers", healthy, path=groups.path)


def _publications(parts: Parts, record: RecordBuilder) -> None:
    codes = parts.details.at("pubmedCode").entries()
    urls = parts.details.at("pubmedUrl").entries()
    for number, code in enumerate(codes):
        if code.words:
            pointer = record.next("/publications")
            record.set(f"{pointer}/pmid", code.words, path=code.path)
            if len(urls) == len(codes) and urls[number].words:
                record.set(f"{pointer}/url", urls[number].words, path=urls[number].path)
    for entry in parts.details.at("references").entries():
        node = first(entry, *(node for _, node in entry.members() if isinstance(node.value, str)))
        if node.words and not any(node.words == code.words for code in codes):
            record.set(f"{record.next('/publications')}/citation", node.words, path=node.path)


def _extras(parts: Parts, record: RecordBuilder) -> None:
    """Keep what has no field of its own."""
    for names in PART_ONE_EXTRAS:
        _set_extra(record, parts.one.at(*names))
    for names in RECORD_EXTRAS:
        _set_extra(record, parts.root.at(*names))
    areas = parts.one.at("therapeuticAreas").entries() or parts.root.at("therapeuticAreas").entries()
    for area in areas:
        _set_extra(record, first(area.at("name"), area), "therapeuticAreas")
    for scope in parts.information.at("trialObjective", "trialScopes").entries():
        _set_extra(record, scope.at("code"), "trialScopes")
    for plan in parts.details.at("scientificAdviceAndPip", "paediatricInvestigationPlan").entries():
        _set_extra(record, plan.at("paediatricInvestigationNumber"))


def _set_extra(record: RecordBuilder, node: Node, label: str | None = None) -> None:
    words = str(node.value).lower() if isinstance(node.value, bool) else node.text
    if not words or absent_reason(words):
        return
    pointer = record.next("/extra")
    record.set(f"{pointer}/label", label or node.path.rpartition("/")[2])
    record.set(f"{pointer}/value", words, path=node.path)
