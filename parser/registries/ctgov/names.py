"""ClinicalTrials.gov: where each field stands in the API's two generations and in the legacy XML.

One row a field: our name for it, its path in API v2, in API v1, and in the XML. Paths of the API are relative to the
protocol section unless they begin with a slash; those of a list's fields are relative to its entries. A comma parts
alternatives (names of several generations), the first with a value counts; a dash says that the format has no such
field. Sources: the API's study data structure, the statistics of API v1, and the schema of the public XML.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

Generation = Literal["v2", "v1", "xml"]

#: Fields of the whole study.
STUDY = """\
nct_id | identificationModule/nctId | IdentificationModule/NCTId | id_info/nct_id
nct_alias | identificationModule/nctIdAliases | IdentificationModule/NCTIdAliasList/NCTIdAlias | id_info/nct_alias
org_study_id | identificationModule/orgStudyIdInfo/id | IdentificationModule/OrgStudyIdInfo/OrgStudyId
    | id_info/org_study_id
org_study_id_type | identificationModule/orgStudyIdInfo/type | IdentificationModule/OrgStudyIdInfo/OrgStudyIdType | -
org_study_id_domain | identificationModule/orgStudyIdInfo/domain | IdentificationModule/OrgStudyIdInfo/OrgStudyIdDomain
    | -
org_study_id_link | identificationModule/orgStudyIdInfo/link | IdentificationModule/OrgStudyIdInfo/OrgStudyIdLink | -
secondary_ids | identificationModule/secondaryIdInfos | IdentificationModule/SecondaryIdInfoList/SecondaryIdInfo
    | id_info/secondary_id
organization | identificationModule/organization/fullName | IdentificationModule/Organization/OrgFullName | source
brief_title | identificationModule/briefTitle | IdentificationModule/BriefTitle | brief_title
official_title | identificationModule/officialTitle | IdentificationModule/OfficialTitle | official_title
acronym | identificationModule/acronym | IdentificationModule/Acronym | acronym
status | statusModule/overallStatus | StatusModule/OverallStatus | overall_status
last_known_status | statusModule/lastKnownStatus | StatusModule/LastKnownStatus | last_known_status
why_stopped | statusModule/whyStopped | StatusModule/WhyStopped | why_stopped
verified | statusModule/statusVerifiedDate | StatusModule/StatusVerifiedDate | verification_date
delayed_posting | statusModule/delayedPosting | StatusModule/DelayedPosting | delayed_posting
has_expanded_access | statusModule/expandedAccessInfo/hasExpandedAccess
    | StatusModule/ExpandedAccessInfo/HasExpandedAccess | has_expanded_access
expanded_access_nct_id | statusModule/expandedAccessInfo/nctId | StatusModule/ExpandedAccessInfo/ExpandedAccessNCTId | -
expanded_access_status | statusModule/expandedAccessInfo/statusForNctId
    | StatusModule/ExpandedAccessInfo/ExpandedAccessStatusForNCTId | -
start | statusModule/startDateStruct/date | StatusModule/StartDateStruct/StartDate | start_date
start_type | statusModule/startDateStruct/type | StatusModule/StartDateStruct/StartDateType | start_date/@type
primary_completion | statusModule/primaryCompletionDateStruct/date
    | StatusModule/PrimaryCompletionDateStruct/PrimaryCompletionDate | primary_completion_date
primary_completion_type | statusModule/primaryCompletionDateStruct/type
    | StatusModule/PrimaryCompletionDateStruct/PrimaryCompletionDateType | primary_completion_date/@type
completion | statusModule/completionDateStruct/date | StatusModule/CompletionDateStruct/CompletionDate | completion_date
completion_type | statusModule/completionDateStruct/type | StatusModule/CompletionDateStruct/CompletionDateType
    | completion_date/@type
first_submitted | statusModule/studyFirstSubmitDate | StatusModule/StudyFirstSubmitDate
    | study_first_submitted, firstreceived_date
first_submitted_qc | statusModule/studyFirstSubmitQcDate | StatusModule/StudyFirstSubmitQCDate
    | study_first_submitted_qc
first_posted | statusModule/studyFirstPostDateStruct/date | StatusModule/StudyFirstPostDateStruct/StudyFirstPostDate
    | study_first_posted
first_posted_type | statusModule/studyFirstPostDateStruct/type
    | StatusModule/StudyFirstPostDateStruct/StudyFirstPostDateType | study_first_posted/@type
results_submitted | statusModule/resultsFirstSubmitDate | StatusModule/ResultsFirstSubmitDate
    | results_first_submitted, firstreceived_results_date
results_submitted_qc | statusModule/resultsFirstSubmitQcDate | StatusModule/ResultsFirstSubmitQCDate
    | results_first_submitted_qc
results_posted | statusModule/resultsFirstPostDateStruct/date
    | StatusModule/ResultsFirstPostDateStruct/ResultsFirstPostDate | results_first_posted
results_posted_type | statusModule/resultsFirstPostDateStruct/type
    | StatusModule/ResultsFirstPostDateStruct/ResultsFirstPostDateType | results_first_posted/@type
disposition_submitted | statusModule/dispFirstSubmitDate | StatusModule/DispFirstSubmitDate
    | disposition_first_submitted, firstreceived_results_disposition_date
disposition_submitted_qc | statusModule/dispFirstSubmitQcDate | StatusModule/DispFirstSubmitQCDate
    | disposition_first_submitted_qc
disposition_posted | statusModule/dispFirstPostDateStruct/date | StatusModule/DispFirstPostDateStruct/DispFirstPostDate
    | disposition_first_posted
disposition_posted_type | statusModule/dispFirstPostDateStruct/type
    | StatusModule/DispFirstPostDateStruct/DispFirstPostDateType | disposition_first_posted/@type
update_submitted | statusModule/lastUpdateSubmitDate | StatusModule/LastUpdateSubmitDate
    | last_update_submitted, lastchanged_date
update_submitted_qc | - | - | last_update_submitted_qc
update_posted | statusModule/lastUpdatePostDateStruct/date | StatusModule/LastUpdatePostDateStruct/LastUpdatePostDate
    | last_update_posted
update_posted_type | statusModule/lastUpdatePostDateStruct/type
    | StatusModule/LastUpdatePostDateStruct/LastUpdatePostDateType | last_update_posted/@type
version | /derivedSection/miscInfoModule/versionHolder | /DerivedSection/MiscInfoModule/VersionHolder
    | required_header/download_date
record_url | - | - | required_header/url
sponsor | sponsorCollaboratorsModule/leadSponsor/name | SponsorCollaboratorsModule/LeadSponsor/LeadSponsorName
    | sponsors/lead_sponsor/agency
sponsor_class | sponsorCollaboratorsModule/leadSponsor/class | SponsorCollaboratorsModule/LeadSponsor/LeadSponsorClass
    | sponsors/lead_sponsor/agency_class
collaborators | sponsorCollaboratorsModule/collaborators | SponsorCollaboratorsModule/CollaboratorList/Collaborator
    | sponsors/collaborator
responsible | sponsorCollaboratorsModule/responsibleParty | SponsorCollaboratorsModule/ResponsibleParty
    | responsible_party
authorities | - | - | oversight_info/authority
monitoring_committee | oversightModule/oversightHasDmc | OversightModule/OversightHasDMC | oversight_info/has_dmc
fda_drug | oversightModule/isFdaRegulatedDrug | OversightModule/IsFDARegulatedDrug
    | oversight_info/is_fda_regulated_drug
fda_device | oversightModule/isFdaRegulatedDevice | OversightModule/IsFDARegulatedDevice
    | oversight_info/is_fda_regulated_device
unapproved_device | oversightModule/isUnapprovedDevice | OversightModule/IsUnapprovedDevice
    | oversight_info/is_unapproved_device
pediatric_surveillance | oversightModule/isPpsd | OversightModule/IsPPSD | oversight_info/is_ppsd
us_export | oversightModule/isUsExport | OversightModule/IsUSExport | oversight_info/is_us_export
fdaaa_violation | oversightModule/fdaaa801Violation | OversightModule/FDAAA801Violation | -
fda_regulated | - | - | is_fda_regulated
section_801 | - | - | is_section_801
brief_summary | descriptionModule/briefSummary | DescriptionModule/BriefSummary
    | brief_summary/textblock, brief_summary
detailed_description | descriptionModule/detailedDescription | DescriptionModule/DetailedDescription
    | detailed_description/textblock, detailed_description
conditions | conditionsModule/conditions | ConditionsModule/ConditionList/Condition | condition
keywords | conditionsModule/keywords | ConditionsModule/KeywordList/Keyword | keyword
condition_meshes | /derivedSection/conditionBrowseModule/meshes
    | /DerivedSection/ConditionBrowseModule/ConditionMeshList/ConditionMesh | condition_browse/mesh_term
condition_leaves | /derivedSection/conditionBrowseModule/browseLeaves
    | /DerivedSection/ConditionBrowseModule/ConditionBrowseLeafList/ConditionBrowseLeaf | -
intervention_meshes | /derivedSection/interventionBrowseModule/meshes
    | /DerivedSection/InterventionBrowseModule/InterventionMeshList/InterventionMesh | intervention_browse/mesh_term
intervention_leaves | /derivedSection/interventionBrowseModule/browseLeaves
    | /DerivedSection/InterventionBrowseModule/InterventionBrowseLeafList/InterventionBrowseLeaf | -
study_type | designModule/studyType | DesignModule/StudyType | study_type
phases | designModule/phases | DesignModule/PhaseList/Phase | phase
study_design | - | - | study_design
allocation | designModule/designInfo/allocation | DesignModule/DesignInfo/DesignAllocation
    | study_design_info/allocation
intervention_model | designModule/designInfo/interventionModel | DesignModule/DesignInfo/DesignInterventionModel
    | study_design_info/intervention_model
model_description | designModule/designInfo/interventionModelDescription
    | DesignModule/DesignInfo/DesignInterventionModelDescription | study_design_info/intervention_model_description
purpose | designModule/designInfo/primaryPurpose | DesignModule/DesignInfo/DesignPrimaryPurpose
    | study_design_info/primary_purpose
observational_model | designModule/designInfo/observationalModel
    | DesignModule/DesignInfo/DesignObservationalModelList/DesignObservationalModel
    | study_design_info/observational_model
time_perspective | designModule/designInfo/timePerspective
    | DesignModule/DesignInfo/DesignTimePerspectiveList/DesignTimePerspective | study_design_info/time_perspective
masking | designModule/designInfo/maskingInfo/masking | DesignModule/DesignInfo/DesignMaskingInfo/DesignMasking
    | study_design_info/masking
who_masked | designModule/designInfo/maskingInfo/whoMasked
    | DesignModule/DesignInfo/DesignMaskingInfo/DesignWhoMaskedList/DesignWhoMasked | -
masking_description | designModule/designInfo/maskingInfo/maskingDescription
    | DesignModule/DesignInfo/DesignMaskingInfo/DesignMaskingDescription | study_design_info/masking_description
enrolment | designModule/enrollmentInfo/count | DesignModule/EnrollmentInfo/EnrollmentCount | enrollment
enrolment_type | designModule/enrollmentInfo/type | DesignModule/EnrollmentInfo/EnrollmentType | enrollment/@type
patient_registry | designModule/patientRegistry | DesignModule/PatientRegistry | -
target_duration | designModule/targetDuration | DesignModule/TargetDuration | target_duration
number_of_arms | - | - | number_of_arms
number_of_groups | - | - | number_of_groups
biospecimen_retention | designModule/bioSpec/retention | DesignModule/BioSpec/BioSpecRetention | biospec_retention
biospecimen_description | designModule/bioSpec/description | DesignModule/BioSpec/BioSpecDescription
    | biospec_descr/textblock
expanded_individual | designModule/expandedAccessTypes/individual
    | DesignModule/ExpandedAccessTypes/ExpAccTypeIndividual
    | expanded_access_info/expanded_access_type_individual
expanded_intermediate | designModule/expandedAccessTypes/intermediate
    | DesignModule/ExpandedAccessTypes/ExpAccTypeIntermediate
    | expanded_access_info/expanded_access_type_intermediate
expanded_treatment | designModule/expandedAccessTypes/treatment
    | DesignModule/ExpandedAccessTypes/ExpAccTypeTreatment
    | expanded_access_info/expanded_access_type_treatment
arms | armsInterventionsModule/armGroups | ArmsInterventionsModule/ArmGroupList/ArmGroup | arm_group
interventions | armsInterventionsModule/interventions | ArmsInterventionsModule/InterventionList/Intervention
    | intervention
primary_outcomes | outcomesModule/primaryOutcomes | OutcomesModule/PrimaryOutcomeList/PrimaryOutcome | primary_outcome
secondary_outcomes | outcomesModule/secondaryOutcomes | OutcomesModule/SecondaryOutcomeList/SecondaryOutcome
    | secondary_outcome
other_outcomes | outcomesModule/otherOutcomes | OutcomesModule/OtherOutcomeList/OtherOutcome | other_outcome
criteria | eligibilityModule/eligibilityCriteria | EligibilityModule/EligibilityCriteria
    | eligibility/criteria/textblock, eligibility/criteria
healthy_volunteers | eligibilityModule/healthyVolunteers | EligibilityModule/HealthyVolunteers
    | eligibility/healthy_volunteers
sex | eligibilityModule/sex | EligibilityModule/Gender | eligibility/gender
gender_based | eligibilityModule/genderBased | EligibilityModule/GenderBased | eligibility/gender_based
gender_description | eligibilityModule/genderDescription | EligibilityModule/GenderDescription
    | eligibility/gender_description
minimum_age | eligibilityModule/minimumAge | EligibilityModule/MinimumAge | eligibility/minimum_age
maximum_age | eligibilityModule/maximumAge | EligibilityModule/MaximumAge | eligibility/maximum_age
age_groups | eligibilityModule/stdAges | EligibilityModule/StdAgeList/StdAge | -
study_population | eligibilityModule/studyPopulation | EligibilityModule/StudyPopulation
    | eligibility/study_pop/textblock, eligibility/study_pop
sampling_method | eligibilityModule/samplingMethod | EligibilityModule/SamplingMethod | eligibility/sampling_method
contacts | contactsLocationsModule/centralContacts | ContactsLocationsModule/CentralContactList/CentralContact
    | overall_contact
contact_backups | - | - | overall_contact_backup
officials | contactsLocationsModule/overallOfficials | ContactsLocationsModule/OverallOfficialList/OverallOfficial
    | overall_official
locations | contactsLocationsModule/locations | ContactsLocationsModule/LocationList/Location | location
countries | - | - | location_countries/country
removed_countries | /derivedSection/miscInfoModule/removedCountries
    | /DerivedSection/MiscInfoModule/RemovedCountryList/RemovedCountry | removed_countries/country
references | referencesModule/references | ReferencesModule/ReferenceList/Reference | reference
result_references | - | - | results_reference
links | referencesModule/seeAlsoLinks | ReferencesModule/SeeAlsoLinkList/SeeAlsoLink | link
participant_data | referencesModule/availIpds | ReferencesModule/AvailIPDList/AvailIPD | study_docs/study_doc
documents | /documentSection/largeDocumentModule/largeDocs | /DocumentSection/LargeDocumentModule/LargeDocList/LargeDoc
    | provided_document_section/provided_document
ipd_sharing | ipdSharingStatementModule/ipdSharing | IPDSharingStatementModule/IPDSharing | patient_data/sharing_ipd
ipd_description | ipdSharingStatementModule/description | IPDSharingStatementModule/IPDSharingDescription
    | patient_data/ipd_description
ipd_info_types | ipdSharingStatementModule/infoTypes
    | IPDSharingStatementModule/IPDSharingInfoTypeList/IPDSharingInfoType | patient_data/ipd_info_type
ipd_time_frame | ipdSharingStatementModule/timeFrame | IPDSharingStatementModule/IPDSharingTimeFrame
    | patient_data/ipd_time_frame
ipd_access | ipdSharingStatementModule/accessCriteria | IPDSharingStatementModule/IPDSharingAccessCriteria
    | patient_data/ipd_access_criteria
ipd_url | ipdSharingStatementModule/url | IPDSharingStatementModule/IPDSharingURL | patient_data/ipd_url
has_results | /hasResults | - | -
results_section | /resultsSection | /ResultsSection | clinical_results
"""

#: Fields of a list's entries; a dot alone is the entry itself.
ENTRIES = """\
id.value | id | SecondaryId | .
id.type | type | SecondaryIdType | -
id.domain | domain | SecondaryIdDomain | -
id.link | link | SecondaryIdLink | -
organisation.name | name | CollaboratorName | agency
organisation.class | class | CollaboratorClass | agency_class
responsible.type | type | ResponsiblePartyType | responsible_party_type
responsible.name | investigatorFullName, oldNameTitle
    | ResponsiblePartyInvestigatorFullName, ResponsiblePartyOldNameTitle | investigator_full_name, name_title
responsible.title | investigatorTitle | ResponsiblePartyInvestigatorTitle | investigator_title
responsible.affiliation | investigatorAffiliation, oldOrganization
    | ResponsiblePartyInvestigatorAffiliation, ResponsiblePartyOldOrganization
    | investigator_affiliation, organization
mesh.term | term | ConditionMeshTerm, InterventionMeshTerm | .
mesh.id | id | ConditionMeshId, InterventionMeshId | -
leaf.name | name | ConditionBrowseLeafName, InterventionBrowseLeafName | -
leaf.as_found | asFound | ConditionBrowseLeafAsFound, InterventionBrowseLeafAsFound | -
arm.label | label | ArmGroupLabel | arm_group_label
arm.kind | type | ArmGroupType | arm_group_type
arm.description | description | ArmGroupDescription | description
intervention.type | type | InterventionType | intervention_type
intervention.name | name | InterventionName | intervention_name
intervention.description | description | InterventionDescription | description
intervention.arms | armGroupLabels | InterventionArmGroupLabelList/InterventionArmGroupLabel | arm_group_label
intervention.other_names | otherNames | InterventionOtherNameList/InterventionOtherName | other_name
outcome.measure | measure | PrimaryOutcomeMeasure, SecondaryOutcomeMeasure, OtherOutcomeMeasure | measure
outcome.method | description | PrimaryOutcomeDescription, SecondaryOutcomeDescription, OtherOutcomeDescription
    | description
outcome.time_frame | timeFrame | PrimaryOutcomeTimeFrame, SecondaryOutcomeTimeFrame, OtherOutcomeTimeFrame | time_frame
person.first | - | - | first_name
person.middle | - | - | middle_name
person.name | name | CentralContactName, OverallOfficialName, LocationContactName | last_name
person.degrees | - | - | degrees
person.role | role | CentralContactRole, OverallOfficialRole, LocationContactRole | role
person.affiliation | affiliation | OverallOfficialAffiliation | affiliation
person.phone | phone | CentralContactPhone, LocationContactPhone | phone
person.extension | phoneExt | CentralContactPhoneExt, LocationContactPhoneExt | phone_ext
person.email | email | CentralContactEMail, LocationContactEMail | email
location.facility | facility | LocationFacility | facility/name
location.city | city | LocationCity | facility/address/city
location.region | state | LocationState | facility/address/state
location.zip | zip | LocationZip | facility/address/zip
location.country | country | LocationCountry | facility/address/country
location.status | status | LocationStatus | status
location.contacts | contacts | LocationContactList/LocationContact | contact
location.backups | - | - | contact_backup
location.investigators | - | - | investigator
reference.pmid | pmid | ReferencePMID | PMID
reference.type | type | ReferenceType | -
reference.citation | citation | ReferenceCitation | citation
link.label | label | SeeAlsoLinkLabel | description
link.url | url | SeeAlsoLinkURL | url
data.type | type | AvailIPDType | doc_type
data.url | url | AvailIPDURL | doc_url
data.comment | comment, id | AvailIPDComment, AvailIPDId | doc_comment, doc_id
document.label | label | LargeDocLabel | document_type
document.file | filename | LargeDocFilename | document_url
value | . | . | .
"""

_ROOTS: dict[Generation, str] = {"v2": "protocolSection/", "v1": "ProtocolSection/", "xml": ""}
_COLUMNS: tuple[Generation, ...] = ("v2", "v1", "xml")

#: Alternatives, each as its steps from the study or the entry, then joined, without the last and whole; no step is the
#: entry itself.
Paths = tuple[tuple[tuple[str, ...], str, str], ...]


@cache
def paths(generation: Generation) -> dict[str, Paths]:
    """Return the paths of every field in one format; a field that the format lacks has none."""
    column = _COLUMNS.index(generation) + 1
    found: dict[str, Paths] = {}
    for table, root in ((STUDY, _ROOTS[generation]), (ENTRIES, "")):
        for row in table.replace("\n    ", " ").splitlines():
            cells = [cell.strip() for cell in row.split("|")]
            found[cells[0]] = tuple(_steps(path.strip(), root) for path in cells[column].split(",") if path != "-")
    return found


def _steps(path: str, root: str) -> tuple[tuple[str, ...], str, str]:
    if path == ".":
        return (), "", ""
    whole = path[1:] if path.startswith("/") else root + path
    return tuple(whole.split("/")), whole.rpartition("/")[0], f"/{whole}"
