// The keys of the stewards' page. Every action is a link, a field or a button of the page; a key only presses it.
"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const form = one("#decide");
  const writing = (target) =>
    target.matches("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=submit])");

  // No decision without evidence: nothing that decides can be pressed before the picture, or the reason why there is none, is seen.
  const deciding = () => document.querySelectorAll(".decides");
  let shown = false;
  const allow = () => {
    shown = true;
    for (const button of deciding()) button.disabled = false;
  };
  const crop = one("#crop");
  if (crop) {
    const settle = (ok) => (ok ? (allow(), framed()) : explain());
    const framed = async () => {
      try { if ((await fetch(crop.src, { cache: "force-cache" })).headers.get("x-label-found") === "no") one("#unfound").hidden = false; } catch { /* the picture stands */ }
    };
    const explain = async () => {
      const place = one("#missing");
      crop.hidden = true;
      let why = "The picture of the page cannot be shown.";
      try { why = await (await fetch(one("#figure").dataset.src)).text(); } catch { /* the sentence above stands */ }
      place.textContent = why + " What was printed stands below.";
      place.hidden = false;
      allow();
    };
    if (crop.complete) settle(crop.naturalWidth > 0);
    else {
      crop.addEventListener("load", () => settle(true));
      crop.addEventListener("error", () => settle(false));
    }
  } else allow(); // no number stands under the label, and the page says so

  // Proposals take a few seconds after a start: the page is drawn again when they are there.
  if (form && form.dataset.ready === "no") {
    const wait = async () => {
      try {
        if ((await (await fetch("/ready")).json()).ready && !one("#q").value && !one("#comment").value) return location.replace(location.href);
      } catch { /* the server is busy; ask again */ }
      setTimeout(wait, 700);
    };
    setTimeout(wait, 400);
  }

  const say = (text, failed = false) => {
    const place = one("#said");
    if (place) { place.textContent = text; place.classList.toggle("failed", failed); } else if (failed) alert(text);
  };
  const STOPPED = "The program has stopped; start it again (klachtenatlas review), then press the key once more.";
  // Asked before anything leaves the page: a browser's own error page would take the card, and what was typed, away.
  const runs = async () => { try { await fetch("/ready", { cache: "no-store" }); return true; } catch { return false; } };
  const radio = (input) => {
    const first = form.querySelector(`input[name="${input.name}"]`);
    const target = input.checked ? first : input;
    target.checked = true;
    target.dispatchEvent(new Event("change"));
    say(`${target.closest("fieldset").querySelector("legend").innerText} ${target.closest("label").innerText.trim()}`);
  };
  const show = (dialog) => { const it = one(dialog); if (it && !it.open) it.showModal(); };
  const whole = () => {
    const picture = one("#whole-img");
    if (!picture.getAttribute("src")) picture.src = one("#figure").dataset.whole;
    show("#whole");
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const open = document.querySelector("dialog[open]");
    if (open) {
      if ((open.id === "whole" && event.key === "p") || (open.id === "help" && event.key === "?")) { open.close(); event.preventDefault(); }
      return;
    }
    if (writing(event.target)) {
      // What was searched is left behind; what was written stays, and goes with the decision.
      if (event.key === "Escape" && event.target.id === "q") { event.target.value = ""; find(); }
      if (event.key === "Escape" || (event.key === "Enter" && event.target.id === "comment")) { event.preventDefault(); event.target.blur(); }
      if (event.key === "ArrowDown" && event.target.id === "q") { const b = one("#found button"); if (b) { b.focus(); event.preventDefault(); } }
      return;
    }
    if (sent) return event.preventDefault(); // a decision is on its way: nothing may change it now
    if (event.key === "Enter" || event.repeat) return; // Enter presses what has the focus; a held key decides once
    const found = document.activeElement.closest ? document.activeElement.closest("#found li") : null;
    if (found && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const next = event.key === "ArrowDown" ? found.nextElementSibling : found.previousElementSibling;
      (next ? next.querySelector("button") : one("#q")).focus();
      event.preventDefault();
      return;
    }
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.id === "whole-open") return whole();
    if (target.id === "help-open") return show("#help");
    if (target.type === "radio") return radio(target);
    if (target.matches("input")) {
      target.focus({ preventScroll: true });
      target.closest("div, p").scrollIntoView({ block: target.id === "q" ? "start" : "nearest" });
      return;
    }
    if (target.matches(".decides") && !shown) return say("First the page: it is still being drawn.");
    if (target.matches("a[href]")) return runs().then((ok) => (ok ? target.click() : say(STOPPED, true)));
    target.click();
  });
  const opener = (id, action) => { const it = one(id); if (it) it.addEventListener("click", (event) => { event.preventDefault(); action(); }); };
  opener("#whole-open", whole);
  opener("#help-open", () => show("#help"));

  // A second press while the first is on its way would decide on a label that was not looked at.
  let sent = false, passed = false;
  for (const it of document.querySelectorAll('form[method="post"]')) it.addEventListener("submit", async (event) => {
    if (passed) { passed = false; return; }
    event.preventDefault();
    if (sent || (it === form && !shown)) return;
    sent = true;
    if (await runs()) { passed = true; it.requestSubmit(event.submitter); }
    else { sent = false; say("Not saved. " + STOPPED, true); }
  });
  window.addEventListener("pageshow", () => { sent = passed = false; reach(); });

  // What a decision would change is shown for as much as it reaches: all, one body, one year.
  const scope = () => { const it = one("input[name=scope]:checked"); return it ? it.value : "all"; };
  const reach = () => { for (const it of document.querySelectorAll("[data-reach]")) it.hidden = it.dataset.reach !== scope(); };
  for (const it of document.querySelectorAll("input[name=scope]")) it.addEventListener("change", () => { reach(); find(); });

  const field = one("#q");
  let asked = 0, timer = 0;
  const make = (tag, text, name) => { const it = document.createElement(tag); it.textContent = text; if (name) it.className = name; return it; };
  async function find() {
    if (!field) return;
    const mine = ++asked, text = field.value.trim();
    if (!text) { one("#found").replaceChildren(); one("#found-count").textContent = ""; return; }
    const answer = await fetch("/search?" + new URLSearchParams({ q: text, item: form.dataset.item, scope: scope(), at: one("input[name=evidence]").value }));
    const concepts = answer.ok ? await answer.json() : [];
    if (mine !== asked) return; // an answer to what was typed before
    one("#found-count").textContent = concepts.length ? `${concepts.length} found` : "Nothing found; try another word or language.";
    one("#found").replaceChildren(...concepts.map((c) => {
      const row = document.createElement("li"), button = document.createElement("button"), why = make("div", "", "why");
      button.type = "submit"; button.name = "concept"; button.value = c.key; button.className = "decides"; button.disabled = !shown;
      button.append(make("b", c.label), " ", make("span", c.label_en === c.label ? "" : c.label_en));
      why.append(make("p", `${c.path.join(" › ")} · ${c.matched} · changes ${c.changes} number${c.changes === 1 ? "" : "s"}`, "path"), make("p", c.definition));
      row.append(button, why);
      return row;
    }));
  }
  if (field) field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 120); });
})();
