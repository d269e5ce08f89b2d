"""Patterns of what stands right before and after a number in a sentence, in Dutch, French, German and English.

They only describe wording; `extractors.observed` decides what follows from them.
"""

from __future__ import annotations

import re

from extractors.dates import MONTH_WORDS

_I = re.IGNORECASE
YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d%]|[.,]\d)")
BEFORE_REFERENCE = re.compile(
    r"(?:\b(?:art(?:ikel(?:en)?|icles?|\.)?|§+|wet|decreet|kb|omzendbrief|rondzendbrief|loi|décret|arrêté|"
    r"gesetz|verordnung|section|tabel|tableau|tabelle|table|"
    r"grafiek|graphique|figuur|figure|fig\.|abbildung|abb\.|bijlage|annexe|anhang|appendix|annex|"
    r"hoofdstuk|chapitre|kapitel|chapter|pagina|page|blz\.?|p\.|pp\.|seite|"
    r"s\.|punt|paragraaf|paragraphe|deel|partie|teil|part|nr\.?|n[°o]\.?|no\.|nummer|numéro|number|versie|"
    r"version|tel\.?|tél\.?|telefoon|téléphone|phone|fax|bel|"
    r"stage|step|tier|étape|stufe|stap|post|lijn|ligne|linie|bus|tram|zone|top|station|type|fase|phase|"
    r"niveau|level|stufe|graad|categorie|kategorie|kaart|office|covid|windows|op\s(?:schaal|een\sschaal)\svan|"
    r"score\svan|schaal\svan|échelle\sde|skala\svon|scale\sof)\s*|[#@/]|\b[A-Z]{1,5}[-.]?)$",
    _I,
)
DATE_AFTER = re.compile(rf"^\s?(?:er|ste|\.|st|nd|rd|th)?\s(?:{MONTH_WORDS})\b", _I)
ORDINAL = re.compile(r"^(?:e|de|ste|er|ère|ème|è|nd|rd|th|st)(?![a-zà-ÿ])|^°|^\.\s?(?:Mal|Platz|Juli)", _I)
CAPITAL_STREET = re.compile(
    r"[A-ZÀ-Þ][\wÀ-ÿ\-]*(?:straat|laan|lei|weg|plein|dreef|steenweg|baan|kaai|markt|brug|singel|straße|"
    r"strasse|platz|gasse|allee)\s*,?\s*$"
)
PLAIN_AFTER = re.compile(r"^\s?[)\],.;:”’»]|^\s*$|^\s(?:–|-|—)\s")
THEREOF = re.compile(
    r"^\s(?:daarvan|ervan|hiervan|hadden|waren|van\s(?:deze|die|hen|de)|werden|betreffen|betroffen|gingen|"
    r"kwamen|d['’]entre|de\sces|concern\w+|portai\w+|étaient|sont|ont|davon|dieser|"
    r"waren|betrafen|wurden|of\s(?:these|those|them|which|the)|were|concerned|related)\b",
    _I,
)
OF_WHICH = re.compile(r"\b(?:waarvan|daarvan|waaronder|onder\swie|dont|parmi\slesquel\w+|davon|wovon|"
                       r"darunter|of\swhich|including|of\swhom|of\sthese)\s(?:(?:er|waren|zijn|werden|étaient|"
                       r"waren|were)\s)?(?:APPROX)?$".replace(
    "APPROX", r"(?:ongeveer|circa|bijna|environ|rund|etwa|about|slechts)\s"), _I)  # fmt: skip
CHANGE = re.compile(
    r"\b(?:van|de|von|from|à|naar|tot|op|auf|to|vers|bis|zu)\s(?:(?:nog|slechts|nur|only|seulement|just|maar)\s)*$", _I
)
IN_YEAR = re.compile(
    r"^\s?,?\s?(?:in|en|im\sjahr|im\sjahre|pour|voor|für|for|during)\s(?:20|19)\d\d\b|^\s?\((?:in\s|"
    r"en\s)?(?:20|19)\d\d\)",
    _I,
)
YEAR_THEN = re.compile(
    r"\b(?:in|en|im\sjahr)\s(?:19|20)\d\d\s(?:\(|(?:(?:waren|zijn)\s(?:dat\s)?er|(?:ce\s)?(?:fut|étaient|"
    r"était)|waren\ses|(?:there\s)?were|it\swas|bedroeg\sdat|was\sdat)?\s?(?:(?:nog|slechts|nur|only|maar)\s)*)$",
    _I,
)
AGAINST = re.compile(
    r"\b(?:tegenover|tegen|contre|après|gegenüber|gegen|nach|against|compared\s(?:to|with)|versus|vs\.?|"
    r"up\sfrom|down\sfrom)\s(?:(?:de|les|the|nog|slechts|only|nur)\s)?$",
    _I,
)
MOVED = re.compile(
    r"\b(?:passée?s?|steeg|stegen|daalde|daalden|ging|gingen|groeide|zakte|stieg|stiegen|sank|sanken|ging|"
    r"rose|fell|went|increased|decreased|dropped|grew|augmenté|diminué|reculé|baissé|toegenomen|gestegen|gedaald|"
    r"gestiegen|gesunken)\b",
    _I,
)
TOTAL_BEFORE = re.compile(
    r"\b(?:totaal van|total de|gesamt(?:zahl)? von|total of|aantal (?:van|op|is|bedroeg|bedraagt)|"
    r"nombre (?:de|à)|in totaal|au total|insgesamt|in total|waren (?:dat )?er|"
    r"goed voor|stijging (?:van|met)|daling (?:van|met)|toename van|afname van|augmentation de|"
    r"diminution de|hausse de|baisse de|zunahme (?:um|von)|"
    r"(?:stegen|daalden|steeg|daalde|toegenomen|gedaald|gestegen)\s[^.;]{0,30}met|increase of|decrease of|"
    r"(?:rose|fell|increased|decreased) by)\s(?:\w+\s)?$",
    _I,
)
FULL = re.compile(r"\b(?:nooit|niet|never|jamais|nie)\s(?:voor\s)?$", _I)


REFERRED = frozenset(
    {"tabel", "table", "tableau", "tabelle", "artikel", "article", "nr", "bijlage", "annexe", "p", "top"}
)
LEVEL = re.compile(
    r"\b(?:top|nummer|fase|phase|plan|stage|step|tier|level|étape|niveau|stufe|stap|graad|deel|partie|teil|part|lijn|"
    r"chapter|section)\s$",
    _I,
)
YEAR_CALLED = re.compile(
    r"\b(?:in|van|en|de|sinds|tot|vanaf|jaar|année|jahr|year|of|im|depuis|und|et|and|voor|naar|ten opzichte van|door|"
    r"heel|begin|eind|fin|début|ende|anfang|,)\s$",
    _I,
)
TO_PERCENT = re.compile(
    r"^\s(?:naar|tot|à|auf|to|en|et|und|and|bis)\s\d[\d.,]*\s?(?:%|procent|prozent|per\s?cent|pour\scent)", _I
)
LIMIT = re.compile(
    r"\b(?:binnen|innert|innerhalb|within|after|na|nach|dans|sous|après|plus de|meer dan|more than)\s"
    r"(?:(?:de|les|the|een termijn van|un délai de)\s)?$",
    _I,
)
OVERDUE = re.compile(
    r"\b(?:na|after|nach|après|meer dan|more than|plus de|mehr als|langer dan)\s(?:(?:de|les|the)\s)?$", _I
)
"""What comes after a term qualifies a count; it is no lead time."""
SHARE_WITHIN = re.compile(
    r"(?:%|procent|prozent|percent|pour cent)[^.;]{0,30}\b(?:binnen|dans|innert|innerhalb|within|na|"
    r"after)\b[^.;%]{0,15}$",
    _I,
)
THERE_WERE = re.compile(
    r"\b(?:er|en\s(?:avait|avaient|a|comptait|comptaient)(?:\s(?:compté|reçu|enregistré|traité|eu))?|waren\shet|waren\sdat|het\saantal\s(?:op|bedroeg|bedraagt)|étaient|ce\sfurent|waren\ses|there\swere)\s"
    r"(?:(?:nog|slechts|maar|nur|only)\s)?$",
    _I,
)
JUDGED = re.compile(
    r"^\s(?:(?:deels\s|gedeeltelijk\s|niet\s)?(?:on)?gegronde?|betwist|(?:on)?ontvankelijke?|terecht|opgeloste?|"
    r"afgehandelde?|ingetrokken|(?:zonder|geen)\soordeel|sans\ssuite|retirées?|zurückgezogen|withdrawn|"
    r"(?:non\s|partiellement\s)?fondées?|(?:teilweise\s)?(?:un)?begründete?|"
    r"(?:were\s|was\s)?(?:not\s|partly\s|partially\s)?upheld|unfounded)\b",
    _I,
)
CHANNEL = re.compile(
    r"^\s(?:per\s|telefonisch\w*|schriftelijk\w*|mondeling\w*|digita\w+|online|anonie\w+|telephone|téléphoniques?|écrites?|"
    r"schriftlich\w*|mündlich\w*)\b",
    _I,
)
COMPARISON = re.compile(r"^\s(?:meer|minder|mehr|weniger|more|fewer|less|de\splus|de\smoins)\s(?:dan|als|than|qu)", _I)
PERCENT_BESIDE = re.compile(r"^\s?\(\s?\d[\d.]*(?:,\d+)?\s?(?:%|procent|prozent|percent|pour cent)", _I)
PREPOSITION = (
    r"(?:door|via|voor|over|uit|van|bij|met|per|langs|par|pour|sur|de|"
    r"chez|à|aux|durch|mit|von|über|für|by|from|about|for|on|with)"
)
ROLE = re.compile(rf"^\s{PREPOSITION}\s", _I)
ROLE_WITHIN = re.compile(rf"\s{PREPOSITION}\s", _I)
STOPS = re.compile(
    r"^(?:van|in|op|te|aan|bij|met|door|voor|over|uit|naar|om|tot|per|via|binnen|na|als|dan|dat|die|deze|"
    r"dit|er|het|de|een|en|of|maar|zijn|is|was|waren|werd|werden|worden|"
    r"heeft|hebben|had|hadden|kan|kunnen|zal|zullen|niet|ook|nog|meer|minder|daarvan|waarvan|tegenover|"
    r"le|la|les|un|une|des|du|et|ou|dans|par|pour|sur|avec|à|au|aux|qui|que|ont|a|est|sont|était|étaient|"
    r"fut|furent|ne|pas|plus|moins|dont|contre|en|"
    r"der|die|das|und|oder|mit|von|im|am|zu|zum|zur|bei|aus|nach|wurden?|waren|war|ist|sind|hat|haben|"
    r"davon|mehr|weniger|gegenüber|"
    r"the|an|and|or|with|from|by|at|for|on|of|were|was|are|had|have|has|which|that|than|more|fewer|less|to|it)$",
    _I,
)
AMONG_THEM = re.compile(
    r"\b(?:parmi\s(?:elles|eux|celles-ci|ceux-ci)|onder\shen|van\sdeze|unter\sihnen|of\s(?:these|them)),?\s$", _I
)
OF_THEM = re.compile(
    r"^\s(?:of\s(?:them|these|those)|van\s(?:hen|deze)|von\s(?:ihnen|diesen)|d['’]entre\s(?:elles|eux))\b(?!\s\w+s\b)",
    _I,
)
BY_CHANNEL = re.compile(
    r"^\sper\s(?!cent|jaar|maand|week|dag|uur|kwartaal|year|month|day|hour|quarter|capita|\d|duizend|honderd|inwoner)",
    _I,
)
TIMES = re.compile(r"keer|maal|fois|mal|times", _I)
ARTICLE_OF = re.compile(
    r"\b(?:une?|eine?[rs]?|een)\s(?P<noun>[^\W\d]{3,}\s)?(?:sur|von|op(?:\sde)?)\s(?P<n>\d{1,3}|[^\W\d]{3,})\b(?![.,]?\d|\s?%)",
    _I,
)
ONE_FOR = re.compile(
    r"^\s(?P<what>(?:[^\W\d]+,?\s){0,6}?[^\W\d]*(?:kanaal|loket|punt|balie|platform|formulier|nummer|adres|register|systeem|"
    r"portaal|dienst|channel|desk|counter|point|form|number|address|system|portal|service|office))\s(?:voor|for)\s"
    r"(?:(?:de|het|al|alle|haar|onze|uw|the|all|our|its)\s){0,2}(?P<of>[^\W\d]+)",
    _I,
)
"""`één digitaal loket voor klachten`: how many ways in there are; what they are for says that it is counted."""
