"use strict";
// The page is whole without this script. With it, what is pointed at shows its records, and all that belongs to them.
// Records are copied from the list as nodes: no text ever becomes markup.
{
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement, text = $("text"), list = $("list"), panel = $("panel"), here = $("here");
  const parts = { s: "source", q: "cue", c: "content", x: "citation", e: "what it stands behind", m: "", r: "relation", z: "" };
  let held = false; // whether what is shown stays until it is let go
  let origin = null; // the mark from which the reader went to the records
  let shownNow = "";

  root.classList.add("js");
  $("hint").hidden = false;
  list.querySelector(".find").hidden = false;
  new ResizeObserver(([bar]) => root.style.setProperty("--bar", bar.target.offsetHeight + "px")).observe(document.querySelector(".bar"));

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
      const copy = card.cloneNode(true);
      copy.removeAttribute("id");
      copy.removeAttribute("tabindex");
      copy.hidden = false;
      here.append(copy);
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
      text.querySelectorAll(`[data-m~="${id}.${part}"]`).forEach((el, i) => {
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
        const pin = $("t-" + to.id) ?? text.querySelector(`[data-m~="${to.id}.m"]`);
        if (pin) goTo(pin, false);
      }
    } else if (!a && mark && text.contains(mark)) {
      if (!getSelection().isCollapsed) return;
      hold(recordsOf(mark));
      const card = $(recordsOf(mark)[0]);
      if (card) reveal(card);
    } else if (!a && mark) {
      hold([mark.id]);
      const pin = $("t-" + mark.id) ?? text.querySelector(`[data-m~="${mark.id}.m"]`);
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

  const cards = [...list.querySelectorAll(".card")];
  $("find").addEventListener("input", (e) => {
    const words = e.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const card of cards) {
      const said = (card.id + " " + card.textContent).toLowerCase();
      card.hidden = !words.every((word) => said.includes(word));
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
