"""Labels that name no thing: "other", and the state of a thing that only the context names ("broken", "out of order").

Four languages, the project's knowledge of how forms and apps list what may be wrong with a lamp, a bin or a bench.
"""

from __future__ import annotations

from ontology import text

OTHER = text.word_set(
    """overig overige andere ander anders autre autres divers diverses sonstig sonstige sonstiges andere anderes
    ubrige ubriges other others misc miscellaneous varia diverse diversen verschiedenes rest"""
)
_STATES = text.word_set(
    """defect defecte kapot kapotte gebroken afgebroken beschadigd beschadigde stuk vernield vernielde ontbreekt
    ontbrekend ontbrekende verdwenen weg vol volle overvol overvolle lekt lek lekkend loopt over flikkert flikkerend
    brandt uit verzakt verzakte los losse scheef scheve omgevallen gevallen verroest vuil vuile verstopt verstopte
    geblokkeerd geblokkeerde onleesbaar onleesbare verkleurd verweerd open gesloten leeg lege verplaatst
    hangend hangende liggend liggende staand staande dood dode ziek zieke groot grote klein kleine voorwerp
    voorwerpen object objecten materiaal materialen ernaast naast achtergelaten verlaten rooster deksel
    casse cassee casses cassees abime abimee abimes endommage endommagee endommages brise brisee manquant manquante
    absent absente disparu plein pleine deborde debordant coule fuite fuit clignote eteint eteinte allume allumee
    desserre penche tombe tombee rouille sale sales bouche bouchee obstrue illisible efface ouvert ouverte ferme
    fermee vide deplace mort morte malade grand petit objet objets materiel materiaux abandonne abandonnes
    defectueux defectueuse usee use
    kaputt defekt defekte zerbrochen beschadigt beschadigte fehlt fehlend fehlende verschwunden voll volle uberfullt
    uberfullte undicht lauft flackert aus lose schief umgefallen verrostet schmutzig verstopft unleserlich offen
    geschlossen leer verschoben tot krank gross klein gegenstand gegenstande material
    broken damaged damage missing gone full overflowing overflow leaking leaks flickers flickering off turned loose
    leaning fallen rusty dirty blocked unreadable faded open closed empty moved dead sick big small object objects
    material materials abandoned defective worn out
    gestolen omgereden verbogen geplooid gescheurd gebarsten verrot verrotte wiebelt loszittend onbruikbaar
    knippert knipperend dichtgeslibd ondergelopen
    vole volee fissure fissuree renverse renversee arrache arrachee enfonce enfoncee plie pliee inonde inondee
    gestohlen verbogen gerissen umgeknickt wackelt abgesackt uberflutet blinkt
    stolen bent cracked torn knocked sunken clogged flooded overturned wobbly rotten blinking"""
)
# The same in more than one word, where a word alone says something else.
_PHRASES = frozenset(
    text.normalise(phrase)
    for phrase in (
        "buiten dienst", "buiten werking", "buiten gebruik", "werkt niet", "werkt niet meer", "loopt niet",
        "brandt niet",
        "hors service", "hors d'usage", "ne fonctionne pas", "ne fonctionne plus", "ne coule pas", "ne s'allume pas",
        "außer Betrieb", "funktioniert nicht", "läuft nicht", "leuchtet nicht",
        "out of order", "out of service", "not working", "does not work", "does not flow", "not lit",
    )
)  # fmt: skip


def is_state(normalised: str) -> bool:
    """Whether a label names nothing but the state of a thing ("broken", "out of order")."""
    if normalised in _PHRASES:
        return True
    said = normalised.split()
    known = [w in _STATES for w in said]
    return any(known) and all(k or w in OTHER or w in text.STOPWORDS for k, w in zip(known, said, strict=True))
