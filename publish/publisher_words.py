"""The fixed words of the publisher's page, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

WORDS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "heading": "Wat ons opviel in uw verslag",
        "intro": "Klachtenatlas leest de klachtenrapporten van steden en publiceert de cijfers als één dataset. Dit "
        "blad is voor wie het verslag maakte: wat in de cijfers niet klopt, wat we niet konden lezen en welke "
        "benamingen nieuw voor ons zijn. Een gepubliceerd cijfer veranderen we nooit.",
        "read": "Gelezen: {pages} bladzijden, {observations} cijfers, {cases} verhaalde klachten.",
        "edition_facsimile": "Let op: wat hier gelezen werd is een facsimile, opnieuw gezet naar de gepubliceerde "
        "cijfers. Bladzijden en plaatsen zijn niet die van het oorspronkelijke verslag.",
        "edition_synthetic": "Let op: dit verslag is verzonnen, voor tests.",
        "contradictions": "Wat niet klopt",
        "none": "Niets gevonden.",
        "severity_error": "Bewezen: het verslag zelf toont dat een van deze cijfers fout is",
        "severity_warning": "Waarschijnlijk: een andere verklaring is mogelijk",
        "severity_info": "Goed om te weten voor wie vergelijkt",
        "figures": "Gedrukt: {printed} · volgens de rest van het verslag: {expected}",
        "picture": "Bladzijde {page}: {printed} bij “{label}”, omkaderd",
        "unread": "Wat we niet, of niet zeker, konden lezen",
        "on_page": "Bladzijde {page}",
        "whole_report": "Hele verslag",
        "untitled": "zonder titel",
        "doubtful_table": "Tabel “{title}”: van de {count} cijfers staan er naar schatting {wrong} bij een verkeerde "
        "rij of kolom, of zijn ze verkeerd gelezen. Klopt wat wij lazen?",
        "doubt": "We lazen “{printed}” bij “{label}”, maar zijn niet zeker van teken of plaats.",
        "labels": "Benamingen die nieuw zijn",
        "labels_intro": "Deze benamingen uit tabellen en lijsten kwamen in geen ander verslag voor, of we weten niet "
        "zeker wat ze betekenen. Klopt ons voorstel?",
        "label": "Benaming",
        "where": "Waar",
        "proposal": "Ons voorstel",
        "no_proposal": "geen",
        "more_labels": "En nog {count} andere.",
        "answer": "Wat u kunt doen",
        "answer_text": "Is een cijfer verbeterd, of lezen wij het fout? Laat het weten aan wie u dit blad bezorgde. "
        "Een verbetering komt naast het gepubliceerde cijfer te staan, met reden, bron en datum.",
        "legend": "Rood omkaderd staat het cijfer waar het om gaat, blauw de cijfers waarmee het vergeleken is.",
        "no_pages": "De PDF stond niet bij de hand: zonder uitsneden.",
    },
    "en": {
        "heading": "What we noticed in your report",
        "intro": "Klachtenatlas reads cities' complaint reports and publishes their figures as one dataset. This page "
        "is for those who made the report: what does not add up, what we could not read, and which labels are new to "
        "us. A published figure is never changed.",
        "read": "Read: {pages} pages, {observations} figures, {cases} narrated cases.",
        "edition_facsimile": "Note: what was read here is a facsimile, typeset again from the published figures. Pages "
        "and places are not those of the original report.",
        "edition_synthetic": "Note: this report was made up, for tests.",
        "contradictions": "What does not add up",
        "none": "Nothing was found.",
        "severity_error": "Proven: the report itself shows that one of these figures is wrong",
        "severity_warning": "Likely: another explanation is possible",
        "severity_info": "Worth knowing for those who compare",
        "figures": "Printed: {printed} · by the rest of the report: {expected}",
        "picture": "Page {page}: {printed} at “{label}”, framed",
        "unread": "What we could not read, or not surely",
        "on_page": "Page {page}",
        "whole_report": "Whole report",
        "untitled": "without a title",
        "doubtful_table": "Table “{title}”: of its {count} figures we expect some {wrong} to stand at a wrong row or "
        "column, or to be misread. Is what we read right?",
        "doubt": "We read “{printed}” at “{label}”, but are not sure of its characters or its place.",
        "labels": "Labels that are new",
        "labels_intro": "These labels of tables and lists stand in no other report, or we are not sure what they mean. "
        "Is our proposal right?",
        "label": "Label",
        "where": "Where",
        "proposal": "Our proposal",
        "no_proposal": "none",
        "more_labels": "And {count} others.",
        "answer": "What you can do",
        "answer_text": "Has a figure been corrected, or do we read it wrong? Tell whoever gave you this page. A "
        "correction stands beside the published figure, with its reason, source and date.",
        "legend": "Framed in red is the figure in question, in blue those that it was held against.",
        "no_pages": "The PDF was not at hand: without pictures.",
    },
}

KINDS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "total_mismatch": "Een totaal dat niet de som van zijn delen is",
        "share_mismatch": "Een percentage dat niet uit de aantallen volgt",
        "text_table_mismatch": "Tekst en tabel verschillen",
        "cross_table_mismatch": "Twee tabellen verschillen",
        "year_mismatch": "Een jaartal dat niet klopt",
        "series_break": "Een ander cijfer dan in een vorig verslag",
        "implausible_number": "Een scheidingsteken dat niet klopt",
        "label_variant": "Eén benaming, twee schrijfwijzen",
    },
    "en": {
        "total_mismatch": "A total that is not the sum of its parts",
        "share_mismatch": "A percentage that its counts do not give",
        "text_table_mismatch": "Text and table differ",
        "cross_table_mismatch": "Two tables differ",
        "year_mismatch": "A year that is wrong",
        "series_break": "Another figure than in an earlier report",
        "implausible_number": "A separator that is wrong",
        "label_variant": "One label, two spellings",
    },
}
