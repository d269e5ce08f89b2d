"""What names a person and what does not: the words and forms beside a capital, shared by the readers of names."""

from __future__ import annotations

import re

from extractors.known_names import is_family, is_given, may_be_given
from extractors.more_names import MORE_ALSO_WORDS, MORE_FIRST_NAMES
from extractors.person_names import ALSO_WORDS as COMMON_ALSO_WORDS
from extractors.person_names import FIRST_NAMES as COMMON_FIRST_NAMES
from extractors.person_names import SURNAMES
from extractors.wordlist import words

_I = re.IGNORECASE
FIRST_NAMES = COMMON_FIRST_NAMES | MORE_FIRST_NAMES
ALSO_WORDS = COMMON_ALSO_WORDS | MORE_ALSO_WORDS
UPPER = "A-ZÀ-ÖØ-Þ" + "".join(chr(c) for c in (*range(0x100, 0x250), *range(0x1E00, 0x1F00)) if chr(c).isupper())
"""Capitals, for a character class: Şahin, Čapek and Łukasz begin with one as well."""
WORD = rf"[{UPPER}][\wÀ-ÿ’'\-]{{1,40}}"
CAP = rf"(?<![\wÀ-ÿ])[{UPPER}][\wÀ-ÿ’'\-]{{0,40}}"
PARTICLE = (
    r"(?:[Vv]an(?:\s(?:de[nr]?|het|’t|'t))?|[Vv]ande[nr]?|[Vv]oor|[Dd]e(?:n|r|s|\sla|\sl['’])?|[Dd]u|"
    r"[Dd]el?la|[Dd]i|[Dd]a|[Dd]os|[Ll]e|[Ll]a|"
    r"[Tt]e[nr]?|[Tt]e|[Oo]p\sde|[Ee]l|[Aa]l|[Aa]ït|[Aa]it|[Bb]en|[Bb]ou|[Oo]uld|[Vv]on(?:\sder)?|"
    r"[Zz]u[mr]?|[Mm]ac|[Mm]c|[Ss]aint|[Dd]['’]|’t|'t|[Uu]it\sde)"
)
SURNAME = rf"(?:(?:{PARTICLE}\s?){{0,2}}{CAP})"
STREET_NL = (
    r"(?:straat|laan|lei|weg|plein|dreef|steenweg|baan|kaai|gracht|markt|vest|hof|singel|dijk|pad|kade|"
    r"dam|berg|brug|velden|steeg|"
    r"veld|heide|dries|poort|rui|vliet|kouter|boulevard|donk|akker|beemd|str\.)"
)
TITLE = (
    r"(?:[Dd]e\s[Hh]eer|[Hh]eer|[Dd]hr\.?|[Mm]evrouw|[Mm]evr\.?|[Mm]w\.|[Mm]eneer|[Mm]ijnheer|[Jj]uffrouw|"
    r"[Jj]uf|[Mm]eester|[Dd]okter|[Dd]r\.|[Mm]tr\.|[Ff]amilie|[Gg]ezin|"
    r"M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|monsieur|madame|Maître|Me|[Dd]octeur|[Ff]amille|"
    r"Herrn?|Frau|Familie|Mr\.?|Mrs\.?|Ms\.?|Miss|[Mm]aster|Sir|Lady|"
    r"[Ee]en\szekere|[Uu]ne?\scertaine?|[Ee]in\sgewisser|[Ee]ine\sgewisse|[Aa]\scertain|[ÉEée]poux|[Cc]onsorts|[Vv]euve|"
    r"[Aa]mbtenaar|[Ww]ijkagent|[Aa]gente?|[Ii]nspecteur|[Hh]oofdinspecteur|[Cc]onsulente?|[Bb]egeleid(?:er|ster)|"
    r"[Pp]olizist(?:in)?|[Cc]onstable|[Bb]uurtbewoner|[Bb]uurtbewoonster|[Ee]chtpaar|[Kk]oppel|[Cc]ouple|PC|WPC|Sgt|Sergeant|"
    r"(?:[Tt]onton|[Nn]onkel|[Oo]ma|[Oo]pa|[Oo]om|[Tt]ante|[Mm]amie|[Pp]ap[yi]|Onkel|Uncle|Aunt(?:ie|y)?|Grandma|Grandpa)(?!\s[a-z]))"
)
_OFFICE = re.compile(
    r"(?:\b(?:\w*burgemeester|conseill(?:er|ère)(?:\s\w+)?|schepen|korpschef|(?:eerste\s)?(?:hoofd)?commissaris|ombuds(?:man|vrouw|"
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
    r"(?:\s+(?:van|voor|de|du|des|der|of|for)(?:\s[\w’'\-]+){1,3})?(?:\s(?:f\.\s?f\.|a\.\s?i\.|ad interim))?\s*[:,]?\s*"
    r"(?:de\sheer\s|mevrouw\s|"
    r"M\.\s|Mme\s|Herrn?\s|Frau\s|Mr\s|Mrs\s|Ms\s)?$",
    _I,
)
_NAME_BEFORE = re.compile(rf"{CAP}\s(?:(?:{CAP}|{PARTICLE})\s)*$")
"""The rest of the name whose last part is looked at: `Elke Van den` before Brandt."""
_OFFICE_AFTER = re.compile(
    r"^\s*,?\s*(?:\(?(?:de\s|la\s|le\s|the\s|onze\s|notre\s|our\s)?)(?:burgemeester|schepen|korpschef|"
    r"(?:eerste\s)?(?:hoofd)?commissaris|ombuds|minister|algemeen directeur|"
    r"directeur|directrice|voorzitter|zonecommandant|klachtencoördinator|bourgmestre|échevin|commissaire|"
    r"médiat|ministre|président|"
    r"bürgermeister|stadtpräsident|mayor|chief executive|director of|chair)"
    r"(?!\w*\s(?:a|avait|est|heeft|had|is|was|zei|werd|hat|has)\b)",
    _I,
)
OFFICE_WORD = re.compile(
    r"burgemeester|schepen|korpschef|(?:hoofd)?commissaris|ombuds\w+|minister|gouverneur|directeur|"
    r"directrice|secretaris|voorzitter|bourgmestre|échevine?|commissaire|"
    r"médiat\w+|ministre|président\w*|bürgermeister\w*|stadtpräsident\w*|direktor\w*|mayor|councillor|"
    r"director|chair\w*",
    _I,
)
SHAPE = re.compile(
    r"^(?:van|ver|de|du)(?!s)\w{5,}$|(?:ckx|jans|aers|aerts?|mans|ssens?|eyns|[lrtv]ens|inck|elaere|aele|oeck|ouck|nck|ghe|eaux?|oux|ard|ski|ska|wicz|czyk|oglu|"
    r"oğlu|i[ćc]|ovic|dze|yan|ez|mann|sson|son|ley|worth)$",
    _I,
)
"""How surnames begin and end: a sign beside others."""
ROLE = (
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
    r"[Ww]ife|[Oo]fficer|[Dd]river|[Tt]enant|[Nn]amed|[Cc]alled|[Nn]urse|[Tt]eacher|[Vv]erpleegkundige|[Oo]pvoed(?:er|ster)|[Ii]nfirmi(?:er|ère)|"
    r"[Hh]uisbaas|[Vv]erhuur(?:der|ster)|[Oo]nderhuurder|[Bb]estuurster|[Ww]edu(?:we|wnaar)|[Gg]root(?:moeder|vader)|[Nn]onkel|"
    r"[Tt]ante|[Ss]choon(?:broer|zus|zoon|dochter|vader|moeder)|[Ss]tief(?:vader|moeder|zoon|dochter)|[Vv]oogd|[Zz]aakvoerder|"
    r"[Bb]ewindvoerder|[Mm]arktkra(?:mer|amster)|[Hh]andelaar(?:ster)?|[Uu]itba(?:ter|atster)|[Pp]assagier|[Ff]iets(?:er|ster)|"
    r"[Ll]eerling|[Ss]tudente?|[Ss]tagiaire?|[Vv]rijwillig(?:er|ster)|[Cc]oncierge|[Bb]ailleur|[Bb]ailleresse|[Vv]euf|"
    r"[Gg]érante?|[Cc]ommerçante?|[Mm]archande?|[Pp]assag(?:er|ère)|[Cc]ycliste|[Éé]lève|[Éé]tudiante?|[Bb]énévole|[Gg]ardien(?:ne)?|"
    r"[Gg]rand-(?:mère|père)|[Oo]ncle|[Tt]ut(?:eur|rice)|[Gg]endre|[Ii]nstitut(?:eur|rice)|[Pp]rofesseure?|[Éé]ducat(?:eur|rice)|"
    r"[Vv]ermieter(?:in)?|[Ww]itwer?|[Ll]ehrer(?:in)?|[Ss]chüler(?:in)?|[Aa]ntragsteller(?:in)?|[Pp]etent(?:in)?|"
    r"[Ll]and(?:lord|lady)|[Ww]idow(?:er)?|[Pp]upil|[Cc]laimant|[Cc]aller|[Cc]arer)"
)
SAYS = (
    r"(?:vertelde|vertelt|vroeg|vraagt|zei|zegt|meldde|meldt|wilde|wil|kreeg|ontving|stelde|stelt|verklaarde|reageerde|"
    r"ondervindt|ondervond|betaalde|verhuisde|vernam|"
    r"a\s(?:demandé|dit|raconté|reçu|signalé|introduit|payé|déposé|attendu|expliqué)|nous\sa|demande|raconte|signale|"
    r"réclame|affirme|reçoit|souhaitait|fragte|sagte|erhielt|verlangte|meldete|bat|wollte|reichte|"
    r"asked|said|says|told|rang|reported|felt|received|wanted|claimed|claims|explained|paid|moved|wrote)"
)
PAIR = re.compile(rf"(?<![\w\-]){CAP}(?:\s+(?:{PARTICLE}\s?){{0,2}}{CAP}){{1,3}}(?![\w])")
SINGLE = re.compile(rf"(?<![\w\-.]){CAP}(?![\w\-])")
_STREETY = re.compile(rf"(?:{STREET_NL}|straße|strasse|gasse|platz|allee)$", _I)
NOT_AFTER = re.compile(
    r"(?:\b(?:sint|saint|sainte|st\.?|ste\.?|sankt|rue|avenue|place|boulevard|école|institut|school|wijk|"
    r"parc|park|fonds|huis|residentie|résidence|museum|stadion|"
    r"centrum|ziekenhuis|hôpital|clinique|kliniek|campus|zaal|salle|stichting|fondation|vzw|asbl|nv|bv|sa|"
    r"firma|bedrijf|merk|station|gare|halte|haltes|tunnel|athénée|atheneum|circulaire|décret|decreet|omzendbrief|prime|premie|"
    r"refuge|asiel|begraafplaats|kerkhof|cimetière|cafés?|bar|restaurant|h[oô]tel|camping|kinderdagverblijf|"
    r"lycée|collège|crèche|piscine|stade|"
    r"arrest|arrêt|loi|wet|urteil|boulangerie|bakkerij|pharmacie|apotheek|aannemer|entrepreneur|"
    r"(?:rue|avenue|place|boulevard|chaussée|quai|porte|gare|foire|fêtes?|province)\s(?:de|du|des))\s+)$",
    _I,
)
BODY = re.compile(
    r"\b(?:Stad|Gemeente|Politie\w*|Brandweer|Zone|Kabinet|Dienst|District|Ombuds\w*|Comité|Raad|"
    r"Woonhaven|Zorgbedrijf|Stedelijk|Vlaams\w*|Antwerps\w*|Ville|Commune|Police|Service|"
    r"CPAS|OCMW|Région|Fédération|Société|Médiat\w+|Défenseur|Stadt|Kanton|Amt|Departement|Council|City|"
    r"County|Borough|District|Office|Department|Ombudsman|Team|Blauwe|Lijn|Rode|Kruis|"
    r"Nationale?|Vereniging|Federatie|Provincie|Koninklijk\w*|Groep|School|College|Centrum|Centre|"
    r"Hospital|Ziekenhuis|De|Het|La|Le|Les|The|Die|Der|Das)\b"
)
TITLE_NO_NAME = words(
    """
    bourgmestre burgemeester commissaris directeur directrice korpschef mayor minister ministre médiateur
    médiatrice ombudsman ombudsvrouw president président présidente schepen voorzitter échevin échevine
    """
)


def is_first(low: str, language: str) -> bool:
    """Whether a word is a given name, or two with a hyphen between are."""
    known = [half in FIRST_NAMES or is_given(half, language) for half in low.split("-")]
    return all(known) or (
        any(known) and not low.startswith(("sint-", "saint-")) and all(may_be_given(half) for half in low.split("-"))
    )


def is_last(low: str, language: str) -> bool:
    """Whether a word is a family name, or two with a hyphen between are."""
    return all(half in SURNAMES or is_family(half, language) for half in low.split("-"))


COMMON = words(
    """
    a aan according advocatenkantoor after agent als an and apotheek bakkerij basisschool bedrijf beste
    bij bonjour bourgmestre burgemeester buurman buurvrouw café ce cet cette cher chère collega commune
    dag das dat de dear dem den der deze dhr die dienst diese dieser directeur district dit docteur
    dokter een ein eine einem einer elke en et every familie famille firma frau garage geachte gemeente
    gezin groep haar hallo heer hello her herr herren herrn het his hotel ihr ihre in inspecteur juf
    juffrouw kantoor korpschef la laut le les leur ma madame maître meester meneer mevr mevrouw minister
    miss mlle mme mon monsieur mr mrs ms médiateur médiatrice na nos notre ombudsman ombudsvrouw ons onze
    op our park plein police politie post residentie sa schepen school sein seine selon si slagerij some
    son stad stadt straat team that the their this toen un und une unser van ville volgens voor
    voorzitter wenn when wijk zijn zone échevin
    """
)


_NO_SURNAME = words(
    """
    nv bv bvba vzw asbl sa sprl gmbh ag ltd plc lijn zone centrum college school straat laan plein park hospital street
    road council university museum ziekenhuis antwerpen brussel gent
    """
)


def placelike(rest: str) -> bool:
    """Whether a run of words ends as a street, a school or a firm does."""
    last = rest.rsplit(maxsplit=1)[-1] if rest.split() else ""
    return bool(_STREETY.search(last)) or last.casefold() in _NO_SURNAME


def held(text: str, start: int, end: int) -> bool:
    """Whether an office stands before or after the name: office holders are named in public."""
    before = text[max(0, start - 60) : start]
    if _OFFICE.search(before) or _OFFICE.search(_NAME_BEFORE.sub("", before)):
        return True
    return bool(_OFFICE_AFTER.match(text[end : end + 60]))


def fold(word: str) -> str:
    """A word in small letters, without marks at its ends and without a genitive."""
    bare = word.strip("’'.,-").casefold()
    return re.sub(r"['’]s$", "", bare)
