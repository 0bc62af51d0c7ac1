"""Times in criteria: windows with their length, direction and anchor, durations, wash-outs, and what is none of these.

A case is a criterion with its times marked, and what each says, in short:

    before ≤P28D randomization        a window before randomization, at most 28 days (`<` excludes the 28th)
    after ≥P2W last_dose              at least two weeks after the last dose
    before ≤P4W enrollment 'entry'    with the anchor's words where they say more than its name
    before <PT72H of:onset            what must lie in it
    before longer(P28D, 5 half-lives) whichever is longer
    lasts ≥3mo                        how long a thing lasts
    washout before <P4W               a stretch that must hold no dose
"""

from __future__ import annotations

import re

import pytest

from parser.models.values import Range, Window
from parser.nlp.annotations import Quantity
from parser.nlp.components.windows.component import Time, find_times

PAST = [
    ("⟦in the last 5 years⟧", "before ≤P5Y"),
    ("MI ⟦within the past six months⟧", "before ≤P6M"),
    ("MI ⟦within 6 months⟧", "before ≤P6M"),
    ("⟦within a year⟧", "before ≤P1Y"),
    ("⟦in the previous 30 days⟧", "before ≤P30D"),
    ("Stroke ⟦over the last year⟧", "before ≤P1Y"),
    ("Stroke ⟦within the preceding 3 months⟧", "before ≤P3M"),
    ("Smoked ⟦during the past 12 months⟧", "before ≤P12M"),
    ("Steroids ⟦for the preceding 3 months⟧", "before ≤P3M"),
    ("Steroids ⟦for at least the last 6 months⟧", "before ≤P6M"),
    ("Asthma attack ⟦in past 4 weeks⟧", "before ≤P4W"),
    ("Fever, ⟦last 24 hours⟧", "before ≤PT24H"),
    ("Hospitalised ⟦in the past year⟧", "before ≤P1Y"),
    ("Transfusion ⟦within the last month⟧", "before ≤P1M"),
    ("Malaria ⟦within the prior 2 weeks⟧", "before ≤P2W"),
    ("Trauma ⟦within the most recent 3 months⟧", "before ≤P3M"),
    ("Trauma ⟦in recent 3 months⟧", "before ≤P3M"),
    ("Antibiotics ⟦within the former 4 months⟧", "before ≤P4M"),
    ("MI ⟦less than 6 months ago⟧", "before <P6M"),
    ("MI ⟦6 months ago or less⟧", "before ≤P6M"),
    ("Last seizure ⟦more than 5 years ago⟧", "before >P5Y"),
    ("Surgery ⟦at least 4 weeks ago⟧", "before ≥P4W"),
    ("Dose changed ⟦≥ 2 months previously⟧", "before ≥P2M"),
    ("⟦Recent (< 6 months)⟧ myocardial infarction", "before <P6M"),
    ("⟦recently (≤ 3 months)⟧ treated", "before ≤P3M"),
    ("recent surgery ⟦(< 3 months)⟧", "before <P3M"),
    ("⟦Recent (within 6 weeks)⟧ infection", "before ≤P6W"),
    ("Substance use disorder (⟦past year⟧)", "before ≤P1Y"),
    ("Weight loss of 15 % ⟦in the last 3-6 months⟧", "before ≥P3M ≤P6M"),
    ("Alcohol abuse ⟦within the past one (1) year⟧", "before ≤P1Y"),
    ("Alcohol abuse ⟦within the last 2 (two) years⟧", "before ≤P2Y"),
    ("Blood donation ⟦within 12 weeks (84 days)⟧", "before ≤P12W"),
    ("Blood donation ⟦within approximately 3 weeks⟧", "before ≤P3W"),
    ("Donation ⟦within the last 90 calendar days⟧", "before ≤P90D"),
    ("Vaccination ⟦within twenty-eight days⟧", "before ≤P28D"),
    ("Flight ⟦within the last 72h⟧", "before ≤PT72H"),
    ("Flight ⟦within 2wks⟧", "before ≤P2W"),
    ("Flight ⟦within 30 d⟧", "before ≤P30D"),
    ("Flight ⟦within the last half a year⟧", "before ≤P0.5Y"),
    ("Flight ⟦within the last two and a half years⟧", "before ≤P2.5Y"),
    ("Dose ⟦within the last fortnight⟧", "before ≤P2W"),
    ("Treated ⟦within the past decade⟧", "before ≤P10Y"),
]

BEFORE = [
    ("surgery ⟦within 28 days prior to randomization⟧", "before ≤P28D randomization"),
    ("⟦within 2 weeks before study entry⟧", "before ≤P2W enrollment"),
    ("⟦within 2 weeks before inclusion⟧", "before ≤P2W enrollment 'inclusion'"),
    ("⟦prior to surgery⟧", "before surgery"),
    ("Chemotherapy ⟦within 21 days prior to the first dose of study drug⟧", "before ≤P21D first_dose"),
    ("⟦within 30 days before screening⟧", "before ≤P30D screening"),
    ("⟦within 4 weeks (28 days) prior to the Screening Visit⟧", "before ≤P4W screening"),
    ("⟦in the 6 months preceding enrollment⟧", "before ≤P6M enrollment"),
    ("⟦during the 3 months prior to the baseline visit⟧", "before ≤P3M baseline"),
    ("⟦over the 12-month period before study enrolment⟧", "before ≤P12M enrollment"),
    ("⟦within 3 months prior to signing the informed consent form⟧", "before ≤P3M consent"),
    ("⟦within 14 days prior to informed consent⟧", "before ≤P14D consent"),
    ("⟦within the last 3 months prior to registration⟧", "before ≤P3M enrollment 'registration'"),
    ("⟦≤ 14 days before first dose of pembrolizumab⟧", "before ≤P14D first_dose 'first dose of pembrolizumab'"),
    ("⟦< 6 weeks prior to Day 1⟧", "before <P6W study 'Day 1'"),
    ("⟦within 72 hours prior to Cycle 1 Day 1⟧", "before ≤PT72H study 'Cycle 1 Day 1'"),
    ("⟦within 8 weeks before Visit 1⟧", "before ≤P8W study 'Visit 1'"),
    ("⟦no more than 3 months before surgery⟧", "before ≤P3M surgery"),
    ("⟦not more than 48 h prior to admission⟧", "before ≤PT48H admission"),
    ("⟦no later than 7 days before transplantation⟧", "before ≤P7D transplant"),
    ("⟦up to 30 days before enrolment⟧", "before ≤P30D enrollment"),
    ("Biopsy ⟦at least 4 weeks prior to randomisation⟧", "before ≥P4W randomization"),
    ("Radiotherapy ⟦more than 2 weeks before study entry⟧", "before >P2W enrollment"),
    ("Radiotherapy ⟦two weeks or more prior to enrolment⟧", "before ≥P2W enrollment"),
    ("Radiotherapy ⟦a minimum of 14 days before the first study treatment⟧", "before ≥P14D first_dose"),
    ("Stent ⟦4 to 6 weeks before surgery⟧", "before ≥P4W ≤P6W surgery"),
    ("Stent ⟦between 2 and 6 months prior to study entry⟧", "before ≥P2M ≤P6M enrollment"),
    ("Stent ⟦between 4 weeks and 6 months before randomization⟧", "before ≥P4W ≤P6M randomization"),
    ("Dosed ⟦2 weeks prior to baseline⟧", "before ≤P2W baseline"),
    ("Dosed ⟦within 30 days prior⟧", "before ≤P30D"),
    ("HbA1c raised ⟦in the 3 months prior to or at screening⟧", "before ≤P3M screening"),
    ("⟦in the month prior to screening⟧", "before ≤P1M screening"),
    ("⟦in the year before diagnosis⟧", "before ≤P1Y diagnosis"),
    ("Statin ⟦within 7 days prior to the index procedure⟧", "before ≤P7D event 'index procedure'"),
    ("⟦within 1 hour before the first study vaccination⟧", "before ≤PT1H first_dose 'first study vaccination'"),
    ("⟦within 28 days prior to initiation of study treatment⟧", "before ≤P28D first_dose"),
    ("⟦within 28 days prior to treatment initiation⟧", "before ≤P28D first_dose 'treatment initiation'"),
    ("⟦within 30 days before the start of the study⟧", "before ≤P30D study 'start of the study'"),
    ("⟦within 30 days before relapse⟧", "before ≤P30D relapse"),
    ("⟦no earlier than 7 days before randomization⟧", "before ≤P7D randomization"),
    ("⟦within 6 months before symptom onset⟧", "before ≤P6M symptom_onset"),
    ("⟦within 30 days prior to planned start of IMP⟧", "before ≤P30D first_dose 'planned start of IMP'"),
]

AFTER = [
    ("pregnancy ⟦within the next year⟧", "after ≤P1Y"),
    ("surgery planned ⟦in the next 6 months⟧", "after ≤P6M"),
    ("travel ⟦during the coming 3 months⟧", "after ≤P3M"),
    ("surgery ⟦within the following 12 weeks⟧", "after ≤P12W"),
    ("⟦within 72 hours after surgery⟧", "after ≤PT72H surgery"),
    ("⟦within 24 h following hospital admission⟧", "after ≤PT24H admission"),
    ("⟦> 2 weeks after the last dose of rituximab⟧", "after >P2W last_dose 'last dose of rituximab'"),
    ("⟦at least 6 months after transplantation⟧", "after ≥P6M transplant"),
    ("⟦up to 30 days after the last dose of study drug⟧", "after ≤P30D last_dose"),
    ("⟦no later than 7 days after birth⟧", "after ≤P7D birth"),
    ("⟦within the first 24 hours after admission⟧", "after ≤PT24H admission"),
    ("⟦within the first 3 days of life⟧", "after ≤P3D birth"),
    ("Enrolment ⟦6 to 12 weeks after diagnosis⟧", "before ≥P6W ≤P12W enrollment of:diagnosis"),
    ("Fracture ⟦within 90 days post-surgery⟧", "after ≤P90D surgery 'post-surgery'"),
    ("Women ⟦less than 6 weeks postpartum⟧", "after <P6W event 'postpartum'"),
    ("⟦within 6 months after completion of chemotherapy⟧", "after ≤P6M event 'completion of chemotherapy'"),
    ("Infection ⟦after transplantation⟧", "after transplant"),
    ("Bleeding ⟦after PCI⟧", "after event 'PCI'"),
    ("⟦at least 28 days after a previous vaccination⟧", "after ≥P28D event 'previous vaccination'"),
]

EITHER = [
    ("surgery ⟦within 28 days of randomisation⟧", "within ≤P28D randomization"),
    ("Platelets ≥ 100 ⟦within 14 days of randomization⟧", "within ≤P14D randomization"),
    ("CT scan ⟦within 4 weeks of the first dose⟧", "within ≤P4W first_dose"),
    ("ECG ⟦within one month from enrollment⟧", "within ≤P1M enrollment"),
    ("⟦within 30 days before or after the procedure⟧", "within ≤P30D event 'procedure'"),
    ("⟦within 7 days prior to or after surgery⟧", "within ≤P7D surgery"),
    ("⟦≤ 28 days of enrolment⟧", "within ≤P28D enrollment"),
    ("⟦within 6 weeks of a previous influenza vaccine⟧", "within ≤P6W event 'previous influenza vaccine'"),
    ("⟦within 6 hours of ICU admission⟧", "within ≤PT6H admission 'ICU admission'"),
    ("⟦within 12 months of starting study treatment⟧", "within ≤P12M first_dose 'starting study treatment'"),
    (
        "Use ⟦from 4 weeks before⟧ ⟦until 90 days after the first dose of study drug⟧",
        "before ≤P4W first_dose; after ≤P90D first_dose",
    ),
    (
        "Use ⟦within 48 hours before⟧ or ⟦within 48 hours after surgery⟧",
        "before ≤PT48H surgery; after ≤PT48H surgery",
    ),
    ("Drug ⟦3 days before⟧ and ⟦3 days after transplantation⟧", "before ≤P3D transplant; after ≤P3D transplant"),
    ("Drug ⟦within 30 days prior to⟧ or ⟦during the study⟧", "before ≤P30D study; during study"),
]

SINCE = [
    ("⟦since birth⟧", "since birth"),
    ("Amenorrhea ⟦since birth⟧", "since birth"),
    ("⟦at least 4 weeks since last chemotherapy⟧", "since ≥P4W event 'last chemotherapy'"),
    ("⟦at least 28 days have elapsed since surgery⟧", "since ≥P28D surgery"),
    ("⟦> 3 months must have elapsed since transplantation⟧", "since >P3M transplant"),
    ("⟦Four weeks or less since the last dose of study drug⟧", "since ≤P4W last_dose"),
    ("Employed ⟦since enrolment⟧", "since enrollment"),
    ("⟦≥ 3 months from the last dose of IVIG⟧", "since ≥P3M last_dose 'last dose of IVIG'"),
]

POINTS = [
    ("malignancy ⟦at screening⟧", "at screening"),
    ("age ⟦at the time of consent⟧", "at consent"),
    ("drugs ⟦during the study⟧", "during study"),
    ("Chemotherapy ⟦before surgery⟧", "before surgery"),
    ("HbA1c ⟦at baseline⟧", "at baseline"),
    ("HbA1c ⟦at the screening visit⟧", "at screening"),
    ("Weight ⟦at birth⟧", "at birth"),
    ("Fever ⟦at study entry⟧", "at enrollment"),
    ("Fever ⟦on Day 1⟧", "at study 'Day 1'"),
    ("Fever ⟦at Visit 2⟧", "at study 'Visit 2'"),
    ("Fever ⟦at the time of enrolment⟧", "at enrollment"),
    ("Fever ⟦upon hospital admission⟧", "at admission"),
    ("Stage ⟦at diagnosis⟧", "at diagnosis"),
    ("HbA1c ⟦at screening⟧ and ⟦baseline⟧", "at screening; at baseline"),
    ("Contraception ⟦throughout the study⟧", "during study"),
    ("Contraception ⟦for the duration of the trial⟧", "during study"),
    ("Contraception ⟦during the course of the study⟧", "during study"),
    ("Bleeding ⟦during pregnancy⟧", "during event 'pregnancy'"),
    ("Delirium ⟦during hospitalization⟧", "during event 'hospitalization'"),
    ("Consent ⟦prior to any study procedures⟧", "before study 'study procedures'"),
    ("Consent ⟦before randomization⟧", "before randomization"),
    ("Antibiotics ⟦before the first dose of study medication⟧", "before first_dose"),
    ("Born ⟦before 1 January 2020⟧", "before event '1 January 2020'"),
    ("Treated ⟦after March 2019⟧", "after event 'March 2019'"),
    ("Relapse ⟦after completion of chemotherapy⟧", "after event 'completion of chemotherapy'"),
    ("Contraception ⟦until the end of the study⟧", "before study 'end of the study'"),
]

OF_WHAT = [
    ("diagnosed ⟦within the past 12 months⟧", "before ≤P12M of:diagnosis"),
    ("Type 1 diabetes diagnosed ⟦at least 1 year prior to screening⟧", "before ≥P1Y screening of:diagnosis"),
    ("Stroke with onset ⟦within 24 hours before randomization⟧", "before ≤PT24H randomization of:onset"),
    ("Steroids discontinued ⟦at least 4 weeks before baseline⟧", "before ≥P4W baseline of:last_dose"),
    ("Prior therapy must have ended ⟦≥ 3 weeks before first dose⟧", "before ≥P3W first_dose of:last_dose"),
    ("Chemotherapy completed ⟦at least 6 months prior to enrollment⟧", "before ≥P6M enrollment of:last_dose"),
    ("Last dose of insulin ⟦within 12 hours prior to screening⟧", "before ≤PT12H screening of:last_dose"),
    ("LVEF measured ⟦within 28 days before enrolment⟧", "before ≤P28D enrollment of:measurement"),
    ("enrolled ⟦within 72 h of symptom onset⟧", "before ≤PT72H enrollment of:onset"),
    ("randomized ⟦within 6 hours after stroke onset⟧", "before ≤PT6H randomization of:onset"),
    ("randomised ⟦within 14 days of diagnosis⟧", "before ≤P14D randomization of:diagnosis"),
]

LONGER_OR_SHORTER = [
    (
        "Chemotherapy ⟦within 28 days or 5 half-lives, whichever is longer, before first dose⟧",
        "before longer(P28D, 5 half-lives) first_dose",
    ),
    (
        "Investigational drug ⟦within 30 days or 5 half-lives (whichever is longer) prior to Visit 1⟧",
        "before longer(P30D, 5 half-lives) study 'Visit 1'",
    ),
    (
        "Drug ⟦within 4 weeks or 5 half-lives of the drug prior to randomization, whichever is shorter⟧",
        "before shorter(P4W, 5 half-lives) randomization",
    ),
    (
        "Drug ⟦within 5 half-lives or 28 days, whichever is greater, prior to dosing⟧",
        "before longer(5 half-lives, P28D) first_dose 'dosing'",
    ),
    ("Drug ⟦within 14 days (or 5 half-lives) prior to C1D1⟧", "before longer(P14D, 5 half-lives) study 'C1D1'"),
    ("Drug ⟦within 5 half-lives prior to screening⟧", "before 5HL screening"),
    ("Drug ⟦within five elimination half-lives before baseline⟧", "before 5HL baseline"),
    ("Drug ⟦within 5 times the half-life of the drug before baseline⟧", "before 5HL baseline"),
    (
        "Stopped ⟦≥ 28 days or 5 half-lives, whichever is longer, before first dose⟧",
        "washout before longer(P28D, 5 half-lives) first_dose of:last_dose",
    ),
]

DURATIONS_ = [
    (
        "Stable dose of metformin ⟦for at least 90 days⟧ ⟦before screening⟧",
        "lasts ≥90d; before screening",
    ),
    (
        "Contraception ⟦during the study⟧ and ⟦for 6 months⟧ ⟦after the last dose⟧",
        "during study; lasts =6mo; after last_dose",
    ),
    ("Pain ⟦lasting more than 3 months⟧", "lasts >3mo"),
    ("Diabetes ⟦for more than 5 years⟧", "lasts >5a"),
    ("Disease ⟦duration of at least 6 months⟧", "lasts ≥6mo"),
    ("Symptoms ⟦for ≥ 2 weeks⟧", "lasts ≥2wk"),
    ("Ventilated ⟦for less than 48 hours⟧", "lasts <48h"),
    ("Insomnia of ⟦at least 3 months' duration⟧", "lasts ≥3mo"),
    ("Insomnia of ⟦at least 3 months duration⟧", "lasts ≥3mo"),
    ("Stable (⟦≥ 30 days⟧) on treatment", "lasts ≥30d"),
    ("Chronic pain (⟦more than 3 months⟧)", "lasts >3mo"),
    ("⟦At least 12 months⟧ of spontaneous amenorrhea", "lasts ≥12mo"),
    ("Treated ⟦for 4 to 6 weeks⟧", "lasts 4-6wk"),
    ("Amenorrhea ⟦for 12 consecutive months⟧", "lasts =12mo"),
    ("Headache ⟦persisting for more than 72h⟧", "lasts >72h"),
    ("⟦A 2-year history⟧ of rhinitis", "lasts =2a"),
]

WASHOUTS = [
    ("⟦washout of at least 4 weeks prior to baseline⟧", "washout before <P4W baseline of:last_dose"),
    ("⟦wash-out period of 2 weeks⟧", "washout before <P2W of:last_dose"),
    ("⟦a 4-week washout period⟧", "washout before <P4W of:last_dose"),
    ("a ⟦washout period of > 30 days⟧", "washout before ≤P30D of:last_dose"),
    ("⟦30 days off drug⟧", "washout before <P30D of:last_dose"),
    (
        "⟦washout of 28 days or 5 half-lives, whichever is longer⟧",
        "washout before longer(P28D, 5 half-lives) of:last_dose",
    ),
]

NONE = """
within normal limits | at least 18 years | in the liver | a year of age | aged 18 to 65 years | 18 years or older
life expectancy ≥ 3 months | life expectancy of at least 12 weeks | proteinuria > 3 g in 24 hours | 3 days per week
infants under 6 months of age | less than 37 weeks of gestation | before the age of 18 | the following criteria
any of the following conditions | 500 mg/24 h | two readings at least 5 minutes apart | over 65 | at least one
within 2 standard deviations | on the study eye | at the investigator's discretion | since they cannot walk
type 2 diabetes | after all criteria are met | QTc > 450 ms | 10 years old | before they sign | at risk of bleeding
children from 6 months to 5 years of age | 5 mg per day | in case of doubt | surgery scheduled to last 2 h
within 24 hours of each other | at screening colonoscopy sites | prior surgery | expected survival at least 3 months
After failure of two regimens
"""

CASES = [
    *PAST,
    *BEFORE,
    *AFTER,
    *EITHER,
    *SINCE,
    *POINTS,
    *OF_WHAT,
    *LONGER_OR_SHORTER,
    *DURATIONS_,
    *WASHOUTS,
]


def said(time: Time) -> str:
    """Write a time in the notation of the cases."""
    if isinstance(time.value, Quantity):
        return f"lasts {_range(time.value.range)}"
    words = [_window(time.value)]
    return " ".join(["washout", *words] if time.label == "washout" else words)


def _range(limits: Range) -> str:
    if limits.low is not None and limits.high is not None:
        amount = f"={limits.low:g}" if limits.low == limits.high else f"{limits.low:g}-{limits.high:g}"
    elif limits.low is not None:
        amount = f"{'≥' if limits.low_inclusive else '>'}{limits.low:g}"
    else:
        amount = f"{'≤' if limits.high_inclusive else '<'}{limits.high:g}"
    return f"{amount}{limits.ucum}"


def _window(window: Window) -> str:
    parts = [window.relation]
    if window.min:
        parts.append(f"{'≥' if window.min_inclusive else '>'}{window.min}")
    if window.max:
        parts.append(f"{'≤' if window.max_inclusive else '<'}{window.max}")
    if window.half_lives is not None:
        parts.append(f"{window.half_lives:g}HL")
    parts += [f"{name}({', '.join(each)})" for name, each in _alternatives(window) if each]
    parts += [window.anchor] if window.anchor != "unstated" else []
    parts += [f"'{window.anchor_text}'"] if window.anchor_text else []
    parts += [f"of:{window.of}"] if window.of != "occurrence" else []
    return " ".join(parts)


def _alternatives(window: Window) -> list[tuple[str, list[str]]]:
    return [("longer", window.longer_of), ("shorter", window.shorter_of)]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_nlp_windows_say_length_direction_and_anchor(marked: str, expected: str) -> None:
    text = re.sub("[⟦⟧]", "", marked)
    found = find_times(text)
    assert [text[time.start : time.end] for time in found] == re.findall("⟦(.*?)⟧", marked)
    assert "; ".join(map(said, found)) == expected


@pytest.mark.parametrize("text", [text.strip() for text in re.split(r"[|\n]", NONE) if text.strip()])
def test_nlp_windows_words_that_place_nothing_in_time(text: str) -> None:
    assert [(text[time.start : time.end], said(time)) for time in find_times(text)] == []
