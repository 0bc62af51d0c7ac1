"""UMIN-CTR, the register of Japan's university hospitals: a record page of headings or tables with labels.

Built from the documented labels of the public record page (`ctr_view`); no saved page was at hand. Conventions: dates
are yyyy/mm/dd, the last update with its time, the steps of the study as `2020 Year 03 Month 01 Day`; ages read
`20 years-old <=` (at least 20) and `75 years-old >` (below 75); `Not applicable` is no limit. The page in both
languages marks each value with `日本語` and `英語`.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: unique id issued by umin | umin試験id | umin id
extra: receipt number | receipt no. | 受付番号 | classification by malignancy | classification by specialty |
    genomic information | basic objectives2 | basic objectives -others | trial characteristics_1 | trial
    characteristics_2 | randomization unit | stratification | dynamic allocation | institution consideration |
    blocking | concealment | no. of arms | other related information | day of urgent disclosure | number of
    participants that the trial has enrolled | name(s) of funding organizations | nationality of funding
    organization
heading: basic information | basic information | objectives | assessment | base | study design | eligibility |
    administrative information | progress | other administrative information | result | management information |
    link to view the page | institutions | other information | participant flow | related information | adverse
    events | outcome measures | baseline characteristics | back to top | back top | registrant | umin-ctr clinical
    trial | intervention | secondary ids
title: public title | official title of the study | title of the study (brief title) | 一般向け試験名
acronym: acronym | scientific title:acronym | 一般向け試験名略称
scientific_title: scientific title | official scientific title of the study | 試験名 | 科学的試験名 | 試験の正式名称
public_acronym: 科学的試験名略称
registered: registered date | date of registration | 登録日時
first_posted: date of disclosure of the study information | 一般公開日(本登録希望日)
updated: last modified on | date of last update | 最終更新日
countries: region | 試験実施地域
conditions: condition | 対象疾患名
summary: narrative objectives1 | 目的1
phase: developmental phase | 試験のフェーズ
outcomes_primary: primary outcomes | 主要アウトカム評価項目
outcomes_secondary: key secondary outcomes | 副次アウトカム評価項目
study_type: study type | 試験の種類
intervention_model: basic design | 基本デザイン
allocation: randomization | ランダム化
masking: blinding | ブラインド化
extra: control | コントロール
purpose: purpose of intervention | 介入の目的
interventions: interventions/control_1 | interventions/control_2 | interventions/control_3 | interventions/control_4
    | interventions/control_5 | interventions/control_6 | interventions/control_7 | interventions/control_8 |
    interventions/control_9 | interventions/control_10 | 介入1 | 介入2 | 介入3 | 介入4
extra: type of intervention | 介入の種類
age_min: age-lower limit | 年齢(下限)
age_max: age-upper limit | 年齢(上限)
sex: gender | 性別
inclusion: key inclusion criteria | 選択基準
exclusion: key exclusion criteria | 除外基準
enrolment: target sample size | target size | 目標参加者数
contact_scientific: research contact person | name of lead principal investigator | 責任研究者
contact_public: public contact | 試験問い合わせ窓口
sponsor: sponsor | name of primary sponsor | sponsor or person | 実施責任組織
funders: funding source | source of funding | 研究費提供組織
collaborators: co-sponsor | その他の関連組織
ethics: irb contact (for public release) | irb等連絡先(公開)
secondary_ids: study id_1 | study id_2 | 試験id1 | 試験id2
locations: 試験実施施設名称
status: recruitment status | 試験進捗状況
other_date: date of protocol fixation | プロトコル確定日
ethics_approval: date of irb | 倫理委員会による承認日
start_anticipated: anticipated trial start date | 登録・組入れ開始(予定)日
completion: last follow-up date | フォロー終了(予定)日
other_date: date of closure to data entry | 入力終了(予定)日 | date trial data considered complete |
    データ固定(予定)日 | date analysis concluded | 解析終了(予定)日
protocol_url: url releasing protocol | 試験プロトコルurl
results_url: url related to results and publications | 主な結果・出版物url
results: results | 主な結果
publications: publication of results | 主な結果・公表状況
results_posted: results date posted | 主な結果入力日
ipd_plan: plan to share ipd | 個別症例データ共有計画
ipd: ipd sharing plan description | 個別症例データ共有計画の詳細
enrolment_actual: number of participants that the trial has enrolled | 組入れ参加者数
extra: org. issuing international id_1 | org. issuing international id_2 | ＩＤ発行機関1
record_url: link to view the page
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
unique id issued by umin | receipt number | receipt no | age-lower limit | age-upper limit | narrative objectives1 |
date of disclosure of the study information | developmental phase | classification by malignancy | basic
objectives2 | date of protocol fixation | interventions/control_1 | 一般向け試験名 | 目標参加者数 |
主要アウトカム評価項目
"""

CONVENTION = Convention(
    scheme="umin",
    hint="umin0",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    language="ja",
    tongues={"日本語": "ja", "英語": "en", "japanese": "ja", "english": "en"},
)

recognises, read = label_tables.readers_of(CONVENTION)
