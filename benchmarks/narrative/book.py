"""Cases and the text around them, apart from any layout: the made-up stories of this folder, or the shared report's."""

from __future__ import annotations

import datetime
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

STORIES = Path(__file__).with_name("stories.toml")


@dataclass(frozen=True, slots=True)
class Story:
    """One case. `paragraphs` are its texts as they were published, follow-up included, where that is known."""

    language: str
    date: datetime.date
    title: str
    section: str
    complaint: str
    handling: str
    printed: str
    outcome: str
    follow_up: str | None = None
    paragraphs: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs to set."""
        return self.paragraphs or tuple(t for t in (self.complaint, self.handling, self.follow_up) if t)


@dataclass(frozen=True, slots=True)
class Words:
    """What a report says around its cases. `labels` are two ways to name complaint, handling, judgement, follow-up."""

    title: str
    body: str
    chapter: str
    case: str
    months: str
    labels: tuple[tuple[str, str, str, str], tuple[str, str, str, str]]
    intro: tuple[str, ...]
    closing: tuple[str, str]
    note: str
    columns: tuple[str, str, str, str, str]


WORDS = {
    "nl": Words(
        "Jaarverslag 2023", "Ombudsdienst Lindenhove", "Wat burgers ons vertelden", "Klacht",
        "januari februari maart april mei juni juli augustus september oktober november december",
        (("Klacht", "Vaststelling", "Besluit", "Extra actie"), ("Feiten", "Onderzoek", "Oordeel", "Aanbeveling")),
        (
            "Hieronder staat een greep uit de dossiers van het jaar. Namen zijn weggelaten, de volgorde is die van het "
            "onderwerp.",
            "In 2023 sloten we 214 dossiers af, tegen 198 het jaar voordien. Van deze dossiers was 38% gegrond.",
        ),
        ("Tot slot", "De ombudsdienst dankt de diensten die binnen de tien werkdagen antwoordden. Wie niet tevreden "
         "is, kan altijd een nieuw gesprek vragen."),
        "Het reglement staat op de website van de stad.",
        ("Nr.", "Datum", "Klacht", "Behandeling", "Beoordeling"),
    ),
    "fr": Words(
        "Rapport annuel 2023", "Médiation communale de Valbois", "Quelques dossiers de l'année", "Dossier",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        (("Plainte", "Constat", "Décision", "Suivi"), ("Objet", "Intervention", "Résultat", "Recommandation")),
        (
            "Les pages qui suivent racontent quelques dossiers choisis dans l'année. Les noms ont été retirés.",
            "En 2023, la médiation a clôturé 187 dossiers, contre 203 en 2022, dont 41 % étaient fondés.",
        ),
        ("Pour conclure", "La médiatrice remercie les services qui ont répondu dans les délais. Toute personne "
         "insatisfaite peut demander un nouvel entretien."),
        "Le règlement figure sur le site de la commune.",
        ("N°", "Date", "Plainte", "Traitement", "Évaluation"),
    ),
    "de": Words(
        "Jahresbericht 2023", "Ombudsstelle Birkenau", "Aus der Praxis", "Fall",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        (("Beschwerde", "Abklärung", "Ergebnis", "Massnahme"),
         ("Ausgangslage", "Vorgehen", "Beurteilung", "Empfehlung")),
        (
            "Die folgenden Seiten schildern einige Fälle des Jahres. Namen wurden weggelassen.",
            "Im Jahr 2023 schloss die Ombudsstelle 162 Geschäfte ab, im Vorjahr 171. Begründet waren 35 Prozent.",
        ),
        ("Schlusswort", "Die Ombudsstelle dankt den Ämtern, die rasch geantwortet haben. Wer nicht zufrieden ist, kann "
         "jederzeit ein weiteres Gespräch verlangen."),
        "Die Satzung steht auf der Website der Stadt.",
        ("Nr.", "Datum", "Beschwerde", "Behandlung", "Beurteilung"),
    ),
    "en": Words(
        "Annual Report 2023", "Complaints Office of Marlow Vale", "Stories from our casework", "Case",
        "January February March April May June July August September October November December",
        (("Complaint", "Findings", "Outcome", "Further action"),
         ("What happened", "What we did", "Decision", "Lessons learned")),
        (
            "The pages that follow tell some of the cases of the year. Names have been left out.",
            "We closed 231 cases in 2023, compared with 219 in 2022, and upheld 44% of them.",
        ),
        ("In closing", "We thank the services that replied in time. Anyone who is not content may ask for another "
         "meeting."),
        "The scheme is published on the council's website.",
        ("No.", "Date", "Complaint", "Handling", "Decision"),
    ),
}  # fmt: skip


def stories(language: str) -> list[Story]:
    """The made-up stories of one language."""
    rows = tomllib.loads(STORIES.read_text(encoding="utf-8"))[language]
    return [Story(language=language, **row) for row in rows]


def published(shared: Path) -> list[Story]:
    """The cases of the shared report, from its hand-made truth; what is set from them is never committed."""
    truth = json.loads((shared / "corpus" / "antwerpen-2023.truth.json").read_text(encoding="utf-8"))
    found = []
    for case in truth["cases"]:
        texts = [t for t in (case["complaint_text"], case["handling_text"], case["follow_up"]) if t]
        paragraphs = [" ".join(texts[:2]), *texts[2:]] if case["single_paragraph"] else texts
        found.append(
            Story(
                "nl", datetime.date.fromisoformat(case["date"]), case["title"], case["section"],
                case["complaint_text"], case["handling_text"], case["outcome_printed"],
                "outcome:" + case["outcome"].replace("inadmissible_no", "inadmissible.no"), case["follow_up"],
                tuple(paragraphs),
            )
        )  # fmt: skip
    return found
