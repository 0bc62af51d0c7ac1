"""jRCT, the Japan Registry of Clinical Trials: a record page in English, or with each label in both languages.

Built from the documented labels of the public record page (`latest-detail`, `en-latest-detail`); no saved page was at
hand. Conventions: ages read `18age old over` (at least) and `75age old not` (below), beside `18歳以上` and
`75歳未満`, which say whether the bound is included; `No limit` is none; dates begin with the year or name the month.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: trial id | jrct number | jrct id | 臨床研究実施計画番号
heading: basic information | administrative information | intervention(s), health condition(s) or problem(s) studied
    | title and sponsor information | research contact | management information | 初回公表日欄 | main information
title: public title | title | 平易な研究名称 | 研究名称
scientific_title: scientific title | official scientific title | 研究の正式名称 | 試験の正式名称
acronym: scientific title (acronym) | public title (acronym) | acronym | scientific title acronym | public title
    acronym
registered: date of registration | registered date | date registered | 初回公表日 | 登録年月日
updated: last modified on | last modified date | date of last update | 最終更新日 | 最終公表日
status: recruitment status | recruitment status of the trial | 募集状況 | 進捗状況
recruitment_start_actual: actual date of first enrollment | 実際の最初の症例登録日
recruitment_start_anticipated: anticipated date of first enrollment | 第1症例登録日(予定)
recruitment_start: date of first enrollment | first enrollment date | 第1症例登録日 | 実施期間(開始日)
completion: completion date of study | study completion date | end date of the study | trial completion date |
    実施期間(終了日) | 研究終了日
study_period: study period
enrolment: target sample size | sample size | 実施予定被験者数 | 目標症例数
enrolment_actual: actual sample size | actual enrolment | 実施症例数
study_type: study type | 研究の種別 | 試験の種類
design: study design | 試験デザイン
allocation: allocation | randomized | randomization | 無作為化
masking: masking | 盲検化
intervention_model: assignment | intervention model | 割付け
purpose: purpose | primary purpose | 研究の目的
extra: control | 対照
phase: phase | trial phase | 試験のフェーズ
countries: countries of recruitment | countries of recruitment in japan | country of recruitment | 実施予定国
conditions: health condition(s) or problem(s) studied | health condition or problem studied | 対象疾患名
keywords: health condition(s) or problem(s) keyword | keyword of health condition(s) or problem(s) |
    対象疾患キーワード
interventions: intervention(s) | intervention | interventions | 介入の内容
extra: intervention(s) keyword | intervention keyword | 介入キーワード | 対象疾患コード | 介入コード | health
    condition(s) or problem(s) code | intervention(s) code
summary: objective of the study | study objective | purpose of the study | 研究・治験の目的
inclusion: inclusion criteria | key inclusion criteria | 主たる選択基準 | 選択基準
exclusion: exclusion criteria | key exclusion criteria | 主たる除外基準 | 除外基準
age_min: age minimum | ageminimum | minimum age | lower age limit | 年齢下限
age_max: age maximum | agemaximum | maximum age | upper age limit | 年齢上限
sex: gender | sex | 性別
outcomes_primary: primary outcome(s) | primary outcome | 主たる評価項目
outcomes_secondary: secondary outcome(s) | secondary outcome | key secondary outcome(s) | 副次的な評価項目
contact_scientific: contact for scientific queries | scientific contact | 研究責任(代表)医師
contact_public: contact for public queries | public contact | 問い合わせ窓口 | 研究に関する問合わせ先
sponsor: primary sponsor | 研究責任(代表)医師の所属機関 | 研究資金等の提供組織名称
secondary_sponsors: secondary sponsor(s) | secondary sponsor
funders: source of monetary support | source(s) of monetary support | source of funding | 研究費拠出者
ethics: ethics review | ethics committee | 認定臨床研究審査委員会 | irb
secondary_ids: secondary id(s) | other registry id | secondary ids | 他の臨床研究登録機関発行の番号
ipd_plan: plan to share ipd | ipd sharing plan
ipd: ipd sharing statement | plan description | ipdデータの共有
results_posted: date of the summary of results posted | date of posting of results summaries
results: summary results | results summary
locations: participating institutions | study sites | 実施医療機関
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
trial id | jrct number | age minimum | ageminimum | age maximum | agemaximum | last modified on | secondary id(s) |
contact for scientific queries | contact for public queries | 臨床研究実施計画番号 | 年齢下限 | 年齢上限 |
主たる選択基準 | 研究の種別 | 研究・治験の目的 | 対象疾患名 | health condition(s) or problem(s) studied
"""

CONVENTION = Convention(
    scheme="jrct",
    hint="jrct",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    language="ja",
)

recognises, read = label_tables.readers_of(CONVENTION)
