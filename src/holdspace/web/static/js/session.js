// The session page: filters at once, keys, search, and the place in the arc. Without it the page still reads.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const STRENGTH = ["present", "unsure", "past", "denied", "other_person", "hypothetical"];
const SURE = { "": 0, present: 0, 7: 0.7, 9: 0.9 };

const transcript = $("[data-role=transcript]");
const findings = new Map($$("[data-finding]").map((name) => {
  const note = name.closest(".note");
  return [name.dataset.finding, {
    name, note,
    construct: name.dataset.construct,
    family: name.dataset.construct.split(":")[0],
    status: note.dataset.status,
    risk: note.classList.contains("risk"),
    p: Number(name.dataset.p),
    why: $(`[data-why="${name.dataset.finding}"]`, note),
  }];
}));
const marks = $$("mark[data-findings]", transcript).map((mark) => ({ mark, ids: mark.dataset.findings.split(" ") }));
const places = $$("[data-place]");

// Filters ------------------------------------------------------------------------------------------------
const filters = $("#filters");
function shows(finding, { family, construct, sure }) {
  if (sure && finding.status === "unsure") return false;
  return (!family || family === finding.family) && (!construct || construct === finding.construct) && finding.p >= SURE[sure];
}
function applyFilters() {
  const wanted = Object.fromEntries(new FormData(filters));
  const shown = new Set([...findings].filter(([, finding]) => shows(finding, wanted)).map(([id]) => id));
  for (const [id, finding] of findings) {
    finding.name.hidden = finding.why.hidden = !shown.has(id);
    finding.note.hidden = !$$("[data-finding]", finding.note).some((name) => !name.hidden);
  }
  for (const { mark, ids } of marks) {
    const visible = ids.filter((id) => shown.has(id)).map((id) => findings.get(id));
    const status = STRENGTH.find((name) => visible.some((finding) => finding.status === name)) ?? "";
    mark.className = visible.some((finding) => finding.risk) ? `${status} risk` : status;
  }
  for (const place of places) place.hidden = !shown.has(place.dataset.place);
  for (const entry of $$("[data-entry]")) entry.hidden = !$$("[data-place]", entry).some((place) => !place.hidden);
  const count = $("#count");
  count.textContent = count.dataset.template.replace("{shown}", shown.size).replace("{of}", findings.size);
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
  history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}
if (filters) {
  filters.addEventListener("change", applyFilters);
  filters.addEventListener("submit", (event) => { event.preventDefault(); applyFilters(); });
}

// Notes and their words ----------------------------------------------------------------------------------
function light(note, on) {
  const ids = $$("[data-finding]", note).map((name) => name.dataset.finding);
  for (const { mark, ids: own } of marks) {
    if (own.some((id) => ids.includes(id))) mark.classList.toggle("on", on);
  }
}
for (const note of $$(".note")) {
  for (const [begin, end] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
    note.addEventListener(begin, () => light(note, true));
    note.addEventListener(end, () => light(note, false));
  }
}
transcript.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-findings]");
  if (!mark || String(getSelection()).trim()) return; // selecting words is not asking why
  const id = mark.dataset.findings.split(" ").find((own) => !findings.get(own).note.hidden);
  if (!id) return;
  const { note } = findings.get(id);
  note.open = !note.open;
  if (note.open) note.scrollIntoView({ block: "nearest" });
});

// Moving -------------------------------------------------------------------------------------------------
let now = null;
function go(turn) {
  now?.classList.remove("now");
  now = turn;
  turn.classList.add("now");
  turn.scrollIntoView({ block: "center" });
  const summary = $(".note:not([hidden]) summary", turn);
  if (summary) summary.focus({ preventScroll: true });
  else { turn.tabIndex = -1; turn.focus({ preventScroll: true }); }
}
function turnsWithNotes() {
  return $$(".turn", transcript).filter((turn) => $(".note:not([hidden])", turn));
}
function move(step) {
  const turns = turnsWithNotes();
  if (!turns.length) return;
  const from = now ?? (location.hash ? document.getElementById(location.hash.slice(1)) : null);
  if (!from) { go(step > 0 ? turns[0] : turns.at(-1)); return; }
  const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const beyond = turns.filter((turn) => turn !== from && from.compareDocumentPosition(turn) & side);
  const next = step > 0 ? beyond[0] : beyond.at(-1);
  if (next) go(next);
}
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#u"]');
  const turn = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!turn?.classList.contains("turn")) return;
  event.preventDefault();
  history.replaceState(null, "", link.getAttribute("href"));
  go(turn);
});

// Keys ---------------------------------------------------------------------------------------------------
const keys = $("#keys");
const index = $("#index");
const search = $("#search");
$("#show-keys")?.addEventListener("click", () => keys.showModal());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && index?.open) { index.open = false; $("summary", index).focus(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (event.target.closest("input:not([type=radio]), select, textarea")) return;
  const acts = {
    j: () => move(1),
    k: () => move(-1),
    "/": () => search?.focus(),
    "?": () => keys.showModal(),
    i: () => { if (index) { index.open = !index.open; $("summary", index).focus(); } },
  };
  if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
});
document.addEventListener("click", (event) => {
  if (index?.open && !index.contains(event.target)) index.open = false;
});

// Search: nothing is sent or kept ------------------------------------------------------------------------
let hits = [];
let hit = -1;
function find() {
  const wanted = search.value.trim().toLocaleLowerCase();
  hits = [];
  hit = -1;
  const ranges = [];
  for (const words of wanted ? $$(".words", transcript) : []) {
    if (!words.textContent.toLocaleLowerCase().includes(wanted)) continue;
    hits.push(words.closest(".turn"));
    ranges.push(...rangesOf(words, wanted));
  }
  $("#hits").textContent = wanted ? String(hits.length) : "";
  if (globalThis.Highlight) CSS.highlights.set("found", new Highlight(...ranges));
}
function rangesOf(words, wanted) {
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let length = 0;
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: length });
    length += walker.currentNode.length;
  }
  const text = words.textContent.toLocaleLowerCase();
  if (text.length !== length) return []; // folding changed the length: places would be wrong
  const at = (place) => {
    const own = nodes.findLast(({ start }) => start <= place);
    return [own.node, place - own.start];
  };
  const ranges = [];
  for (let from = text.indexOf(wanted); from !== -1; from = text.indexOf(wanted, from + wanted.length)) {
    const range = new Range();
    range.setStart(...at(from));
    range.setEnd(...at(from + wanted.length));
    ranges.push(range);
  }
  return ranges;
}
search?.addEventListener("input", find);
search?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { search.value = ""; find(); search.blur(); }
  if (event.key !== "Enter" || !hits.length) return;
  event.preventDefault();
  hit = (hit + (event.shiftKey ? -1 : 1) + hits.length) % hits.length;
  now?.classList.remove("now");
  now = hits[hit];
  now.classList.add("now");
  now.scrollIntoView({ block: "center" });
  $("#hits").textContent = `${hit + 1} / ${hits.length}`;
});

// The place in the arc -----------------------------------------------------------------------------------
const here = $("#here");
if (here) {
  const turns = $$(".turn", transcript);
  const inView = new Set();
  const at = (number) => Number(turns[number]?.dataset.at ?? 1);
  const mark = () => {
    const seen = turns.flatMap((turn, number) => (inView.has(turn) ? [number] : []));
    here.hidden = !seen.length;
    if (!seen.length) return;
    here.style.insetBlockStart = `${at(seen[0]) * 100}%`;
    here.style.insetBlockEnd = `${(1 - at(seen.at(-1) + 1)) * 100}%`;
  };
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) inView.add(entry.target);
      else inView.delete(entry.target);
    }
    mark();
  });
  turns.forEach((turn) => observer.observe(turn));
}
