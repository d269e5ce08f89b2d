"""Personal details in texts, replaced by marks such as [NAAM] and counted, before a text leaves the extractors.

Masked: persons' names, street addresses with a house number, phones, e-mail addresses, number plates, national
numbers, bank accounts, dates of birth. Kept: office holders named with their office, organisations, products, and
streets named without a house number (the place of a nuisance). Where in doubt a detail is masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.dates import MONTH_WORDS
from extractors.more_names import MORE_ALSO_WORDS, MORE_FIRST_NAMES
from extractors.person_names import ALSO_WORDS as COMMON_ALSO_WORDS
from extractors.person_names import FIRST_NAMES as COMMON_FIRST_NAMES
from extractors.person_names import SURNAMES
from extractors.wordlist import words

_I = re.IGNORECASE
FIRST_NAMES = COMMON_FIRST_NAMES | MORE_FIRST_NAMES
ALSO_WORDS = COMMON_ALSO_WORDS | MORE_ALSO_WORDS
_CAP = r"(?<![\wÀ-ÿ])[A-ZÀ-ÖØ-Þ][\wÀ-ÿ’'\-]{0,40}"
_PARTICLE = (
    r"(?:[Vv]an(?:\s(?:de[nr]?|het|’t|'t))?|[Vv]ande[nr]?|[Vv]oor|[Dd]e(?:n|r|s|\sla|\sl['’])?|[Dd]u|"
    r"[Dd]el?la|[Dd]i|[Dd]a|[Dd]os|[Ll]e|[Ll]a|"
    r"[Tt]e[nr]?|[Tt]e|[Oo]p\sde|[Ee]l|[Aa]l|[Aa]ït|[Aa]it|[Bb]en|[Bb]ou|[Oo]uld|[Vv]on(?:\sder)?|"
    r"[Zz]u[mr]?|[Mm]ac|[Mm]c|[Ss]aint|[Dd]['’]|’t|'t|[Uu]it\sde)"
)
_SURNAME = rf"(?:(?:{_PARTICLE}\s?){{0,2}}{_CAP})"
_STREET_NL = (
    r"(?:straat|laan|lei|weg|plein|dreef|steenweg|baan|kaai|gracht|markt|vest|hof|singel|dijk|pad|kade|"
    r"dam|berg|brug|"
    r"veld|heide|dries|poort|rui|vliet|kouter|boulevard|donk|akker|beemd|str\.)"
)
_NUMBER = r"(?:n[°ro]\.?\s*|nr\.?\s*|nummer\s+|numéro\s+)?\d{1,4}(?:\s?[a-zA-Z](?![\w’']))?(?:\s?[-/]\s?\d{1,4}[a-z]?)?"
_BOX = r"(?:\s*,?\s*(?:bus|bte|boîte|box|app\.?|appartement|flat|verdieping|étage|postbus)\s*\w{1,5})?"
_TOWN = (
    r"(?:\s*,?\s*(?:te\s+|à\s+|in\s+)?(?:[BFLD][-\s])?\d{4,5}(?:\s?[A-Z]{2})?\s+" + _CAP + r"(?:[\s\-]" + _CAP + r")?)?"
)
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("E-MAIL", re.compile(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}", _I)),
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?:[ .\-]?[A-Z0-9]{4}){2,7}(?:[ .\-]?[A-Z0-9]{1,4})?\b")),
    ("RIJKSREGISTERNUMMER", re.compile(
        r"\b\d{2}[.\-/ ]?(?:0[1-9]|1[0-2]|[24]\d)[.\-/ ]?[0-3]\d[\-. ]{1,3}\d{3}[.\- ]?\d{2}\b|"
        r"\b756[.\s]\d{4}[.\s]\d{4}[.\s]\d{2}\b|"
        r"\b(?:[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D])\b|"
        r"(?:(?<=rijksregisternummer )|(?<=registre national )|(?<=BSN )|(?<=NISS )|(?<=INSZ )|"
        r"(?<=burgerservicenummer )|(?<=numéro national )|(?<=AHV-Nummer ))[\d.\- ]{7,16}\d|\b\d{11}\b")),
    ("TELEFOON", re.compile(
        r"(?<![\w/.\-])(?:\+|00)(?:32|31|33|49|41|44|352|353)[\s./\-]?(?:\(0\))?(?:[\s./\-]?\d){7,11}(?!\d)|"
        r"(?<![\w/.,\-])0\d{1,4}[\s./\-]{1,3}\d{2,3}(?:[\s./\-]{0,2}\d{1,4}){1,4}(?![\w%])|"
        r"(?<![\w/.,\-])0\d{8,10}(?!\d)")),
    ("PLAAT", re.compile(
        r"\b[1-9]\s?-\s?[A-Z]{3}\s?-\s?\d{3}\b|\b[1-9]\s[A-Z]{3}\s\d{3}\b|\b[A-Z]{3}-\d{3}\b|"
        r"\b[A-Z]{2}-\d{3}-[A-Z]{1,2}\b|\b[A-Z]-\d{3}-[A-Z]{2}\b|"
        r"\b\d{1,2}-[A-Z]{2,3}-\d{1,2}\b|\b[A-Z]{2}-\d{2}-\d{2}\b|\b\d{2}-\d{2}-[A-Z]{2}\b|"
        r"\b[A-Z]{2}-[A-Z]{2}-\d{2}\b|\b\d-[A-Z]{3}-\d{2}\b|"
        r"\b(?:AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH)[-\s]\d{3}\s?\d{3}\b|"
        r"\b[A-Z]{2}\d{2}\s[A-Z]{3}\b|\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}\s\d{1,4}\b|"
        r"(?:(?<=nummerplaat )|(?<=plaque )|(?<=immatriculée )|(?<=kenteken )|(?<=Kennzeichen )|"
        r"(?<=registration ))[A-Z0-9]{1,4}[\s\-]?[A-Z0-9]{2,4}(?:[\s\-]?[A-Z0-9]{1,4})?\b")),
    ("ADRES", re.compile(
        # Kerkstraat 12 bus 3, 2000 Antwerpen; Lange Nieuwstraat 5; Jan Van Rijswijcklaan 1
        rf"(?<!\w)(?:(?!(?:In|Op|Aan|De|Het|Bij|Van|Naar|Uit|Te|Tussen|Rond|Een|Deze|Die|Stuur|"
        rf"Adres)\s){_CAP}\s(?:(?:{_CAP}|van|de|den|der|het|ter|ten)\s){{0,2}})?"
        rf"[A-ZÀ-Þ][\wÀ-ÿ’'\-]{{0,40}}?{_STREET_NL}\s*,?\s*{_NUMBER}(?!\s*(?:\d|%|klachten|meldingen|dossiers|"
        rf"signalen))\b{_BOX}{_TOWN}|"
        rf"(?!(?:In|Op|Aan|De|Het|Bij)\s){_CAP}\s(?:{_CAP}\s)?(?:Straat|Laan|Lei|Plein|Steenweg|Baan|Kaai|"
        rf"Markt|Vest|Poort|Weg|Dreef|Hof|Gracht|Singel|Dijk|Kouter|Berg|Plaats)\s"
        rf"{_NUMBER}(?!\s*(?:\d|%|klachten|meldingen|dossiers|signalen))\b{_BOX}{_TOWN}|"
        rf"(?<!\w)[A-ZÀ-Þ][\wÀ-ÿ\-]*(?:straße|strasse|gasse|allee|platz|"
        rf"str\.)\s+\d{{1,4}}\s?[a-z]?\b{_TOWN}|"
        rf"(?<!\w)(?:{_CAP}\s)?(?:Straße|Strasse|Weg|Platz|Allee)\s+\d{{1,4}}\s?[a-z]?\b{_TOWN}")),
    ("ADRES", re.compile(
        # rue de la Loi 16, 12 avenue Louise, chaussée de Mons, 45 à 1070 Anderlecht
        r"(?:\b\d{1,4}\s?(?:bis|ter)?,?\s+)?\b(?i:rue|avenue|av\.|boulevard|bd|place|chaussée|quai|chemin|"
        r"impasse|allée|square|clos|drève|sentier|cité|route|ruelle|venelle)\s+"
        r"(?:(?:de|du|des|d['’]|la|le|les|l['’]|aux?|à|et)\s*){0,3}" + rf"{_CAP}(?:[\s\-](?:(?:de|du|des|"
            rf"la|le|les|et|d['’])\s?){{0,2}}{_CAP}){{0,4}}"
        rf"(?P<nr>\s*,?\s*(?!\d{{4,5}}\s[A-Z]){_NUMBER})?" + _BOX + _TOWN)),
    ("ADRES", re.compile(
        rf"(?:\b(?:Flat|Apartment|Unit)\s\w{{1,4}},?\s)?\b\d{{1,4}}[a-z]?,?\s+(?:{_CAP}\s){{1,3}}"
        rf"(?:Parade|Mews|Walk|View|Rise|Hill|Green|Square|Street|Road|Avenue|Lane|Drive|Close|Way|Court|"
        rf"Crescent|Terrace|Gardens|Place|Row|Park|Grove|St|Rd|Ave)\b"
        r"(?:,?\s+[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})?")),
)  # fmt: skip
_TITLE = (
    r"(?:[Dd]e\s[Hh]eer|[Hh]eer|[Dd]hr\.?|[Mm]evrouw|[Mm]evr\.?|[Mm]w\.|[Mm]eneer|[Mm]ijnheer|[Jj]uffrouw|"
    r"[Jj]uf|[Mm]eester|[Dd]okter|[Dd]r\.|[Mm]tr\.|[Ff]amilie|[Gg]ezin|"
    r"M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|monsieur|madame|Maître|Me|[Dd]octeur|[Ff]amille|"
    r"Herrn?|Frau|Familie|Mr\.?|Mrs\.?|Ms\.?|Miss|[Mm]aster|Sir|Lady|"
    r"[Ee]en\szekere|[Uu]ne?\scertaine?|[Ee]in\sgewisser|[Ee]ine\sgewisse|[Aa]\scertain|[ÉEée]poux|[Cc]onsorts|[Vv]euve|"
    r"[Aa]mbtenaar|[Ww]ijkagent|[Aa]gente?|[Ii]nspecteur|[Hh]oofdinspecteur|[Cc]onsulente?|[Bb]egeleid(?:er|ster)|"
    r"[Pp]olizist(?:in)?|[Cc]onstable|[Bb]uurtbewoner|[Bb]uurtbewoonster|[Ee]chtpaar|[Kk]oppel|[Cc]ouple|PC|WPC|Sgt|Sergeant)"
)
_OFFICE = re.compile(
    r"(?:\b(?:burgemeester|schepen|korpschef|(?:eerste\s)?(?:hoofd)?commissaris|ombuds(?:man|vrouw|"
    r"mevrouw)|minister|gouverneur|"
    r"(?:algemeen |gemeente)?(?:directeur|directrice|secretaris)|voorzitter|zonecommandant|coördinator|"
    r"\w*coördinator|diensthoofd|wethouder|raadslid|gemeenteraadslid|"
    r"verantwoordelijke uitgever|uitgever|kabinetschef|procureur|koning|koningin|bourgmestre|échevine?|"
    r"chef de corps|commissaire|"
    r"médiat(?:eur|rice)(?:\s\w+)?|ministre|gouverneure?|président(?:e)?|direct(?:eur|rice)(?:\s\w+)?|"
    r"éditeur responsable|secrétaire(?:\s\w+)?|procureur du roi|roi|reine|"
    r"bürgermeister(?:in)?|stadtpräsident(?:in)?|ombuds(?:frau|mann)|stadtrat|stadträtin|direktor(?:in)?|"
    r"leiter(?:in)?|präsident(?:in)?|"
    r"mayor|alderman|councillor|(?:executive|chief) officer|chief constable|ombudsman|director|"
    r"chief executive|chair(?:man|woman|"
    r"person)?|commissioner|minister|secretary))"
    r"(?:\s+(?:van|voor|de|du|des|der|of|for)(?:\s[\w’'\-]+){1,3})?\s*[:,]?\s*(?:de\sheer\s|mevrouw\s|"
    r"M\.\s|Mme\s|Herrn?\s|Frau\s|Mr\s|Mrs\s|Ms\s)?$",
    _I,
)
_OFFICE_AFTER = re.compile(
    r"^\s*,?\s*(?:\(?(?:de\s|la\s|le\s|the\s|onze\s|notre\s|our\s)?)(?:burgemeester|schepen|korpschef|"
    r"(?:eerste\s)?(?:hoofd)?commissaris|ombuds|minister|algemeen directeur|"
    r"directeur|directrice|voorzitter|zonecommandant|klachtencoördinator|bourgmestre|échevin|commissaire|"
    r"médiat|ministre|président|"
    r"bürgermeister|stadtpräsident|mayor|chief executive|director of|chair)",
    _I,
)
_OFFICE_WORD = re.compile(
    r"burgemeester|schepen|korpschef|(?:hoofd)?commissaris|ombuds\w+|minister|gouverneur|directeur|"
    r"directrice|secretaris|voorzitter|bourgmestre|échevine?|commissaire|"
    r"médiat\w+|ministre|président\w*|bürgermeister\w*|stadtpräsident\w*|direktor\w*|mayor|councillor|"
    r"director|chair\w*",
    _I,
)
_BIRTH = re.compile(
    r"(?P<said>\b(?:geboren|geb\.|geboortedatum|née?|né\(e\)|date\sde\snaissance|naissance|geburtsdatum|born|date\sof\sbirth|"
    r"d\.o\.b\.)(?:\s(?:te|à|in)\s[A-ZÀ-Þ][\w\-]+)?[\s:,]*(?:\s?(?:is|est|ist|was|op|le|am|on|:)\s)?\s?|°\s?)"
    rf"(?:\d{{1,2}}\s?[./\-]\s?\d{{1,2}}\s?[./\-]\s?\d{{2,4}}|\d{{1,2}}(?:er|\.|st|nd|rd|th)?\s+(?:{MONTH_WORDS})\s+\d{{4}}|"
    rf"(?:{MONTH_WORDS})\s+\d{{1,2}},?\s+\d{{4}})",
    _I,
)
_OFFICIAL = re.compile(
    r"(?<![\w\-])(?!(?:Over|Onder|Door|Naar|Voor|Waar|Maar|Daar|Hier|Meer|Elder|Water|Unter|Über|Oder|Aber|Nur|Sur|Pour|Par|"
    r"Under|After|For|Or)\s)[A-ZÀ-Þa-zà-ÿ][\wÀ-ÿ\-]*(?:er|ster|eur|euse|rice|iste?|ant|ente?|aar|arts|ière?|ienne?|aire|erin|"
    r"leiter(?:in)?|or|ess)\s(?P<name>[A-ZÀ-ÖØ-Þ][\wÀ-ÿ’'\-]{1,40}\s[A-ZÀ-ÖØ-Þ][\wÀ-ÿ’'\-]{1,40})(?![\w\-]|\s[A-ZÀ-Þ])"
)
_SHAPE = re.compile(
    r"(?:ckx|aers|aerts?|mans|ssens?|eyns|[lrtv]ens|inck|elaere|aele|oeck|ouck|nck|ghe|eaux?|oux|ard|ski|ska|wicz|czyk|oglu|"
    r"oğlu|i[ćc]|ovic|dze|yan|ez|mann|sson|son|ley|worth)$",
    _I,
)
"""Endings of surnames: a sign beside others."""
_RELATION = re.compile(
    r"\b(?:[Hh]aar|[Zz]ijn|[Mm]ijn|[Hh]un|[Oo]nze|[Ss]a|[Ss]on|[Mm]a|[Mm]on|[Ll]eurs?|[Nn]otre|[Ii]hre?[nmrs]?|[Ss]eine?[nmrs]?|"
    r"[Mm]eine?[nmrs]?|[Hh]er|[Hh]is|[Mm]y|[Tt]heir|[Oo]ur)\s(?:(?:\w+\s)?"
    r"(?:vriend(?:in)?|partner|man|vrouw|zus(?:je)?|broer(?:tje)?|dochter(?:tje)?|zoon(?:tje)?|mama|papa|oma|opa|"
    r"kleindochter|kleinzoon|nicht|neef|schoonzoon|schoonmoeder|baby|buurjongen|buurmeisje|amie?|mari|femme|compagne|"
    r"compagnon|sœur|soeur|frère|mère|père|beau-frère|belle-mère|petite?-fil(?:s|le)|cousine?|nièce|neveu|bébé|Freund(?:in)?|"
    r"Mann|Frau|Schwester|Bruder|Mutter|Vater|Enkel(?:in)?|Lebensgefährtin|Partner(?:in)?|wife|husband|sister|brother|friend|"
    r"mother|father|grandson|granddaughter|carer|niece|nephew|son|daughter|fils|fille))\s*,?\s+(?P<name>[A-ZÀ-ÖØ-Þ][\wÀ-ÿ’'\-]{1,40}"
    r"(?:\s[A-ZÀ-ÖØ-Þ][\wÀ-ÿ’'\-]{1,40})?)"
)
_ROLE = (
    r"(?:[Bb]uurman|[Bb]uurvrouw|[Gg]etuige|[Ee]chtgeno(?:ot|te)|[Zz]oon|[Dd]ochter|[Bb]roer|[Zz]us|"
    r"[Vv]ader|[Mm]oeder|[Aa]gent|[Ii]nspecteur|[Hh]oofdinspecteur|[Bb]estuurder|"
    r"[Cc]hauffeur|[Ll]eerkracht|[Ll]eraar|[Ll]erares|[Mm]edewerker|[Mm]edewerkster|[Mm]elder|[Kk]lager|"
    r"[Kk]laagster|[Bb]ewoner|[Bb]ewoonster|[Hh]uurder|[Hh]uurster|[Ee]igenaar|"
    r"[Gg]enaamd|[Nn]aam\sis|[Ii]k\sben|[Cc]ollega|[Vv]erpleegster|[Vv]oisin|[Vv]oisine|[Tt]émoin|"
    r"[Éé]poux|[Éé]pouse|[Ff]ils|[Ff]ille|[Ff]rère|[Ss]œur|[Cc]onducteur|[Ll]ocataire|"
    r"[Pp]ropriétaire|[Pp]laignant|[Pp]laignante|[Nn]ommée?|[Aa]ppelle|[Cc]ollègue|[Aa]gente|[Nn]achbar|"
    r"[Nn]achbarin|[Zz]eugen?|[Ss]ohn|[Tt]ochter|[Mm]ieter|[Mm]ieterin|[Ff]ahrer|"
    r"[Cc]omplainant|[Rr]esident|[Aa]pplicant|[Cc]ustomer|[Cc]lient|[Kk]lant|[Vv]erzoeker|[Vv]erzoekster|"
    r"[Bb]urger|[Aa]mbtenaar|[Oo]nderwijzeres|[Ff]acteur|[Pp]ostbode|[Dd]octeur|"
    r"[Bb]egunstigde|[Dd]ossierbeheerder|[Aa]dvocaat|[Aa]vocat|[Pp]atiënte?|[Oo]uder|"
    r"[Bb]eschwerdeführer(?:in)?|[Kk]lägerin|[Kk]ind(?:eren)?|[Ee]nfants?|[Cc]hild(?:ren)?|[Rr]equérante?|[Hh]abitante?|[Aa]uteur|[Uu]sagère?|"
    r"[Ee]mployée?|[Ee]nseignante?|[Bb]énéficiaire|[Nn]eighbour|[Ww]itness|[Ss]on|[Dd]aughter|[Hh]usband|"
    r"[Ww]ife|[Oo]fficer|[Dd]river|[Tt]enant|[Nn]amed|[Cc]alled|[Nn]urse|[Tt]eacher)"
)
_TITLED = re.compile(
    rf"\b{_TITLE}\s+(?P<name>(?:[A-Z]\.[\s-]?){{0,3}}{_SURNAME}(?:\s+(?!en\b|et\b|und\b|and\b){_SURNAME}){{0,2}})"
)
_CALLED = re.compile(rf"\b{_ROLE}\s*,?\s+(?P<name>{_CAP})(?![\w\-]|\s{_CAP})")
_OF = re.compile(
    rf"\b(?:klacht|brief|mail|e-mail|vraag|verzoek|bezwaar|woning|moeder|vader|zoon|dochter|kind|kat|hond|"
    rf"plainte|lettre|courrier|demande|réclamation|maison|"
    rf"Beschwerde|Brief|Anfrage|Wohnung|complaint|letter|house|request)\s(?:van|de|von|of|by|"
    rf"from)\s(?P<name>{_CAP}\s{_SURNAME})"
)
_DOES = re.compile(
    rf"(?<![\w\-])(?P<name>{_CAP}\s(?:[A-Z]\.\s)?{_SURNAME})(?:\s\(\d{{1,2}}\))?,?\s(?:woont|woonde|klaagt|"
    rf"klaagde|belde|mailde|schreef|diende|vindt|vond|wachtte|parkeerde|"
    rf"habite|habitait|demeure|se\splaint|s['’]est\splainte?|a\stéléphoné|a\sappelé|a\sécrit|attend|estime|"
    rf"conteste|souhaite|wohnt|wohnte|beschwerte|rief|schrieb|"
    rf"lives|lived|called|wrote|complained|phoned|emailed|waited)\b"
)
_ROLED = re.compile(rf"\b{_ROLE}\s*,?\s+(?P<name>{_CAP}\s+{_SURNAME}(?:\s{_CAP})?)")
_SAYS = (
    r"(?:vertelde|vertelt|vroeg|vraagt|zei|zegt|meldde|meldt|wilde|wil|kreeg|ontving|stelde|stelt|verklaarde|reageerde|"
    r"ondervindt|ondervond|betaalde|verhuisde|vernam|"
    r"a\s(?:demandé|dit|raconté|reçu|signalé|introduit|payé|déposé|attendu|expliqué)|nous\sa|demande|raconte|signale|"
    r"réclame|affirme|reçoit|souhaitait|fragte|sagte|erhielt|verlangte|meldete|bat|wollte|reichte|"
    r"asked|said|says|told|rang|reported|felt|received|wanted|claimed|claims|explained|paid|moved|wrote)"
)
_SAID = re.compile(rf"(?<![\w\-])(?P<name>{_CAP}\s(?:[A-Z]\.\s)?{_SURNAME})\s{_SAYS}\b")
_ALSO = re.compile(rf"\[NAAM\]\s(?:en|et|und|and|&)\s(?P<name>{_CAP}(?:\s{_CAP})?)(?![\w\-])")
_INITIALS = re.compile(rf"(?<![\w.+&])(?P<name>(?:[A-Z]\.[\s-]?){{1,3}}{_SURNAME})")
_PAIR = re.compile(rf"(?<![\w\-]){_CAP}(?:\s+(?:{_PARTICLE}\s?){{0,2}}{_CAP}){{1,3}}(?![\w])")
_SINGLE = re.compile(rf"(?<![\w\-.]){_CAP}(?![\w\-])")
_STREETY = re.compile(rf"(?:{_STREET_NL}|straße|strasse|gasse|platz|allee)$", _I)
_NOT_AFTER = re.compile(
    r"(?:\b(?:sint|saint|sainte|st\.?|ste\.?|sankt|rue|avenue|place|boulevard|école|institut|school|wijk|"
    r"park|fonds|huis|residentie|résidence|museum|stadion|"
    r"centrum|ziekenhuis|hôpital|clinique|kliniek|campus|zaal|salle|stichting|fondation|vzw|asbl|nv|bv|sa|"
    r"firma|bedrijf|merk|station|gare|halte|haltes|tunnel)\s+)$",
    _I,
)
_BODY = re.compile(
    r"\b(?:Stad|Gemeente|Politie\w*|Brandweer|Zone|Kabinet|Dienst|District|Ombuds\w*|Comité|Raad|"
    r"Woonhaven|Zorgbedrijf|Stedelijk|Vlaams\w*|Antwerps\w*|Ville|Commune|Police|Service|"
    r"CPAS|OCMW|Région|Fédération|Société|Médiat\w+|Défenseur|Stadt|Kanton|Amt|Departement|Council|City|"
    r"County|Borough|District|Office|Department|Ombudsman|Team|Blauwe|Lijn|Rode|Kruis|"
    r"Nationale?|Vereniging|Federatie|Provincie|Koninklijk\w*|Groep|School|College|Centrum|Centre|"
    r"Hospital|Ziekenhuis|De|Het|La|Le|Les|The|Die|Der|Das)\b"
)
_TITLE_NO_NAME = words(
    """
    bourgmestre burgemeester commissaris directeur directrice korpschef mayor minister ministre médiateur
    médiatrice ombudsman ombudsvrouw president président présidente schepen voorzitter échevin échevine
    """
)


def mask(text: str, language: str) -> tuple[str, int]:
    """`text` with its personal details replaced by marks, and how many were."""
    count = 0
    for mark, pattern in _RULES:

        def put(hit: re.Match[str], mark: str = mark) -> str:
            nonlocal count
            if mark == "ADRES" and "nr" in hit.re.groupindex and not hit.group("nr") and not hit.group()[:1].isdigit():
                return hit.group()  # a street without a number is a place, not a home
            if mark == "TELEFOON" and sum(c.isdigit() for c in hit.group()) < 8:
                return hit.group()
            count += 1
            return f"[{mark}]"

        text = pattern.sub(put, text)
    text, births = _BIRTH.subn(lambda hit: f"{hit.group('said')}[GEBOORTEDATUM]", text)
    count += births
    shown = text.count("[NAAM]")
    spans = _merged(sorted(_without_genitive(text, *span) for span in _names(text, german=language == "de")))
    for start, end in reversed(spans):
        text = f"{text[:start]}[NAAM]{text[end:]}"
    text = _ALSO.sub(lambda hit: _second(hit, german=language == "de"), text)
    return text, count + text.count("[NAAM]") - shown


def _second(hit: re.Match[str], *, german: bool) -> str:
    """`[NAAM] et Nolan`: who is named in one breath with a person is one, unless the word is a body's or a noun's."""
    name = hit.group("name")
    known = all(_fold(w) in FIRST_NAMES or _fold(w) in SURNAMES for w in name.split())
    if _BODY.search(name) or _fold(name.split()[0]) in _COMMON or (german and not known):
        return hit.group()
    return hit.group()[: hit.start("name") - hit.start()] + "[NAAM]"


def _without_genitive(text: str, start: int, end: int) -> tuple[int, int]:
    """`Mrs Pugh's daughter`: the s is not the name's."""
    return (start, end - 2) if text[end - 2 : end] in ("'s", "’s") else (start, end)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for start, end in spans:
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _names(text: str, *, german: bool) -> Iterator[tuple[int, int]]:
    """Places of persons' names. In German every noun has a capital, so there a first name must be known."""
    for hit in _TITLED.finditer(text):
        start, end = hit.span("name")
        if len(_fold(text[start:end]).strip(".")) == 1:
            continue  # Mr X: a name that is hidden already
        first = text[start:end].split(maxsplit=1)[0].casefold()
        if first in _TITLE_NO_NAME or _held(text, hit.start(), end) or _words(text[start:end]):
            continue
        yield start, end
    for pattern in (_ROLED, _INITIALS, _OF, _DOES, _SAID):
        for hit in pattern.finditer(text):
            start, end = hit.span("name")
            name = text[start:end]
            if pattern is _INITIALS and (name.startswith(("M. ", "M.\u00a0")) or _fold(name.split()[-1]) in _COMMON):
                continue  # Monsieur, not an initial; a sentence's end and the next one's first word
            if pattern is not _INITIALS and (_BODY.search(name) or _fold(name.split()[0]) in _COMMON):
                continue
            if pattern is _SAID and _fold(name.split()[0]) not in FIRST_NAMES:
                continue  # a firm or a body says and asks as well
            if german and pattern is not _INITIALS and _fold(name.split()[0]) not in FIRST_NAMES and pattern is not _OF:
                continue
            if not _held(text, start, end) and not _placelike(name):
                yield start, end
    for hit in _OFFICIAL.finditer(text):
        first, last = (_fold(w) for w in hit.group("name").split())
        sign = first in FIRST_NAMES or last in SURNAMES or _SHAPE.search(last)
        name = hit.group("name")
        body = _BODY.search(name) or _placelike(name) or first in _COMMON
        if sign and not body and not german and not _held(text, *hit.span("name")):
            yield hit.span("name")
    for hit in _RELATION.finditer(text):
        if not _BODY.search(hit.group("name")) and _fold(hit.group("name").split()[0]) not in _COMMON:
            yield hit.span("name")
    for hit in _CALLED.finditer(text):
        if _fold(hit.group("name")) in FIRST_NAMES and not _held(text, *hit.span("name")):
            yield hit.span("name")
    for hit in _PAIR.finditer(text):
        yield from _person(text, hit.start(), hit.group())
    for hit in _SINGLE.finditer(text):
        low = _fold(hit.group())
        twice = low.split("-")
        known = low in FIRST_NAMES or (len(twice) == 2 and all(half in FIRST_NAMES for half in twice))
        if not known or low in ALSO_WORDS or _held(text, hit.start(), hit.end()):
            continue
        after = text[hit.end() : hit.end() + 30]
        before = text[max(0, hit.start() - 30) : hit.start()]
        if re.search(rf"{_CAP}\s$", before) and not re.search(r"(?:^|[.!?]\s)\S*\s?$", before):
            continue  # a part of a longer name, which was judged as a whole
        if (
            _NOT_AFTER.search(text[: hit.start()])
            or re.match(rf"\s*(?:&|{_CAP})", after)
            or text[hit.end() : hit.end() + 1] == "]"
        ):
            continue
        yield hit.start(), hit.end()


def _person(text: str, offset: int, run: str) -> Iterator[tuple[int, int]]:
    """A run of capitalised words that holds a first name and a surname: from the first name on."""
    parts = list(re.finditer(r"\S+", run))
    if any(_OFFICE_WORD.fullmatch(w.group()) for w in parts[1:]):
        return  # a name and its office, one after the other: Jan Peeters Burgemeester
    for k, word in enumerate(parts[:-1]):
        low = _fold(word.group())
        halves = low.split("-")
        known = low in FIRST_NAMES or (len(halves) == 2 and all(p in FIRST_NAMES for p in halves))
        last = _fold(parts[-1].group())
        if low in SURNAMES and low not in ALSO_WORDS and last in FIRST_NAMES and len(parts) == 2:
            known = True  # the surname first, as on forms
        surname = last in SURNAMES
        if not known and not (
            surname
            and k == len(parts) - 2
            and last not in ALSO_WORDS
            and _looks_first(text, offset + word.start(), low)
        ):
            continue
        start, end = offset + word.start(), offset + parts[-1].end()
        # Rose Garden, Victor Hugo: a surname that is known, or a person's sign, is needed
        doubtful = low in ALSO_WORDS and not surname and not _particle(run[word.end() :])
        if doubtful and not _personal(text, start):
            return
        if _placelike(run[word.end() :]) or _NOT_AFTER.search(text[:start]) or _held(text, start, end):
            return
        yield start, end
        return


def _looks_first(text: str, start: int, low: str) -> bool:
    """Whether an unknown capitalised word before a known surname may be a first name."""
    opens = start == 0 or text[:start].rstrip()[-1:] in '.!?:“„«"‘'
    return not opens and len(low) > 2 and low not in _COMMON


_COMMON = words(
    """
    a aan according advocatenkantoor after agent als an and apotheek bakkerij basisschool bedrijf bij
    bourgmestre burgemeester buurman buurvrouw café ce cet cette collega commune das dat de dem den der der deze
    dhr die dienst diese dieser directeur district dit docteur dokter een een ein eine einem einer elke en et
    every familie familie famille firma frau garage gemeente gezin groep haar heer her herr het his hotel ihr
    ihre in inspecteur juf juffrouw kantoor korpschef la laut le les leur ma madame maître meester meneer mevr
    mevrouw minister miss mlle mme mon monsieur mr mrs ms médiateur médiatrice na nos notre ombudsman
    ombudsvrouw ons onze op our park plein police politie post residentie sa schepen school sein seine selon si
    slagerij some son stad stadt straat team that the their this toen un und une unser van ville volgens voor
    voorzitter wenn when wijk zijn zone échevin
    """
)


def _personal(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start]
    return bool(
        re.search(
            rf"(?:{_ROLE}|{_TITLE}|\b(?:van|door|met|aan|voor|par|avec|à|de|chez|von|mit|bei|by|with|from|to)|,)\s*$",
            before,
        )
    )


def _particle(rest: str) -> bool:
    return bool(re.match(rf"\s+{_PARTICLE}\s", rest))


_NO_SURNAME = words(
    """
    nv bv bvba vzw asbl sa sprl gmbh ag ltd plc lijn zone centrum college school straat laan plein park hospital street
    road council university museum ziekenhuis antwerpen brussel gent
    """
)


def _placelike(rest: str) -> bool:
    """Whether a run of words ends as a street, a school or a firm does."""
    last = rest.rsplit(maxsplit=1)[-1] if rest.split() else ""
    return bool(_STREETY.search(last)) or last.casefold() in _NO_SURNAME


def _words(name: str) -> bool:
    """Whether what follows a title is no name after all: `Mevrouw Ombudsvrouw`, `Meester in de rechten`."""
    return name.casefold() in {
        "u",
        "ik",
        "je",
        "il",
        "elle",
        "sie",
        "he",
        "she",
        "mevrouw",
        "mijnheer",
        "monsieur",
        "madame",
    }


def _held(text: str, start: int, end: int) -> bool:
    """Whether an office stands before or after the name: office holders are named in public."""
    return bool(_OFFICE.search(text[max(0, start - 60) : start])) or bool(_OFFICE_AFTER.match(text[end : end + 60]))


def _fold(word: str) -> str:
    bare = word.strip("’'.,-").casefold()
    return re.sub(r"['’]s$", "", bare)
