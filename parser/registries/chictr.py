"""ChiCTR, the Chinese Clinical Trial Registry: a record page, every field in Chinese and in English.

Built from the documented labels of the public record page (`showproj`); no saved page was at hand. Conventions: dates
begin with the year, ages without a unit are years, the two dates of a period stand behind `From` and `To`, and
each group has its own sample size. A label is printed twice, `注册题目：` and `Public title：`, with the value of each
language under it or both values in one cell.
"""

from __future__ import annotations

from parser.registries import label_tables
from parser.registries.label_tables.scan import Convention
from parser.registries.label_tables.terms import read_marks, read_table

_LABELS = """\
registry_id: registration number | 注册号
updated: date of last refreshed on | 最近更新日期
registered: date of registration | 注册时间
registered_status: registration status | 注册号状态
title: public title | 注册题目
acronym: english acronym | 注册题目简写
scientific_title: scientific title | the official scientific title | 研究课题的正式科学名称
public_acronym: scientific title acronym | 研究课题的正式科学名称简写
secondary_ids: study subject id | 研究课题代号(代码) | 在二级注册机构或其它机构的注册号 | secondary id | the
    registration number of the partner registry or other register | secondary id(s)
public_name: applicant | 申请注册联系人
public_phone: applicant telephone | 申请注册联系人电话
public_email: applicant e-mail | 申请注册联系人电子邮件
public_address: applicant address | 申请注册联系人通讯地址
public_affiliation: applicant's institution | affiliation of the registrant | 申请人所在单位
scientific_name: study leader | 研究负责人
scientific_phone: study leader's telephone | 研究负责人电话
scientific_email: study leader's e-mail | 研究负责人电子邮件
scientific_address: study leader's address | 研究负责人通讯地址
scientific_affiliation: affiliation of the leader | study leader's institution | 研究负责人所在单位
heading: applicant fax | 申请注册联系人传真 | study leader's fax | 研究负责人传真 | applicant postcode | study
    leader's postcode | 申请注册联系人邮政编码 | 研究负责人邮政编码 | applicant website(voluntary supply) | study
    leader's website(voluntary supply) | 申请单位网址(自愿提供) | 研究负责人网址(自愿提供) | project audit state |
    审核状态 | approved file of ethical committee | view | 伦理委员会批件附件 | target disease code | 研究疾病代码 |
    description for medicine or protocol of treatment in detail | 药物成份或治疗方案详述 | collecting sample(s) from
    participants | 采集人体标本 | sample name | 标本中文名 | tissue | 组织 | fate of sample | 人体标本去向 | note |
    说明 | mfda approved file | 国家药监局批准文件 | 国家药监局批准文号 | 国家药监局批准日期 | study plan file |
    研究计划书 | informed consent file | 知情同意书
ethics_approved: approved by ethic committee | 是否获伦理委员会批准
ethics_number: approved no. of ethic committee | 伦理委员会批件文号
ethics_committee: name of the ethic committee | 批准本研究的伦理委员会名称
ethics_date: date of approved by ethic committee | 伦理委员会批准日期
extra: contact name of the ethic committee | 伦理委员会联系人 | contact address of the ethic committee |
    伦理委员会联系地址 | contact phone of the ethic committee | 伦理委员会联系人电话 | contact email of the ethic
    committee | 伦理委员会联系人邮箱 | mfda approved no. | mfda approved date
sponsor: primary sponsor | 研究实施负责(组长)单位
extra: primary sponsor's address | 研究实施负责(组长)单位地址
secondary_sponsors: secondary sponsor | 试验主办单位(项目批准或申办者)
funders: source(s) of funding | source of funding | 经费或物资来源
conditions: target disease | 研究疾病
study_type: study type | 研究类型
phase: study phase | 研究所处阶段
design: study design | 研究设计
summary: objectives of study | study objectives | 研究目的
inclusion: inclusion criteria | 纳入标准
exclusion: exclusion criteria | 排除标准
study_period: study execute time | 研究实施时间
recruitment_period: recruiting time | 征募观察对象时间
arms: interventions | 干预措施
enrolment: total sample size | 样本总量
locations: countries of recruitment and research settings | 研究实施地点
outcomes: outcomes | 测量指标
status: recruiting status | recruitment status | 征募研究对象情况
age: participant age | 年龄范围
sex: gender | 性别
allocation: randomization procedure (please state who generates the random number sequence and by what method) |
    randomization procedure | 随机方法(请说明由何人用什么方法产生随机序列)
masking: blinding | 盲法
extra: sign the informed consent | 是否签署知情同意书 | length of follow-up (include time point of outcome measure)
    | length of follow-up | 随访时间 | rules of uncover or ceasing blinding | 揭盲或破盲原则和方法 | statistical
    method | 统计方法名称 | data managemen committee | data management committee | 数据与安全监察委员会 | data
    collection and management (a standard data collection and management system include a crf and an electronic data
    capture | 数据采集和管理(说明: 数据采集和管理由两部分组成，一为病例记录表(case record form,
    crf)，二为电子采集和管理系统 | calculated results ater the study completed | calculated results after the study
    completed | 试验完成后的统计结果
ipd_plan: ipd sharing | 是否共享原始数据
ipd_access: the way of sharing ipd (include metadata and protocol of clinical trial, if use web-based public
    database, please provide the url) | the way of sharing ipd | 共享原始数据的方式
"""

#: Labels by which a page of this register is told from others.
_MARKS = """\
date of last refreshed on | registration status | study leader | applicant telephone | recruiting status |
participant age | target disease | study execute time | study subject id | 注册号 | 注册题目 | 研究负责人 |
纳入标准 | 研究课题的正式科学名称 | 征募研究对象情况
"""

CONVENTION = Convention(
    scheme="chictr",
    hint="chictr",
    marks=read_marks(_MARKS),
    labels=read_table(_LABELS),
    years=True,
    language="zh",
)

recognises, read = label_tables.readers_of(CONVENTION)
