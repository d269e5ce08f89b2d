"use strict";
/* The page's words in both languages that charts and lists need. */
const WORDS = {
  nl: {
    locale: "nl-BE", numbers: "getallen", row: "Rij", page: "Blz.",
    meaning: "Betekenis", report: "Verslag", edition: "Uitgave", city: "Stad", body: "Organisatie", year: "Jaar", status: "Lezing",
    counted: "Wat geteld is", total: "Totaal", table: "Cijfers als tabel", pages: "Blz.", cases: "Zaken", licence: "Licentie",
    founded: "gegrond", unfounded: "ongegrond", share: "aandeel gegrond",
    per10k: (n, r) => `${n} per 10.000 inwoners (${r} inwoners volgens het verslag)`,
    per_all: "Per 10.000 inwoners, tussen haakjes het totaal.",
    one_city: "Geen twee steden in deze dataset tellen hetzelfde op dezelfde manier. Totalen van steden staan daarom nergens naast elkaar.",
    cities: (n) => `${n} kaders zetten steden naast elkaar.`,
    population: "Per 10.000 inwoners alleen waar een verslag het inwonertal zelf drukt.",
    single: "Totalen die op zichzelf staan", single_why: "Geen ander verslag telt hetzelfde: er is niets waarmee ze vergeleken mogen worden.",
    whole: "volledig jaar", part: "een deel van het jaar", unknown: "niet bekend of dit alles is",
    curated: "door een mens bepaald", accepted: "zeker genoeg", review: "wacht op een mens", unmapped: "niet begrepen",
    facsimile: "facsimile", original: "origineel", synthetic: "verzonnen",
    place: (p) => `Bladzijde ${p}, het getal is omkaderd.`,
    facsimile_place: "Dit is een facsimile: opnieuw gezet, niet de pagina van de stad.",
    no_picture: "Van deze plek is hier geen beeld.",
    no_picture_why: "Op de pagina staat een zaak van iemand, de pagina kon niet getekend worden, of het beeld paste niet meer in dit bestand.",
    no_numbers: "De getallen hiervan staan niet in dit bestand; ze staan in klachtenatlas.duckdb.",
    waits: "De betekenis van een label wacht op een mens.", dashed: "Gestreept: de betekenis van een label wacht op een mens.", solid: "Vol: de betekenis staat vast.",
    series: "Jaren in één grafiek tellen hetzelfde en mogen vergeleken worden.", latest: "Donkerst is het laatste jaar.",
    last_five: "De laatste vijf perioden; oudere staan in de tabel.",
    error: "fout", warning: "waarschuwing", info: "ter info", show: "Toon alle", culprit: { publisher: "van het verslag zelf", reading: "mogelijk van onze lezing", unclear: "niet duidelijk van wie" },
    kinds: { total_mismatch: "totaal klopt niet", share_mismatch: "percentage klopt niet", text_table_mismatch: "tekst tegen tabel", cross_table_mismatch: "tabel tegen tabel", year_mismatch: "jaartal klopt niet", series_break: "breuk in de reeks", implausible_number: "onwaarschijnlijk getal", label_variant: "label op twee manieren" },
    where: "Waar het staat", nothing: "Er is niets te tonen.", ok: "gelezen", partial: "deels gelezen", failed: "niet gelezen",
    unread_reports: (f, p) => `Van ${f} verslagen is niets gelezen, van ${p} een deel.`,
    unread_meaning: (u, r) => `Van ${u} getallen is een label niet begrepen; ${r} wachten op een mens. Ze zijn gepubliceerd zoals ze gedrukt zijn.`,
    unread_none: "Elk verslag is gelezen en geen pagina ging verloren. Dat zegt niet dat alles goed gelezen is.",
    problems: "Wat bij het lezen misging", labels: "Labels die niemand begrepen heeft",
    left: (n, s, m) => `Van ${n} getallen in deze dataset ${n === 1 ? "is er" : "zijn er"} ${m} op deze pagina te openen, ${s} met beeld.`,
    others: "De andere zijn totalen en herhalingen; ze staan in de tabellen.", not_fit: "Niet alles past in drie megabyte: wat grafieken tonen gaat voor.", 
    dots: "Stippen: grootte naar het aantal getallen.", 
    no_chart: "Geen verslag drukt hiervan een bruikbare tabel.", 
  },
  en: {
    locale: "en-GB", numbers: "numbers", row: "Row", page: "Page",
    meaning: "Meaning", report: "Report", edition: "Edition", city: "City", body: "Body", year: "Year", status: "Reading",
    counted: "What is counted", total: "Total", table: "Figures as a table", pages: "Pages", cases: "Cases", licence: "Licence",
    founded: "founded", unfounded: "unfounded", share: "share founded",
    per10k: (n, r) => `${n} per 10,000 residents (${r} residents, says the report)`,
    per_all: "Per 10,000 residents, the total in brackets.",
    one_city: "No two cities in this dataset count the same in the same way. So totals of cities stand nowhere side by side.",
    cities: (n) => `${n} frames put cities side by side.`,
    population: "Per 10,000 residents only where a report itself prints the population.",
    single: "Totals that stand alone", single_why: "No other report counts the same: there is nothing with which they may be compared.",
    whole: "whole year", part: "part of the year", unknown: "not known whether this is all",
    curated: "settled by a person", accepted: "sure enough", review: "waits for a person", unmapped: "not understood",
    facsimile: "facsimile", original: "original", synthetic: "made up",
    place: (p) => `Page ${p}; the number is framed.`,
    facsimile_place: "This is a facsimile: typeset again, not the city’s page.",
    no_picture: "There is no picture of this place here.",
    no_picture_why: "The page tells somebody’s case, it could not be drawn, or the picture did not fit into this file.",
    no_numbers: "The numbers behind this are not in this file; they are in klachtenatlas.duckdb.",
    waits: "The meaning of a label waits for a person.", dashed: "Dashed: the meaning of a label waits for a person.", solid: "Full: the meaning is settled.",
    series: "Years in one chart count the same and may be compared.", latest: "Darkest is the latest year.",
    last_five: "The last five periods; earlier ones are in the table.",
    error: "error", warning: "warning", info: "for information", show: "Show all", culprit: { publisher: "the report’s own", reading: "possibly our reading", unclear: "not clear whose" },
    kinds: { total_mismatch: "total does not add up", share_mismatch: "percentage does not follow", text_table_mismatch: "text against table", cross_table_mismatch: "table against table", year_mismatch: "wrong year", series_break: "break in the series", implausible_number: "implausible number", label_variant: "label in two ways" },
    where: "Where it stands", nothing: "There is nothing to show.", ok: "read", partial: "read in part", failed: "not read",
    unread_reports: (f, p) => `Of ${f} reports nothing was read, of ${p} a part.`,
    unread_meaning: (u, r) => `Of ${u} numbers a label was not understood; ${r} wait for a person. They are published as printed.`,
    unread_none: "Every report was read and no page was lost. That does not say that all was read right.",
    problems: "What went wrong in reading", labels: "Labels that nobody has understood",
    left: (n, s, m) => `Of ${n} numbers in this dataset ${m} can be opened on this page, ${s} with a picture.`,
    others: "The others are totals and repetitions; they are in the tables.", not_fit: "Not all fits into three megabytes: what charts show comes first.", 
    dots: "Dots: size by the count of numbers.", 
    no_chart: "No report prints a usable table of this.", 
  },
};
const DATA = JSON.parse(document.getElementById("data").textContent);
let language = "nl";
const w = () => WORDS[language];
const pick = (pair) => (Array.isArray(pair) ? pair[language === "nl" ? 0 : 1] ?? pair[1] : pair);
const concept = (key) => (DATA.concepts[key] ? pick(DATA.concepts[key]) : key);
const format = (value, digits = 2) => value.toLocaleString(w().locale, { maximumFractionDigits: digits });
const percent = (share) => `${format(100 * share, 1)}%`;

/* An element with properties and children; texts are only ever set as texts. */
function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/* A period as people say it: 2022; April 2022 – March 2023; May 2022. */
function period(text) {
  if (/^\d{4}$/.test(text)) return text;
  const say = (month) => new Date(`${month}-15T12:00:00Z`).toLocaleDateString(w().locale, { month: "short", year: "numeric", timeZone: "UTC" });
  const [first, last] = text.split("/");
  return last ? `${say(first)} – ${say(last)}` : say(first);
}

/* What is not the city's own page says so, at every picture and every number. */
const editionOf = (report) => (DATA.reports[report].edition === "original" ? "" : w()[DATA.reports[report].edition]);
const badge = (report) => (editionOf(report) ? el("span", { class: "badge" }, editionOf(report)) : null);

/* One badge for each kind of edition in a chart, and for its lines a word where they are of several kinds. */
function badges(rows) {
  const found = new Map(rows.map((row) => [editionOf(row.report), badge(row.report)]));
  return el("span", { class: "badges" }, ...found.values());
}
function named(row, rows, text) {
  const mixed = new Set(rows.map((other) => editionOf(other.report))).size > 1;
  return mixed && editionOf(row.report) ? `${text} (${editionOf(row.report)})` : text;
}
