"""Countries and territories of ISO 3166-1 with the names that registers and pages use for them.

One line a country (two where one would be too long): alpha-2 code, short English name, then other names: the official
one, former ones, those of common use, of constituent parts, and a few in the country's own language.
"""

from __future__ import annotations

COUNTRY_NAMES = """\
AD|Andorra
AE|United Arab Emirates|UAE|Emirates
AF|Afghanistan
AG|Antigua and Barbuda
AI|Anguilla
AL|Albania
AM|Armenia
AO|Angola
AQ|Antarctica
AR|Argentina
AS|American Samoa
AT|Austria|Österreich
AU|Australia
AW|Aruba
AX|Åland Islands|Aland
AZ|Azerbaijan
BA|Bosnia and Herzegovina|Bosnia & Herzegovina|Bosnia-Herzegovina|Bosnia
BB|Barbados
BD|Bangladesh
BE|Belgium|Belgique|België
BF|Burkina Faso
BG|Bulgaria
BH|Bahrain
BI|Burundi
BJ|Benin
BL|Saint Barthélemy
BM|Bermuda
BN|Brunei Darussalam|Brunei
BO|Bolivia, Plurinational State of|Bolivia|Bolivia (Plurinational State of)
BQ|Bonaire, Sint Eustatius and Saba|Caribbean Netherlands|Bonaire Saint Eustatius and Saba
BR|Brazil|Brasil
BS|Bahamas
BT|Bhutan
BV|Bouvet Island
BW|Botswana
BY|Belarus
BZ|Belize
CA|Canada
CC|Cocos (Keeling) Islands
CD|Congo, Democratic Republic of the|Democratic Republic of the Congo|DR Congo|DRC|Zaire
CD|Congo, Democratic Republic of the|Congo, Democratic Republic|Democratic Republic of Congo
CF|Central African Republic
CG|Congo|Republic of the Congo|Congo-Brazzaville
CH|Switzerland|Schweiz|Suisse|Svizzera
CI|Côte d'Ivoire|Ivory Coast
CK|Cook Islands
CL|Chile
CM|Cameroon
CN|China|People's Republic of China|PR China|P.R. China|China (Mainland)|Mainland China
CO|Colombia
CR|Costa Rica
CU|Cuba
CV|Cabo Verde|Cape Verde
CW|Curaçao
CX|Christmas Island
CY|Cyprus
CZ|Czechia|Czech Republic|Czech Rep.
DE|Germany|Deutschland|Federal Republic of Germany|Alemania
DJ|Djibouti
DK|Denmark|Danmark
DM|Dominica
DO|Dominican Republic
DZ|Algeria
EC|Ecuador
EE|Estonia
EG|Egypt|Arab Republic of Egypt
EH|Western Sahara
ER|Eritrea
ES|Spain|España|Spanien|Espagne
ET|Ethiopia
FI|Finland|Suomi
FJ|Fiji
FK|Falkland Islands (Malvinas)|Falkland Islands
FM|Micronesia, Federated States of|Micronesia|Federated States of Micronesia
FO|Faroe Islands
FR|France|Frankreich
GA|Gabon
GB|United Kingdom|United Kingdom of Great Britain and Northern Ireland|UK|Great Britain|England|Scotland|Wales
GB|United Kingdom|England and Wales
GB|United Kingdom|Britain|Northern Ireland
GD|Grenada
GE|Georgia
GF|French Guiana
GG|Guernsey
GH|Ghana
GI|Gibraltar
GL|Greenland
GM|Gambia
GN|Guinea
GP|Guadeloupe
GQ|Equatorial Guinea
GR|Greece|Hellas
GS|South Georgia and the South Sandwich Islands|South Georgia and the South Sandwich Is
GT|Guatemala
GU|Guam
GW|Guinea-Bissau
GY|Guyana
HK|Hong Kong|Hong Kong SAR|Hong Kong, China|Hong Kong SAR, China
HM|Heard Island and McDonald Islands
HN|Honduras
HR|Croatia
HT|Haiti
HU|Hungary
ID|Indonesia
IE|Ireland|Republic of Ireland|Éire
IL|Israel
IM|Isle of Man
IN|India
IO|British Indian Ocean Territory
IQ|Iraq
IR|Iran, Islamic Republic of|Iran|Iran (Islamic Republic of)|Islamic Republic of Iran
IS|Iceland
IT|Italy|Italia
JE|Jersey
JM|Jamaica
JO|Jordan
JP|Japan
KE|Kenya
KG|Kyrgyzstan|Kyrgyz Republic
KH|Cambodia
KI|Kiribati
KM|Comoros
KN|Saint Kitts and Nevis|St. Kitts and Nevis
KP|Korea, Democratic People's Republic of|North Korea|DPR Korea|Democratic People's Republic of Korea|Korea, North
KR|Korea, Republic of|South Korea|Republic of Korea|Korea|Korea, South
KW|Kuwait
KY|Cayman Islands
KZ|Kazakhstan
LA|Lao People's Democratic Republic|Laos|Lao PDR|Lao People's Dem. Rep.|Lao
LB|Lebanon
LC|Saint Lucia|St. Lucia
LI|Liechtenstein
LK|Sri Lanka
LR|Liberia
LS|Lesotho
LT|Lithuania
LU|Luxembourg
LV|Latvia
LY|Libya|Libyan Arab Jamahiriya
MA|Morocco
MC|Monaco
MD|Moldova, Republic of|Moldova|Republic of Moldova
ME|Montenegro
MF|Saint Martin (French part)|Saint Martin
MG|Madagascar
MH|Marshall Islands
MK|North Macedonia|Macedonia|Macedonia, Former Yugoslav Republic of|Former Yugoslav Republic of Macedonia
MK|North Macedonia|The former Yugoslav Republic of Macedonia|FYR Macedonia
ML|Mali
MM|Myanmar|Burma
MN|Mongolia
MO|Macao|Macau|Macao SAR|Macao, China|Macau, China
MP|Northern Mariana Islands
MQ|Martinique
MR|Mauritania
MS|Montserrat
MT|Malta
MU|Mauritius
MV|Maldives
MW|Malawi
MX|Mexico|México
MY|Malaysia
MZ|Mozambique
NA|Namibia
NC|New Caledonia
NE|Niger
NF|Norfolk Island
NG|Nigeria
NI|Nicaragua
NL|Netherlands, Kingdom of the|Netherlands|Holland|Nederland
NO|Norway|Norge
NP|Nepal
NR|Nauru
NU|Niue
NZ|New Zealand
OM|Oman
PA|Panama
PE|Peru
PF|French Polynesia
PG|Papua New Guinea
PH|Philippines
PK|Pakistan
PL|Poland|Polska
PM|Saint Pierre and Miquelon
PN|Pitcairn
PR|Puerto Rico
PS|Palestine, State of|Palestine|Palestinian Territories|Palestinian Territory, occupied|Palestinian Territory
PS|Palestine, State of|Palestinian Territories, Occupied|Occupied Palestinian Territory
PT|Portugal
PW|Palau
PY|Paraguay
QA|Qatar
RE|Réunion
RO|Romania
RS|Serbia
RU|Russian Federation|Russia
RW|Rwanda
SA|Saudi Arabia|Kingdom of Saudi Arabia|KSA
SB|Solomon Islands
SC|Seychelles
SD|Sudan
SE|Sweden|Sverige
SG|Singapore
SH|Saint Helena, Ascension and Tristan da Cunha|Saint Helena
SI|Slovenia
SJ|Svalbard and Jan Mayen
SK|Slovakia|Slovak Republic
SL|Sierra Leone
SM|San Marino
SN|Senegal
SO|Somalia
SR|Suriname
SS|South Sudan
ST|Sao Tome and Principe
SV|El Salvador
SX|Sint Maarten (Dutch part)|Sint Maarten
SY|Syrian Arab Republic|Syria|Syria Arab Republic
SZ|Eswatini|Swaziland
TC|Turks and Caicos Islands
TD|Chad
TF|French Southern Territories
TG|Togo
TH|Thailand
TJ|Tajikistan
TK|Tokelau
TL|Timor-Leste|East Timor
TM|Turkmenistan
TN|Tunisia
TO|Tonga
TR|Türkiye|Turkey|Turkey (Türkiye)|Türkiye (Turkey)
TT|Trinidad and Tobago
TV|Tuvalu
TW|Taiwan, Province of China|Taiwan|Taiwan, China|Chinese Taipei|Taiwan, R.O.C.
TZ|Tanzania, United Republic of|Tanzania
UA|Ukraine
UG|Uganda
UM|United States Minor Outlying Islands
US|United States of America|United States|USA|US|U.S.|U.S.A.|United States (USA)|The United States of America
UY|Uruguay
UZ|Uzbekistan
VA|Holy See|Vatican City|Holy See (Vatican City State)|Vatican City State
VC|Saint Vincent and the Grenadines
VE|Venezuela, Bolivarian Republic of|Venezuela|Venezuela (Bolivarian Republic of)
VG|Virgin Islands (British)|British Virgin Islands|Virgin Islands, British
VI|Virgin Islands (U.S.)|US Virgin Islands|U.S. Virgin Islands|Virgin Islands, U.S.|Virgin Islands, United States
VN|Viet Nam|Vietnam
VU|Vanuatu
WF|Wallis and Futuna
WS|Samoa
XK|Kosovo
YE|Yemen
YT|Mayotte
ZA|South Africa
ZM|Zambia
ZW|Zimbabwe
"""
