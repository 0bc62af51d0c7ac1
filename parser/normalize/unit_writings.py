"""How criteria write units, and their UCUM codes (https://ucum.org/ucum). Data only.

Writings are lower case; a blank in one stands for a blank, a hyphen or nothing. A quotient is not listed: any
numerator may stand over any denominator ("mg per deciliter", "mL/min/1.73 m²"). Only units whose UCUM code is certain
stand here; what is counted but no unit of UCUM is an annotation in braces, which UCUM reads as 1.
"""

from __future__ import annotations

#: Time: UCUM code, designator in ISO 8601, writings.
TIME: tuple[tuple[str, str, str], ...] = (
    ("a", "Y", "years | year | year(s) | yrs | yr | y | yo | years' | calendar years"),
    ("mo", "M", "months | month | month(s) | mos | mo | mths | mth | months' | calendar months | calendar month"),
    ("wk", "W", "weeks | week | week(s) | wks | wk | weeks'"),
    ("d", "D", "days | day | day(s) | d | days' | calendar days | calendar day"),
    ("h", "TH", "hours | hour | hour(s) | hrs | hr | h | hours'"),
    ("min", "TM", "minutes | minute | minute(s) | mins | min"),
)

#: What may stand alone after a number, or over a denominator.
FREE: tuple[tuple[str, str], ...] = (
    # ratios and what counts as a number
    ("%", "% | percent | per cent | pct | ％"),
    ("[ppth]", "‰"),
    ("[ppm]", "ppm | parts per million"),
    ("[ppb]", "ppb | parts per billion"),
    ("{score}", "points | point | score points"),
    ("{percentile}", "th percentile | rd percentile | nd percentile | st percentile | percentile | percentiles"),
    ("{SD}", "sd | sds | standard deviations | standard deviation | standard deviation score"),
    ("{letters}", "letters | etdrs letters | letter"),
    ("{pack_years}", "pack years | pack year | packs years | packs year | pack yrs | pack yr | py | pack year(s)"),
    ("{units}", "units | unit | u"),
    ("{oz}", "ounces | ounce | oz"),
    # time that is measured, not waited for
    ("s", "seconds | second | second(s) | secs | sec | s"),
    ("ms", "milliseconds | millisecond | milli seconds | milli second | msecs | msec | ms"),
    # mass
    ("kg", "kilograms | kilogram | kilogrammes | kilogramme | kilos | kilo | kgs | kg"),
    ("g", "grams | gram | grammes | gramme | gms | gm | gr | g"),
    ("mg", "milligrams | milligram | milligrammes | milligramme | mgs | mg"),
    ("ug", "micrograms | microgram | microg | mcg | µg | ug"),
    ("ng", "nanograms | nanogram | ng"),
    ("pg", "picograms | picogram | pg"),
    ("[lb_av]", "pounds | pound | lbs | lb"),
    # length and area
    ("km", "kilometers | kilometres | km"),
    ("m", "meters | metres | meter | metre"),
    ("cm", "centimeters | centimetres | centimeter | centimetre | cms | cm"),
    ("mm", "millimeters | millimetres | millimeter | millimetre | mms | mm"),
    ("um", "micrometers | micrometres | micrometer | micrometre | microns | micron | µm | um"),
    ("nm", "nanometers | nanometres | nanometer | nanometre | nm"),
    ("[in_i]", "inches | inch"),
    ("[ft_i]", "feet | ft"),
    ("cm2", "cm2 | cm² | cm^2 | sq cm | sq. cm | square centimeters | square centimetres | square centimeter"),
    ("mm2", "mm2 | mm² | mm^2 | sq mm | square millimeters | square millimetres | square millimeter"),
    # volume
    ("L", "liters | litres | liter | litre | l"),
    ("dL", "deciliters | decilitres | deciliter | decilitre | dl"),
    ("mL", "milliliters | millilitres | milliliter | millilitre | mls | ml | cc | ccs"),
    ("uL", "microliters | microlitres | microliter | microlitre | microl | mcl | µl | ul"),
    ("fL", "femtoliters | femtolitres | femtoliter | femtolitre | fl"),
    ("cm3", "cm3 | cm³ | cm^3 | cubic cm | cubic centimeters | cubic centimetres | cubic centimeter"),
    ("mm3", "mm3 | mm³ | mm^3"),
    ("[foz_us]", "fluid ounces | fluid ounce | fl oz | fl. oz | fl. oz."),
    # amount of substance
    ("mol", "moles | mole | mol"),
    ("mmol", "millimoles | millimole | mmoles | mmole | mmol | milli moles | milli mole"),
    ("umol", "micromoles | micromole | micromol | mcmol | µmoles | µmole | µmol | umol"),
    ("nmol", "nanomoles | nanomole | nanomol | nmol"),
    ("pmol", "picomoles | picomole | picomol | pmol"),
    ("meq", "milliequivalents | milliequivalent | milli equivalents | milli equivalent | meqs | meq"),
    ("mosm", "milliosmoles | milliosmole | milliosmol | mosmol | mosm"),
    # activity
    ("[IU]", "international units | international unit | iu | i.u. | i.u"),
    ("m[IU]", "milli international units | milli international unit | milliinternational units | miu | mlu | mu"),
    ("m[IU]", "milliunits | milliunit | milli units | milli unit"),
    ("u[IU]", "micro international units | micro international unit | µiu | uiu | µu | uu | microunits | microunit"),
    ("k[IU]", "kiu | ku | kilounits | kilo units"),
    ("M[IU]", "million international units | million units | million iu | million u"),
    ("ukat", "microkatals | microkatal | microkat | µkat | ukat"),
    ("nkat", "nanokatals | nanokat | nkat"),
    ("[arb'U]", "arbitrary units | arbitrary unit | au"),
    ("[beth'U]", "bethesda units | bethesda unit | bu"),
    ("[GPL'U]", "gpl units | gpl unit | gpl | igg phospholipid units"),
    ("[MPL'U]", "mpl units | mpl unit | mpl | igm phospholipid units"),
    # pressure, temperature, angle
    ("mm[Hg]", "mm hg | mm of hg | mm of mercury | mm mercury | millimeters of mercury | millimetres of mercury"),
    ("mm[Hg]", "millimeter of mercury | millimetre of mercury | millimeters mercury | millimeter mercury | mm hg."),
    ("cm[H2O]", "cm h2o | cm h₂o | cm of h2o | cm of water | centimeters of water | centimetres of water | cm water"),
    ("kPa", "kilopascals | kilopascal | kpa"),
    ("Cel", "°c | º c | ° c | ℃ | ˚c | ˚ c | deg c | degrees c | degree c | degrees celsius | degree celsius"),
    ("Cel", "degrees centigrade | degree centigrade | °celsius | ° celsius | celsius | centigrade | ºc"),
    ("[degF]", "°f | º f | ° f | ℉ | ˚f | deg f | degrees f | degree f | degrees fahrenheit | degree fahrenheit"),
    ("[degF]", "° fahrenheit | fahrenheit | ºf"),
    ("deg", "° | º | ˚ | degrees | degree"),
    ("mm[Hg].min/L", "wood units | wood unit | wu | woods units"),
    ("dyn.s/cm5", "dyn.s/cm5 | dyn.s.cm-5 | dyn·s/cm5 | dyn·s·cm-5 | dyn s cm-5 | dynes.sec/cm5 | dynes.sec.cm-5"),
    (
        "dyn.s/cm5",
        "dynes/sec/cm5 | dynes/sec/cm-5 | dyn/s/cm5 | dyn/sec/cm-5 | dyn*s/cm5 | dynes*sec/cm5 | dynes/s/cm5",
    ),
    # eyes, ears, hearts, machines
    ("[diop]", "diopters | dioptres | diopter | dioptre | dpt"),
    ("dB", "decibels | decibel | db hl | db nhl | db spl | db"),
    ("Hz", "hertz | hz"),
    ("kHz", "kilohertz | khz"),
    ("MHz", "megahertz | mhz"),
    ("mV", "millivolts | millivolt | mv"),
    ("uV", "microvolts | microvolt | µv | uv"),
    ("mA", "milliamperes | milliampere | ma"),
    ("W", "watts | watt"),
    ("kJ", "kilojoules | kilojoule | kj"),
    ("kcal", "kilocalories | kilocalorie | calories | calorie | kcals | kcal"),
    ("[MET]", "metabolic equivalents of task | metabolic equivalents | metabolic equivalent"),
    ("[hnsf'U]", "hounsfield units | hounsfield unit | hu"),
    ("Gy", "grays | gray | gy"),
    ("cGy", "centigrays | centigray | cgy | rads"),
    ("mGy", "milligrays | milligray | mgy"),
    ("mSv", "millisieverts | millisievert | msv"),
    ("GBq", "gigabecquerels | gbq"),
    ("MBq", "megabecquerels | mbq"),
    ("mCi", "millicuries | millicurie | mci"),
    # quotients with a writing of their own
    ("g/dL", "g% | gm% | gms% | gr% | gram% | g % | gm % | gms % | grams % | gram percent | g percent"),
    ("mg/dL", "mg% | mg % | milligram percent"),
    ("/min", "bpm | b.p.m. | beats per min. | b/min"),
    ("kg/m2", "kg.m-2 | kg·m-2 | kg m-2 | kg m2 | kgm2 | kg/ m 2"),
    ("mL/min", "ml.min-1 | ml·min-1 | ml min-1 | mlmin-1"),
)

#: What is counted, only over a denominator ("3 times per week"), which says that it is a rate.
COUNTED: tuple[tuple[str, str], ...] = (
    ("", "cells | cell | platelets | lymphocytes | neutrophils | leukocytes | eosinophils | blasts | pmns | particles"),
    ("", "wbc | wbcs | rbc | rbcs | white blood cells | red blood cells | times | beats | breaths | events | number"),
    ("", "leucocytes | pmn | eos | mitoses | mitotic figures"),
    ("", "cd4 cells | cd4+ cells | cd34+ cells | cd34 cells | cd3+ cells"),
    ("{copies}", "copies | copy | rna copies | dna copies | viral copies | c | cp | cps | hiv rna copies | genomes"),
    ("{log_copies}", "log10 copies | log copies | log 10 copies | log₁₀ copies | log10 c"),
    ("{log_IU}", "log10 iu | log iu | log 10 iu | log₁₀ iu"),
    ("[CFU]", "cfu | cfus | colony forming units | colony forming unit"),
    ("[PFU]", "pfu | plaque forming units"),
    ("[IU]", "iu | international units"),
    ("{BAU}", "bau | binding antibody units"),
    ("{RU}", "ru | relative units"),
    ("m", "m"),
    ("{drinks}", "drinks | drink | standard drinks | standard drink | alcoholic drinks | alcoholic beverages"),
    ("{drinks}", "alcohol drinks | alcohol containing drinks | beverages"),
    (
        "{alcohol_units}",
        "units of alcohol | alcohol units | alcoholic units | units alcohol | standard units of alcohol",
    ),
    ("{alcohol_units}", "unit of alcohol | standard units | alcohol unit | units of alcoholic beverages"),
    ("{glasses}", "glasses | glass | glasses of wine | glasses of alcohol"),
    ("{servings}", "servings | serving"),
    ("{cigarettes}", "cigarettes | cigarette | cigs | cig"),
    ("{packs}", "packs | pack | packs of cigarettes | pack of cigarettes"),
    ("{cups}", "cups | cup | cups of coffee | cups of tea"),
    ("{episodes}", "episodes | episode | attacks | attack | exacerbations | exacerbation | relapses | relapse"),
    ("{seizures}", "seizures | seizure"),
    ("{headaches}", "headache | headaches | migraine | migraines | migraine attacks | headache attacks"),
    ("{puffs}", "puffs | puff | inhalations | actuations"),
    ("{doses}", "doses | dose | injections | tablets | capsules | transfusions"),
    ("{stools}", "stools | stool | bowel movements | loose stools"),
    ("{headache_days}", "headache days | migraine days | migraine headache days"),
)

#: What may stand under a fraction line or after "per".
UNDER: tuple[tuple[str, str], ...] = (
    ("L", "liters | litres | liter | litre | l | lt | ltr"),
    (
        "dL",
        "deciliters | decilitres | deciliter | decilitre | dl | 100 ml | 100 milliliters | 100 millilitres | 100 cc",
    ),
    ("mL", "milliliters | millilitres | milliliter | millilitre | ml | cc"),
    ("uL", "microliters | microlitres | microliter | microlitre | microl | mcl | mcl. | µl | ul | micro l | µliter"),
    ("nL", "nl | nanoliter | nanolitre"),
    ("mm3", "mm3 | mm³ | mm^3 | mm^{3} | mm(3) | mm*3 | mm 3 | cubic mm | cubic millimeter | cubic millimetre"),
    ("mm3", "cubic millimeters | cubic millimetres | cu mm | cu. mm | cu.mm | cmm | c.mm | c mm | cumm | mm cubed"),
    ("mm3", "millimeter cubed | cubic milliliter | mm³."),
    ("cm3", "cm3 | cm³ | cm^3 | cubic centimeter"),
    ("kg", "kilograms | kilogram | kilogramme | kgs | kg | kg body weight | kg bw | kg of body weight"),
    ("g", "grams | gram | gm | g | g creatinine | gram creatinine | g of creatinine"),
    ("mg", "milligram | mg"),
    ("mol", "mole | moles | mol"),
    ("mmol", "millimole | millimoles | mmole | mmol | mmol creatinine"),
    ("m2", "m2 | m² | m^2 | m^{2} | m(2) | m*2 | m 2 | sqm | sq m | sq. m | sq meter | square meters | square metres"),
    ("m2", "square meter | square metre | meter squared | metre squared | meters squared | metres squared"),
    ("m2", "meter square | metre square | square m | meter^2 | meter2 | meters2 | m squared | sq. meter | mq"),
    ("cm2", "cm2 | cm² | cm^2 | square centimeter | square centimetre"),
    ("mm2", "mm2 | mm² | mm^2"),
    ("{1.73_m2}", "1.73 m2 | 1.73 m² | 1.73 m^2 | 1.73 m^{2} | 1.73 m(2) | 1.73 m*2 | 1.73 m 2 | 1,73 m2 | 1,73 m²"),
    ("{1.73_m2}", "1.73 square meters | 1.73 square metres | 1.73 square meter | 1.73 square metre | 1.73 sqm"),
    ("{1.73_m2}", "1.73 meters squared | 1.73 metres squared | 1.73 meter squared | 1.73 sq m | 1.73 sq. m | 1.73 m"),
    ("{1.73_m2}", "1.73 m square | 1.73 m squared | 1.73 meter^2 | 1·73 m2 | 1·73 m² | 1.73m2bsa | 1.73"),
    ("s", "second | seconds | sec | s"),
    ("min", "minutes | minute | min | mn | min."),
    ("h", "hours | hour | hrs | hr | h | 1 hour | 1 h"),
    ("d", "days | day | d | 24 hours | 24 hour | 24 hrs | 24 hr | 24 h | 24 hour urine | 24 h urine | 24 hours urine"),
    ("d", "calendar day | 1 day"),
    ("wk", "weeks | week | wks | wk | 7 days | 1 week"),
    ("mo", "months | month | mos | mo | 1 month"),
    ("(28.d)", "28 days"),
    ("(30.d)", "30 days"),
    ("(4.wk)", "4 weeks"),
    ("a", "years | year | yrs | yr | annum | 12 months | 1 year | calendar year"),
    ("[HPF]", "hpf | high power field | high powered field | high power fields | high powered fields"),
    ("[LPF]", "lpf | low power field"),
    ("(10.[HPF])", "10 hpf | 10 high power fields | 10 high powered fields"),
    ("(50.[HPF])", "50 hpf | 50 high power fields | 50 high powered fields"),
    ("m", "m | meter | metre"),
)

#: A rate said by an adverb.
OFTEN: tuple[tuple[str, str], ...] = (
    ("d", "daily | once daily | a day | each day | every day | once a day | once per day | qd"),
    ("wk", "weekly | once weekly | a week | each week | every week | once a week"),
    ("mo", "monthly | once monthly | a month | each month"),
    ("a", "yearly | annually | a year | each year"),
)

#: Powers of ten in words and letters, over a denominator.
POWERS: tuple[tuple[int, str], ...] = (
    (3, "k | thou | thousand | thousands | x 1000 | x 1,000 | × 1000 | × 1,000 | * 1000 | 1000 | k cells | tsd"),
    (6, "million | millions | mill | mio | mln"),
    (9, "billion | billions | gpt | giga | bil"),
    (12, "tpt | tera"),
)

#: Units that their letters' case tells apart: "mM" is no millimetre, "G/L" no gram.
CASED: dict[str, str] = {
    "mM": "mmol/L",
    "µM": "umol/L",
    "uM": "umol/L",
    "nM": "nmol/L",
    "pM": "pmol/L",
    "D": "[diop]",
    "G/L": "10*9/L",
    "G/l": "10*9/L",
    "T/L": "10*12/L",
    "T/l": "10*12/L",
    "METs": "[MET]",
    "METS": "[MET]",
    "METs/h": "[MET]/h",
}
