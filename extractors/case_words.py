"""Words by which cases are known, in Dutch, French, German and English.

They are the vocabulary of complaint handling at large; none is taken for a case by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.sentences import sentences

_I = re.IGNORECASE
_OUTCOMES = (
    r"noch (?:on)?gegrond,? noch (?:on)?gegrond|ni (?:non[\s\-])?fondée?,? ni (?:non[\s\-]|in)?fondée?|"
    r"weder (?:un)?begründet,? noch (?:un)?begründet|neither (?:upheld|founded|proven) nor \w+|"
    # nl
    r"(?:niet[\s\-]|on)?ontvankelijk(?:\s*[–-]\s*\w+)?|(?:deels|gedeeltelijk|grotendeels|volledig|"
    r"kennelijk)?\s?(?:on)?gegrond(?:\s+maar\s+gecorrigeerd)?|"
    r"(?:deels|gedeeltelijk|on)?\s?terecht|(?:deels |gedeeltelijk )?(?:on)?gerechtvaardigd|betwist|"
    r"onbevoegd|niet bevoegd|gecorrigeerd|"
    r"ingetrokken|bemiddeld|(?:met succes )?bemiddeld|geen oordeel|"
    # fr
    r"(?:non|partiellement|en partie|totalement|manifestement)?[\s\-]?(?:non[\s\-])?fondée?|"
    r"(?:non[\s\-])?(?:recevable|justifiée?)|irrecevable|infondée?|"
    r"incompéten(?:te?s?|ce)|sans suite|injustifiée?|contestée?|retirée?|rejetée?|"
    # de
    r"(?:teilweise |teils |voll |offensichtlich )?(?:un)?begründet|(?:teilweise )?(?:un)?berechtigt|"
    r"(?:un)?zulässig|nicht zuständig|unzuständig|"
    r"(?:teilweise )?gerechtfertigt|ungerechtfertigt|strittig|zurückgezogen|abgewiesen|gutgeheissen|"
    # en
    r"(?:did not |do not |not |partly |partially )?uphold|"
    r"(?:not |partly |partially |fully )?upheld|(?:partly |partially |not )?(?:justified|substantiated|"
    r"founded)|unfounded|unsubstantiated|inadmissible|"
    r"out of jurisdiction|outside (?:our|its|the) (?:jurisdiction|remit)|withdrawn|disputed|resolved|dismissed"
)
OUTCOME_WORD = re.compile(rf"(?:{_OUTCOMES})(?:\s*[-–/]\s*.{{0,60}})?", _I)
JUDGEMENT = re.compile(
    r"(?:"
    # nl
    r"\b(?:deze|de|die|het|beide|onze)\s+(?:\w+\s+)?(?:klacht|melding|zaak|"
    r"dossier)\w*\b[^.;:]{0,60}?\b(?:is|was|werd|wordt|bleek|blijkt|achten|verklaard|beschouwen|oordeelt?)\b"
    r"[^.;:]{0,60}?(?:als\s+|voor\s+)?|"
    r"\b(?:gekwalificeerd|beoordeeld|beschouwd|bestempeld|aangemerkt|gecategoriseerd|geklasseerd|"
    r"afgesloten|verklaard|geëvalueerd)\s+(?:als|voor|met)\s+|"
    r"\b(?:achten|acht|verklaart|verklaarde|verklaarden|vindt|vinden|vond|vonden|noemde|noemen)\s+(?:de|"
    r"deze|die)\s+klacht\s+(?:dan ook |daarom |dus )?|"
    r"\bals\s+(?=(?:deels |gedeeltelijk |on)?(?:terecht|gegrond|berechtigt)|niet[\s-]ontvankelijk)|"
    # fr
    r"\b(?:la|cette|sa|votre)\s+(?:plainte|réclamation|demande)\b[^.;:]{0,80}?\b(?:est|était|a été|fut|"
    r"sera)\b[^.;:]{0,50}?|"
    r"\b(?:qualifiée?|jugée?|déclarée?|considérée?|estimée?|classée?|reconnue?)\s+(?:comme\s+)?(?:étant\s+)?|"
    # de
    r"\b(?:die|diese|der|dieser|das)\s+(?:\w+\s+)?(?:beschwerde|fall|reklamation|anliegen|"
    r"beanstandung)\b[^.;:]{0,60}?\b(?:ist|war|wurde|wird|gilt)\b[^.;:]{0,50}?|"
    r"\bals\s+(?=(?:teilweise )?(?:un)?(?:begründet|berechtigt|zulässig|gerechtfertigt))|"
    # en
    r"\b(?:the|this|her|his|their)\s+(?:complaint|case|grievance)\b[^.;:]{0,60}?\b(?:is|was|were|has been|"
    r"had been|found)\b[^.;:]{0,50}?|"
    r"\b(?:we|i|the ombudsman|the council)\s+(?:have\s+|therefore\s+)?"
    r"(?=(?:did\s+not\s+|do\s+not\s+|not\s+|partly\s+|partially\s+)?uph[eo]ld)|"
    # no competence, in four languages
    r"\b(?:de\s+ombuds\w+|de\s+dienst|we|wij|nous|le\s+médiateur|la\s+médiatrice|wir|die\s+ombudsstelle|"
    r"the\s+ombudsman)\s+"
    r"(?:is|zijn|was|waren|sommes|est|sind|ist|are)\s+(?=niet\s+bevoegd|onbevoegd|incompétent|"
    r"nicht\s+zuständig|unzuständig)"
    r")"
    rf"(?P<label>\b(?:{_OUTCOMES})\b(?:\s*[-–]\s*[\w ]{{3,40}})?)",
    _I,
)
_LABEL_TAIL = re.compile(
    r"\s+(?:omdat|want|aangezien|car|parce|puisque|weil|da|denn|because|as|since|en|et|und|and)\b.*$", _I
)
OUTCOME_LABEL = re.compile(
    r"^\s*(?:eind)?(?:beoordeling|oordeel|kwalificatie|conclusie|besluit|uitkomst|resultaat|uitspraak|status|"
    r"décision|conclusion|évaluation|appréciation|résultat|issue|qualification|avis|"
    r"ergebnis|beurteilung|bewertung|entscheid(?:ung)?|fazit|"
    r"outcome|decision|conclusion|judge?ment|finding|result|verdict)\s*[:–—]\s*",
    _I,
)
COMPLAINT_LABEL = re.compile(
    r"^\s*(?:(?:de |inhoud (?:van de )?)?klacht|feiten|de feiten|situatie|probleem|melding|"
    r"(?:la )?plainte|(?:les )?faits|(?:la )?réclamation|situation|objet|griefs?|problème|"
    r"(?:die )?beschwerde|sachverhalt|anliegen|ausgangslage|problem|"
    r"(?:the )?complaint|(?:the )?facts|background|issue|summary|what happened)\s*[:–—]\s*",
    _I,
)
HANDLING_LABEL = re.compile(
    r"^\s*(?:(?:het |ons )?onderzoek|behandeling|afhandeling|bevindingen?|vaststelling(?:en)?|antwoord|"
    r"reactie|analyse|tussenkomst|bemiddeling|"
    r"traitement|enquête|constat(?:ation)?s?|réponse|intervention|examen|analyse|médiation|suite réservée|"
    r"behandlung|abklärung(?:en)?|untersuchung|prüfung|feststellung(?:en)?|antwort|stellungnahme|vorgehen|vermittlung|"
    r"(?:our )?investigation|handling|findings?|response|what we (?:found|did)|action taken|enquiries|"
    r"our decision|analysis)\s*[:–—]\s*",
    _I,
)
FOLLOW_UP = re.compile(
    r"^\s*(?:extra acties?|opvolging|gevolg(?:en)?|verbeteracties?|verbetermaatregel(?:en)?|"
    r"maatregel(?:en)?|vervolg(?:acties?)?|actiepunt(?:en)?|"
    r"bijkomende acties?|aanbeveling(?:en)?|geleerde les(?:sen)?|lessen|"
    r"actions? (?:complémentaires?|supplémentaires?|correctrices?)|suites?(?: données?)?|suivi|"
    r"mesures?(?: prises?)?|recommandations?|amélioration|"
    r"(?:weitere |zusätzliche )?ma(?:ß|ss)nahmen?|folgen?|nachtrag|empfehlung(?:en)?|weiteres vorgehen|"
    r"zusätzliche aktion(?:en)?|"
    r"follow[\s\-]?up(?: actions?)?|(?:extra|further|additional) actions?|lessons? learn(?:ed|t)|learning|"
    r"improvements?|recommendations?|remedy|(?:agreed|recommended) actions?|afgesproken acties?|afspraken|"
    r"mesures convenues|vereinbarte ma(?:ß|ss)nahmen?|acties?|actions?)\s*[:–—]",
    _I,
)
NARRATIVE = re.compile(
    r"\b(?:de |een |deze )(?:melder|meldster|klager|klaagster|burger|verzoeker|verzoekster|klant|bewoner|"
    r"bewoonster|inwoner|betrokkene|"
    r"indiener|\w*manager|huurder|huurster|mevrouw|heer|ouder|moeder|vader|student|ondernemer|fietser|"
    r"automobilist|buurman|buurvrouw|"
    r"buurtbewoners?|man|vrouw|persoon|gezin|echtpaar|patiënt|leerling|bezoeker|reiziger)\b|"
    r"\b(?:een|de) (?:burger|melding van de burger)\b|\bmevrouw\b|\bde heer\b|\bde volgens de melder\b|"
    r"\bklaagt\b|\bmelder\b|"
    r"\b(?:la |le |l’|l'|une? |cette? )(?:plaignante?|requérante?|citoyen(?:ne)?|réclamante?|habitante?|"
    r"riveraine?|usag(?:er|ère)|locataire|"
    r"dame|monsieur|client(?:e)?|mère|père|auteur de la plainte|demandeu(?:r|se)|intéressée?)\b|\bse plaint\b|"
    r"\b(?:der|die|ein|eine|dem|einer|eines) (?:beschwerdeführer(?:in)?|bürger(?:in)?|anwohner(?:in)?|"
    r"mieter(?:in)?|melder(?:in)?|kund(?:e|in)|"
    r"einwohner(?:in)?|frau|mann|mutter|vater|gesuchsteller(?:in)?|betroffene|ratsuchende|"
    r"petent(?:in)?)\b|\bbeschwerte sich\b|\bbeklagt\b|"
    r"\b(?:mr|mrs|miss|ms)\.?\s[A-Z](?:\b|['’]s)|\b(?:she|he|they) (?:complained|felt|said)\b|"
    r"\b(?:the |a |an )(?:complainant|resident|citizen|customer|tenant|caller|applicant|woman|man|mother|"
    r"father|neighbour|couple|family|"
    r"member of the public|pupil|patient|parent|householder|driver|owner)\b|\bcomplained (?:that|about|to)\b",
    _I,
)
HANDLING_CUE = re.compile(
    r"(?:^|(?<=[.!?] ))(?:"
    # nl
    r"na (?:contact|onderzoek|navraag|enige|intern|overleg|controle|verificatie|tussenkomst|bemiddeling|"
    r"analyse)|uit (?:het |ons |intern )?(?:onderzoek|navraag)|"
    r"er werd(?:en)? (?:geïnformeerd|geantwoord|contact|nagegaan|onderzocht|vastgesteld|een onderzoek|"
    r"navraag|gevraagd)|er werd\b|"
    r"(?:deze|de|dit|het) (?:kwestie|vraag|zaak|melding|voorval|klacht|feiten|dossier|"
    r"incident)\b[^.]{0,60}\b(?:werd|wordt|is|zijn)\b[^.]{0,30}\b(?:bekeken|voorgelegd|besproken|"
    r"beantwoord|onderzocht|bezorgd|doorgestuurd|nagekeken|overgemaakt|opgenomen|behandeld|geverifieerd)|"
    r"aan de (?:melder|klager|burger) werd|op (?:vraag|verzoek|aandringen) van de (?:ombuds\w+|dienst)|"
    r"via de [^.]{0,40} werd (?:onderzocht|nagegaan)|"
    r"we (?:hebben|namen|contacteerden|onderzochten|vroegen|stelden|gingen|legden|"
    r"antwoordden|bezorgden)|"
    r"wij (?:hebben|namen|contacteerden|onderzochten|vroegen|stelden|gingen|legden|antwoordden)|"
    r"de (?:ombuds\w*|dienst|betrokken \w+|bevoegde \w+|gemeente|stad) "
    r"(?:onderzocht|antwoordde|nam|stelde|bevestigde|erkende|bood|liet|gaf|contacteerde|vroeg|legde|vindt|"
    r"oordeelt|concludeert|bemiddelt|"
    r"vraagt|stelt|neemt|zet)|"
    r"het onderzoek (?:wees|toonde|leerde)|"
    # fr
    r"après (?:enquête|vérification|contact|examen|analyse|intervention)|il (?:ressort|a été|est apparu|"
    r"s['’]avère)|(?:le|la) (?:délégué|déléguée|médiat\w+|service|commune|ville|défenseure?|maire|"
    r"bourgmestre)(?: \w+)? (?:a|avait) |cette (?:médiation|intervention) s['’]est|l['’](?:enquête|examen|analyse|"
    r"instruction)|"
    r"nous (?:avons|sommes|constatons)|le service (?:a|concerné|compétent)|la médiatrice|le médiateur|"
    r"la ville a|la commune a|une enquête|un contact|les faits ont|"
    r"renseignements pris|contactée?,|interrogée?,|la plainte a été|cette (?:question|demande|plainte) a|"
    # de
    r"nach (?:rücksprache|prüfung|abklärung|kontakt|untersuchung|einer|internen|eingehender)|"
    r"die (?:prüfung|abklärung(?:en)?|untersuchung|nachfrage) (?:ergab|zeigte|hat)|"
    r"wir (?:haben|klärten|prüften|nahmen|kontaktierten)|die (?:ombudsstelle|stadt|verwaltung|"
    r"zuständige \w+) (?:prüfte|klärte|hat|nahm|bestätigte|entschuldigte|erklärte)|"
    r"das (?:amt|zuständige \w+) (?:prüfte|bestätigte|erklärte|hat)|es (?:stellte sich|wurde|zeigte sich)|"
    r"der (?:vorfall|fall|sachverhalt) wurde|"
    # en
    r"(?:following|after|on) (?:an? |our |the )?(?:investigation|review|contact|enquir\w+|discussion)|"
    r"we (?:found|investigated|contacted|spoke|reviewed|asked|apologi[sz]ed|examined|looked|checked|explained)|"
    r"(?:our|the) (?:investigation|enquiries|review|examination) (?:found|showed|established|revealed|"
    r"confirmed)|the (?:service|council|department|team|ombudsman|manager) "
    r"(?:found|confirmed|apologi[sz]ed|explained|reviewed|investigated|examined|contacted|accepted|"
    r"acknowledged|checked|decided|set out|asked|concluded|agreed)|there was (?:no )?(?:fault|evidence|"
    r"maladministration)|"
    r"it (?:was|emerged|turned out)|the (?:matter|incident|issue) was"
    r")",
    _I,
)
HANDLER = re.compile(
    r"^\W*(?:(?:de|het|onze|een|deze|door de)\s+(?:\w+\s)?(?:\w*dienst|\w*ploeg\w*|toezichter|vaststeller|controleur|"
    r"verantwoordelijke|stad|gemeente|ambtenaar|directie|afdeling|maatschappij|leiding\w*|bestuur|\w*bedrijf|"
    r"ombuds\w+|politie|korps\w*|consulent|dossierbeheerder)\b|(?:wij|we|ons|ik)\b|"
    r"(?:le|la|les|l['’]|notre)\s?(?:\w+\s)?(?:services?|intercommunale|gardiens?|administration|ville|commune|société|"
    r"médiat\w+|échevin\w*|règlement|responsable|agents?|direction|police|bureau|régie)\b|(?:nous|je)\b|"
    r"(?:das|die|der|dem)\s(?:\w+\s)?(?:\w*amt|stadt\w*|verwaltung|behörde|sachbearbeit\w+|gemeinde\w*|"
    r"ombuds\w+|abteilung|\w*leit(?:ung|er\w*)|\w*dienst|\w*werke|polizei)\b|(?:wir|ich)\b|"
    r"the\s(?:\w+\s)?(?:council|service|department|operator|caretaker|officers?|team|manager|company|crew|contractor|"
    r"school|provider|ombudsman|authority|landlord)\b|(?:we|i|our)\b)",
    _I,
)
"""Who handles complaints, where a sentence begins with it."""
HANDLED = re.compile(
    r"\b(?:bleek|blijkt|bleken|gaf toe|liet weten|legde uit|lichtte toe|bevestig\w+|erken\w+|excuses|verontschuldig\w+|"
    r"aangepast|hersteld|terugbetaal\w*|gestort|onderzo\w+|nagegaan|vastgesteld|opgelost|reglement\w*|bezorgden|"
    r"antwoordde\w*|aangesproken|voortaan|in de toekomst|"
    r"reconnu\w*|excuses|corrigé\w*|modifié\w*|vérifi\w+|versé|retrouvé\w*|renvoyé\w*|remboursé\w*|règlement|transmis|"
    r"désormais|explique|a revu|"
    r"bestätig\w+|entschuldig\w+|stornier\w*|korrigier\w*|ergab|geprüft|legte|prüft\w*|zeigte|behoben|künftig|erfasst|"
    r"apologi[sz]\w+|refund\w*|arranged|found|showed|confirmed|explained|accepted|investigat\w+|returned|in future|now|"
    r"checked|records)\b",
    _I,
)
"""What is done with a complaint, and what comes to light."""
SAID = re.compile(
    r"\b(?:volgens (?:hem|haar|hen|de)|naar eigen zeggen|vraagt|vroeg|klaagt|meldde|meldt|begrijpt|eist\w*|wil|wilde|"
    r"ondervind\w*|gaf\saan|geeft\saan|stelt\szich|wacht\w*|"
    r"selon|estime|réclame\w*|demande|constate|trouve|souhaite|se plaint|craint|conteste|"
    r"seinen worten|ihren worten|beklagt|verlangt\w*|wollte\w*|wirft|beanstandet|bat|hielt|forderte|"
    r"claims?|felt|asked|complain\w*|objected|reported|said|wanted|unhappy|believed)\b",
    _I,
)
"""What a complainant says and wants."""
DEFINITION = re.compile(
    r"^\s*(?:(?:een |de )?(?:klacht|klachten|dossiers?|meldingen?|signaal|signalen)\s+(?:waarbij|waarin|"
    r"waarvoor|die|over|is een|met betrekking|waarvan)|"
    r"deze (?:categorie|rubriek|kwalificatie)|bovenstaande|hieronder|onder (?:deze|dit)|"
    r"(?:une |la |les )?(?:plaintes?|réclamations?|dossiers?)\s+(?:pour|dont|qui|où|dans|relatives?|"
    r"concernant|portant)|cette catégorie|"
    r"(?:eine |die )?(?:beschwerden?|fälle)\s*,?\s+(?:bei|deren|die|in denen|über|welche)|diese kategorie|"
    r"(?:a |the )?(?:complaints?|cases?)\s+(?:where|which|that|in which|about|relating|concerning|is)|this category)",
    _I,
)


FILED = re.compile(
    r"\b(?:diende?n? (?:een |bij \w+ een )?klacht in|een klacht in(?:gediend|diende)|klaagde?n?|"
    r"klacht neer(?:gelegd)?|stapte naar de ombuds\w+|"
    r"s['’](?:est|était|étaient) plainte?s?|se plaignai(?:t|ent)|a saisi|avait saisi|"
    r"a introduit une (?:plainte|réclamation)|a porté plainte|s['’]est adressée? (?:à|au)|"
    r"reichte[^.]{0,40}ein|beschwerte[n]? sich|beklagte[n]? sich|wandte[n]? sich an|beanstandete[n]?|"
    r"complained|made a complaint|submitted a complaint|contacted the ombudsman|approached the ombudsman)\b",
    _I,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A printed judgement: its words, and the sentence's place (paragraph, character)."""

    label: str
    paragraph: int
    start: int


def _behind_label(text: str) -> int | None:
    """Where the judgement begins that a label such as `Outcome:` announces, at the head of a sentence; else None."""
    heads = [0, *(m.end() for m in re.finditer(r"[.!?]\s+", text))]
    found = [(at, named) for at in heads if (named := OUTCOME_LABEL.match(text[at:]))]
    return found[-1][0] + found[-1][1].end() if found else None


def judgement_of(texts: Sequence[str]) -> Judgement | None:
    """The last judgement on the complaint in a case's paragraphs, None when none is printed."""
    for number in range(len(texts) - 1, -1, -1):
        text = texts[number]
        if FOLLOW_UP.match(text):
            continue
        over = texts[number - 1] if number else ""
        after = _behind_label(text)
        if after is None and len(over) < 40 and named_part(over) == "outcome":
            after = 0  # the label stands on a line of its own
        word = OUTCOME_WORD.match(text, after) if after is not None else None
        if word:
            return Judgement(_trim(word.group()), number, word.start())
        hits = [h for h in JUDGEMENT.finditer(text) if not _SUPPOSED.search(re.split(r"[.!?]\s", text[: h.end()])[-1])]
        if hits:
            return Judgement(_trim(hits[-1].group("label")), number, hits[-1].start("label"))
        free = re.match(r"[^.;\n]{3,70}(?=[.;]|$)", text[after:]) if after is not None else None
        if after is not None and free and len(free.group().split()) <= 8:
            return Judgement(_trim(free.group()), number, after)
    return _judged_at_the_end(texts)


_ABOUT = re.compile(
    r"\b(?:klacht|melding|dossier|zaak|verzoek|plainte|réclamation|requête|cas|beschwerde|reklamation|beanstandung|"
    r"anliegen|fall|einsprache|complaint|case|grievance|matter)\b",
    _I,
)
_SAID = re.compile(rf"(?<![\w\-])(?:{_OUTCOMES})(?![\w\-])", _I)

_VERDICT = re.compile(rf"{_ABOUT.pattern}\s*[:–—]?\s*(?:{_OUTCOMES})\.?$", _I)
"""`Réclamation fondée.`, `Klacht deels gegrond`: a judgement on a line of its own."""


def _judged_at_the_end(texts: Sequence[str]) -> Judgement | None:
    """A judgement in free words: one of the last two sentences of the handling names the complaint and judges it."""
    told = [(k, t) for k, t in enumerate(texts) if not FOLLOW_UP.match(t) and (len(t.split()) > 3 or _VERDICT.match(t))]
    if not told:
        return None
    number, text = told[-1]
    spans = sentences(text)
    for start, end in reversed(spans[-2:]):
        sentence = text[start:end]
        hits = [h for h in _SAID.finditer(sentence) if not _SUPPOSED.search(sentence[: h.end()])]
        if hits and _ABOUT.search(sentence):
            return Judgement(_trim(hits[0].group()), number, start + hits[0].start())
    return None


_SUPPOSED = re.compile(
    r"\b(?:zal|zullen|zou|indien|wanneer|kan|kunnen|peut|peuvent|sera|seront|si|lorsqu\w*|wenn|falls(?!\s(?:outside|within|under))|kann|"
    r"können|would|will|may|might|can|if|whenever|should)\b",
    _I,
)
"""What a judgement is said under: rules about judging, not a judgement."""


def _trim(label: str) -> str:
    return _LABEL_TAIL.sub("", label).strip(" .,;:–-")


def named_part(label: str) -> str | None:
    """The part of a case that a label names: `complaint`, `handling`, `outcome` or `follow`."""
    asked = f"{label.strip().rstrip(':?').strip()}:"
    for part, pattern in (
        ("follow", FOLLOW_UP), ("outcome", OUTCOME_LABEL), ("handling", HANDLING_LABEL), ("complaint", COMPLAINT_LABEL),
    ):  # fmt: skip
        hit = pattern.match(asked)
        if hit and hit.end() == len(asked):
            return part
    return None
