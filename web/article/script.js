"use strict";
// The page shows the marked text without this script. With it come the records: a list of them, and those of what is pointed
// at, with all that belongs to them. What the text says they read from its marks. No text ever becomes markup.
{
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement, text = $("text"), list = $("list"), panel = $("panel"), here = $("here");
  const data = JSON.parse($("data").textContent);
  const parts = { s: "source", q: "cue", c: "content", x: "citation", e: "what it stands behind", m: "", r: "relation", z: "" };
  let held = false; // whether what is shown stays until it is let go
  let origin = null; // the mark from which the reader went to the records
  let shownNow = "";

  root.classList.add("js");
  $("hint").hidden = false;
  list.querySelector(".find").hidden = false;
  new ResizeObserver(([bar]) => root.style.setProperty("--bar", bar.target.offsetHeight + "px")).observe(document.querySelector(".bar"));

  // marked lists, by token such as "a3.s", what the text's marks say: the words, with a sign where the text between them is
  // left out, the elements, and the first element of each stretch. One walk through the text finds them all.
  const marked = new Map();
  {
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let at = 0;
    while (walk.nextNode()) {
      const node = walk.currentNode, el = node.parentElement.closest("[data-m]");
      const words = node.parentElement.matches(".ctl") ? "\ufffd" : node.data; // What hides or turns text does so in its place only.
      for (const token of el?.dataset.m.split(" ") ?? []) {
        const m = marked.get(token) ?? { words: "", end: -1, elements: [], firsts: [] };
        marked.set(token, m);
        if (m.elements.at(-1) !== el) m.elements.push(el);
        if (m.end !== at) m.firsts.push(el);
        m.words += (m.words && m.end !== at ? " … " : "") + words;
        m.end = at + node.data.length;
      }
      at += node.data.length;
    }
  }
  const wordsOf = (id, part) => marked.get(id + "." + part)?.words ?? "";

  // records holds all records by their IDs, of which the first letter is their kind, with what refers to them.
  const records = new Map();
  for (const kind of "acrps") for (const x of data[kind] ?? []) records.set(x.i, x);
  const refer = (to, from, as) => records.has(to) && (records.get(to)[as] ??= []).push(from);
  for (const a of data.a ?? []) {
    refer(a.w, a.i, "reports");
    for (const id of a.p ?? []) refer(id, a.i, "says");
    for (const id of a.c ?? []) refer(id, a.i, "behind");
  }
  for (const x of data.r ?? []) {
    refer(x.w, x.i, "tells");
    for (const id of new Set([x.a, x.b])) refer(id, x.i, "relations");
  }

  // In a few words: who speaks, how, and what a record is.
  const nameOf = (id) => records.get(id)?.n ?? "somebody";
  const who = (a) => a.p?.map(nameOf).join(", ") || wordsOf(a.i, "s") || (/o/.test(a.k) ? data.outlet || "the outlet" : "nobody named");
  const did = (a) => wordsOf(a.i, "q") || (/k/.test(a.k) ? "goes on" : "in its own voice");
  const gist = (id) => {
    const x = records.get(id);
    switch (id[0]) {
      case "a": return `${who(x)} – ${did(x)}`;
      case "r": return `${nameOf(x.a)} ${x.y} ${nameOf(x.b)}`;
      case "c": return wordsOf(id, "x");
    }
    return x.n;
  };

  // make returns an element with attributes and children; what is empty is left out.
  const make = (name, attributes, ...children) => {
    const el = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) el.setAttribute(key, value);
    el.append(...children.flat().filter((child) => child));
    return el;
  };
  const bdi = (words) => make("bdi", null, words);
  const link = (id, words) => make("a", { href: "#" + id }, bdi(words ?? id + " " + gist(id)));
  const links = (list, separator) => list.flatMap((a, i) => (i ? [make("span", { class: "sep" }, separator ?? ", "), a] : [a]));
  const row = (name, ...value) => value.flat().some((v) => v) && make("div", null, make("dt", null, name), make("dd", null, ...value));
  const quoted = (mark, words) => words && make("span", { class: mark }, bdi(words));
  const quote = (words) => make("blockquote", { dir: "auto", ...(text.lang && { lang: text.lang }) }, words);
  const terms = (names, set) => make("ul", { class: "terms" }, data.terms[set].map((term, i) =>
    term && make("li", null, make("span", { class: "vh" }, names[i] + ": "), term)));
  const head = (id, ...rest) => make("p", { class: "head" }, make("a", { class: "no", href: "#t-" + id, "aria-label": id + ", in the text" }, id), " ", ...rest);
  const score = (n) => make("span", { class: "score", title: "confidence" },
    make("meter", { min: 0, max: 1, low: 0.5, high: 0.75, optimum: 1, value: n, "aria-label": "confidence" }), n.toFixed(2));
  const chain = (a) => {
    const ids = [];
    for (let id = a.w; id && id !== a.i && !ids.includes(id); id = records.get(id).w) ids.push(id);
    return ids;
  };

  // What a record's card holds, by kind.
  const partsOf = {
    a: (a) => [
      head(a.i, make("span", { class: "title" }, make("strong", null, bdi(who(a))), " ", make("em", null, bdi(did(a))), " ",
        /d/.test(a.k) && make("b", { class: "badge" }, "denies")), " ", score(a.n)),
      quote(wordsOf(a.i, "c")),
      terms(["voice", "kind", "quote", "polarity", "factuality"], a.t),
      make("dl", null,
        row("source", quoted("s", wordsOf(a.i, "s"))),
        row("who that is", links((a.p ?? []).map((id) => link(id, nameOf(id))))),
        row("cue", quoted("q", wordsOf(a.i, "q"))),
        row("reported within", links(chain(a).map((id) => link(id)), " ← ")),
        row("reports", links((a.reports ?? []).map((id) => link(id)))),
        row("rests on", links((a.c ?? []).map((id) => link(id)))),
        row("says that", links((a.tells ?? []).map((id) => link(id))))),
    ],
    c: (c) => [
      head(c.i, make("strong", { class: "title" }, bdi(wordsOf(c.i, "x")))),
      make("dl", null, (c.l ?? []).map((s) => row(s.g, bdi(s.n), s.d && ", " + s.d, s.p && " → ", s.p && link(s.p, nameOf(s.p)))),
        row("stands behind", links((c.behind ?? []).map((id) => link(id))))),
    ],
    r: (r) => [
      head(r.i, make("span", { class: "title" }, make("strong", null, bdi(nameOf(r.a))), " ", make("code", null, r.y), " ",
        make("strong", null, bdi(nameOf(r.b))), " ", data.terms[r.t][2] === "denied" && make("b", { class: "badge" }, "denied"))),
      terms(["class", "quad", "mode"], r.t),
      make("dl", null,
        row("trigger", quoted("r", wordsOf(r.i, "r"))),
        row("between", links([r.a, r.b].filter((id) => id).map((id) => link(id, nameOf(id))))),
        row("said in", r.w && link(r.w))),
    ],
    p: (p) => [
      make("p", { class: "head" }, make("strong", { class: "title" }, bdi(p.n)), " ", make("span", { class: "kind" }, p.g)),
      make("dl", null,
        row("also", p.l && bdi(p.l)),
        row("mentioned", links((marked.get(p.i + ".m")?.firsts ?? []).map((el) => link(el.id, el.textContent)))),
        row("source of", links((p.says ?? []).map((id) => link(id, id)))),
        row("relations", links((p.relations ?? []).map((id) => link(id))))),
    ],
    s: (s) => [head(s.i, make("strong", null, s.n)), quote(wordsOf(s.i, "z"))],
  };
  const classes = { c: "x", r: "r", p: "m", s: "z" };
  const cardOf = (x, attributes) => make("li", { class: "card " + (x.k ?? classes[x.i[0]]), ...attributes });
  const fill = (card, id) => {
    if (!card.firstChild) card.append(...partsOf[id[0]](records.get(id)));
    return card;
  };

  // Pins and mentions become links, and places that links lead to; people hear what they are.
  for (const pin of text.querySelectorAll(".pin")) {
    const id = pin.dataset.m, x = records.get(id);
    pin.id = "t-" + id;
    pin.href = "#" + id;
    const kind = { a: "attribution", c: "citation", r: "relation", s: "skipped" }[id[0]];
    pin.setAttribute("aria-label", `${kind} ${id}: ${gist(id)}` + (id[0] === "a" ? `, ${data.terms[x.t][3]}, confidence ${x.n.toFixed(2)}` : ""));
  }
  let places = 0;
  for (const p of data.p ?? []) {
    for (const el of marked.get(p.i + ".m")?.firsts ?? []) {
      el.id ||= "m" + ++places;
      if (!el.matches("a") || el.hasAttribute("href")) continue;
      el.href = "#" + p.i;
      el.title = p.n + ", " + p.g + (el.matches(".y") ? ", by metonym" : "");
    }
  }

  // The list has a card for each record, which is filled when it comes near.
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      fill(target, target.id);
      near.unobserve(target);
    }
  }, { rootMargin: "100%" });
  const mentions = (p) => marked.get(p.i + ".m")?.firsts.length ?? 0;
  for (const [kind, name] of Object.entries({ a: "Attributions", c: "Citations", r: "Relations", p: "Actors", s: "Skipped" })) {
    const some = [...(data[kind] ?? [])];
    if (some.length === 0) continue;
    if (kind === "p") some.sort((a, b) => mentions(b) - mentions(a));
    list.append(make("details", { open: "", id: "list-" + kind },
      make("summary", null, make("h2", null, name + " ", make("small", null, String(some.length)))),
      make("ol", null, some.map((x) => cardOf(x, { id: x.i, tabindex: -1 })))));
  }
  const cards = [...list.querySelectorAll(".card")];
  for (const card of cards) near.observe(card);
  addEventListener("beforeprint", () => cards.forEach((card) => fill(card, card.id)));

  // recordsOf returns the IDs of the records that an element stands for, the innermost first; those of actors last.
  const recordsOf = (el) => {
    if (el.classList.contains("card")) return [el.id];
    const ids = new Set(el.dataset.m.split(" ").map((token) => token.split(".")[0]));
    return [...ids].sort((a, b) => "arcsp".indexOf(a[0]) - "arcsp".indexOf(b[0]));
  };

  // show lights what belongs to the records, of each kind the first, and shows them all in the panel.
  const show = (ids) => {
    if (shownNow === ids.join()) return;
    shownNow = ids.join();
    for (const el of text.querySelectorAll(".on")) {
      el.classList.remove("on", "lead", ...Object.keys(parts).map((part) => "as-" + part));
      delete el.dataset.as;
    }
    for (const el of list.querySelectorAll(".held")) el.classList.remove("held");
    here.replaceChildren();
    $("hint").hidden = ids.length > 0;
    const kinds = new Set();
    for (const id of ids) {
      const card = $(id);
      if (!card) continue;
      here.append(fill(cardOf(records.get(id)), id));
      if (kinds.has(id[0])) continue;
      kinds.add(id[0]);
      card.classList.add("held");
      light(id);
    }
    panel.scrollTop = 0;
  };

  const light = (id) => {
    $("t-" + id)?.classList.add("on");
    for (const [part, name] of Object.entries(parts)) {
      marked.get(id + "." + part)?.elements.forEach((el, i) => {
        el.classList.add("on", "as-" + part);
        if (i > 0 || !name || el.dataset.as) return;
        el.classList.add("lead");
        el.dataset.as = name;
      });
    }
  };

  const hold = (ids) => {
    show(ids);
    held = ids.length > 0;
    root.classList.toggle("held", held);
    $("let-go").hidden = !held;
  };
  const letGo = () => {
    hold([]);
    if (origin && panel.contains(document.activeElement)) origin.focus();
    origin = null;
  };

  // reveal scrolls the list, where it scrolls by itself, to a card.
  const reveal = (card) => {
    const section = card.closest("details");
    if (section) section.open = true;
    if (getComputedStyle(list).overflowY !== "auto") return;
    const box = list.getBoundingClientRect(), at = card.getBoundingClientRect();
    if (at.top < box.top + 50 || at.bottom > box.bottom) list.scrollTop += at.top - box.top - box.height / 3;
  };

  // goTo shows the place in the text.
  const goTo = (place, focus) => {
    place.scrollIntoView({ block: "center" });
    if (focus) place.focus({ preventScroll: true });
  };

  const markAt = (target) => target.closest(".text [data-m], .list .card");

  document.addEventListener("pointerover", (e) => {
    const mark = e.pointerType === "mouse" && !held && markAt(e.target);
    if (mark) show(recordsOf(mark));
  });
  document.addEventListener("focusin", (e) => {
    const mark = e.target.matches(":focus-visible") && !panel.contains(e.target) && markAt(e.target);
    if (mark) hold([]), show(recordsOf(mark));
  });

  document.addEventListener("click", (e) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
    const a = e.target.closest("a[href^='#']"), mark = markAt(e.target), byKey = e.detail === 0;
    const to = a && $(decodeURIComponent(a.hash.slice(1)));
    if (to && text.contains(to)) { // from a record to its place
      e.preventDefault();
      hold(a.closest(".card") && !to.classList.contains("pin") ? recordsOf(to) : [to.classList.contains("pin") ? to.dataset.m : recordsOf(to)[0]]);
      goTo(to, byKey);
    } else if (to && to.classList.contains("card")) {
      e.preventDefault();
      hold(text.contains(a) && !a.classList.contains("pin") ? recordsOf(a) : [to.id]);
      reveal(to);
      if (text.contains(a)) { // from a mark to its record
        origin = a;
        if (byKey) panel.focus({ preventScroll: true });
      } else { // from one record to another
        const pin = $("t-" + to.id) ?? marked.get(to.id + ".m")?.firsts[0];
        if (pin) goTo(pin, false);
      }
    } else if (!a && mark && text.contains(mark)) {
      if (!getSelection().isCollapsed) return;
      hold(recordsOf(mark));
      const card = $(recordsOf(mark)[0]);
      if (card) reveal(card);
    } else if (!a && mark) {
      hold([mark.id]);
      const pin = $("t-" + mark.id) ?? marked.get(mark.id + ".m")?.firsts[0];
      if (pin) goTo(pin, false);
    } else if (!a && text.contains(e.target)) {
      letGo();
    }
    if (held && to) history.replaceState(null, "", "#" + (to.dataset.m && !to.dataset.m.includes(".") ? to.dataset.m : to.id));
  });
  $("let-go").addEventListener("click", letGo);

  const pins = [...text.querySelectorAll(".pin")];
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") return letGo();
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step || e.ctrlKey || e.metaKey || e.altKey || !e.target.matches(".text a")) return;
    e.preventDefault();
    const before = (pin) => pin !== e.target && pin.compareDocumentPosition(e.target) & Node.DOCUMENT_POSITION_FOLLOWING;
    let low = 0, high = pins.length; // the first pin that does not stand before the focus
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(pins[middle])) low = middle + 1;
      else high = middle;
    }
    let i = step < 0 ? low - 1 : pins[low] === e.target ? low + 1 : low;
    while (pins[i] && (!/^pin [cko]/.test(pins[i].className) || getComputedStyle(pins[i]).display === "none")) i += step;
    pins[i]?.focus();
  });

  // Mentions that are not shown are no stops on the way through the text.
  $("f-m").addEventListener("change", (e) => {
    for (const a of text.querySelectorAll("a.m")) {
      if (e.target.checked) a.removeAttribute("tabindex");
      else a.tabIndex = -1;
    }
  });

  const said = new Map(); // what cards say, for those who look for something
  const saidBy = (id) => said.get(id) ?? said.set(id, (id + " " + fill(make("li"), id).textContent).toLowerCase()).get(id);
  $("find").addEventListener("input", (e) => {
    const words = e.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const card of cards) {
      card.hidden = !words.every((word) => saidBy(card.id).includes(word));
      if (!card.hidden) n++;
    }
    $("found").value = words.length ? `${n} of ${cards.length} records` : "";
  });

  const start = location.hash && $(decodeURIComponent(location.hash.slice(1)));
  if (start && markAt(start)) {
    hold(recordsOf(start));
    const card = $(recordsOf(start)[0]);
    if (card) reveal(card);
    const place = text.contains(start) ? start : $("t-" + start.id);
    if (place) goTo(place, false);
  }
}
