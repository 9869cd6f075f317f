/* The page's hands: draws the regions that the server sends, and tells it what was pressed. It decides nothing.
   bot/web/page.py is the other side; tests/browser drives both. */
"use strict";
window.rapport = (() => {
  const REGIONS = ["header", "past", "live", "profile", "composer"];
  const STORE = "rapport";
  const narrow = window.matchMedia("(max-width: 900px)");
  let root, trigger, props;
  let running = null; // what is being worked on: {kind, text}
  let run = 0; // the number of the newest request; answers to older ones are not drawn
  let unanswered = ""; // words that were sent and not yet answered
  let waiting = []; // presses on cards that wait for the running turn
  const open = new Set(); // ids of cards whose "why" is open
  let dragging = null;
  let last = {};
  let drawn = {};

  // what the browser keeps: a session id for each catalogue, and the language
  const kept = () => { try { return JSON.parse(localStorage.getItem(STORE)) || {}; } catch { return {}; } };
  const keep = (changes) => { try { localStorage.setItem(STORE, JSON.stringify({ ...kept(), ...changes })); } catch { /* private mode: this talk only */ } };
  let memory = kept();
  const language = () => memory.language || ((navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en");
  const remember = (changes) => { memory = { ...memory, ...changes }; keep(changes); };

  const find = (selector) => root.querySelector(selector);
  const region = (name) => find(`[data-region="${name}"]`);
  const message = () => find("#message");

  // ---- drawing: the new HTML is laid over the old, element by element, so that focus, scrolling and pictures stay

  function lay(old, fresh) {
    const keyed = new Map();
    for (const child of old.children) if (child.dataset.key) keyed.set(child.dataset.key, child);
    let place = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      let same = null;
      if (next.nodeType === Node.ELEMENT_NODE && next.dataset.key) same = keyed.get(next.dataset.key) || null;
      else if (place && place.nodeType === next.nodeType && place.nodeName === next.nodeName && !(place.dataset && place.dataset.key)) same = place;
      if (same && same.nodeName === next.nodeName) {
        if (same !== place) old.insertBefore(same, place);
        else place = place.nextSibling;
        if (same.nodeType === Node.TEXT_NODE) { if (same.data !== next.data) same.data = next.data; }
        else if (!same.isEqualNode(next)) { dress(same, next); if (same.nodeName !== "TEXTAREA") lay(same, next); }
        if (next.dataset && next.dataset.key) keyed.delete(next.dataset.key);
      } else old.insertBefore(next, place);
    }
    while (place) { const after = place.nextSibling; place.remove(); place = after; }
  }

  function dress(old, next) {
    for (const { name } of [...old.attributes]) if (!next.hasAttribute(name) && !(name === "class" && !next.className)) old.removeAttribute(name);
    for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    if (old.type === "range" && old !== dragging) old.value = next.getAttribute("value");
  }

  function draw(name, html) {
    const place = region(name);
    if (!place || drawn[name] === html) return;
    drawn[name] = html;
    const focus = document.activeElement;
    const fresh = document.createElement(place.nodeName);
    fresh.innerHTML = html;
    lay(place, fresh);
    if (focus && focus !== document.activeElement && !focus.isConnected && message() && !narrow.matches) message().focus({ preventScroll: true });
  }

  function touchUp() {
    // what only the browser knows, laid over what the server sent
    for (const panel of root.querySelectorAll(".why")) {
      const id = panel.closest("[data-item]").dataset.item;
      panel.hidden = !open.has(id);
      const button = panel.closest(".card").querySelector('[data-do="why"]');
      if (button) button.setAttribute("aria-expanded", String(open.has(id)));
    }
    const send = find(".send");
    if (send) {
      const stops = !!running && running.kind === "say" && !message().value.trim();
      send.textContent = stops ? send.dataset.stop : send.dataset.send;
      send.classList.toggle("stops", stops);
    }
    root.classList.toggle("busy", !!running);
    root.classList.toggle("choosing", !!running && running.kind !== "say" && running.kind !== "open");
    const count = find(".count");
    if (count && last.session && count.textContent !== String(last.count)) count.textContent = last.count;
    const drawer = find('[data-do="drawer"]');
    if (drawer) drawer.setAttribute("aria-expanded", String(root.classList.contains("drawn")));
    shut();
  }

  function refresh() {
    if (props.told && props.told.run < run) return; // the rest of something that was given up
    for (const name of REGIONS) if (props[name]) draw(name, props[name]);
    if (props.past === "") draw("past", "");
    const told = props.told || {};
    const first = following && last.rest;
    if (told.at && told.at !== last.at) hear(told.session ? told : { ...last, ...told });
    touchUp();
    if (following) requestAnimationFrame(() => follow(first));
  }

  function hear(told) {
    const before = last;
    last = told;
    if (!told.session) { running = null; restore(); return; }
    const sessions = { ...memory.sessions, [told.catalogue]: told.session };
    remember({ sessions, catalogue: told.catalogue, language: told.language, version: told.version });
    root.lang = document.documentElement.lang = told.language === "zh" ? "zh-Hans" : "en";
    find(".log").setAttribute("aria-label", told.talk);
    root.classList.toggle("begun", told.turns > 0 || !!running);
    root.classList.toggle("many", told.turns > 1 || (told.turns > 0 && !!running && (running.kind === "say" || running.kind === "more")));
    if (told.session !== before.session) open.clear();
    if (!told.rest) return;
    if (told.failed) restore();
    unanswered = "";
    running = null;
    const next = waiting.shift();
    if (next) send(next);
    if (!before.session && told.turns) requestAnimationFrame(() => scrollTo({ top: document.body.scrollHeight }));
  }

  function restore() {
    const field = message();
    if (field && !field.value.trim() && unanswered) { field.value = unanswered; grow(field); }
  }

  // ---- telling the server

  function send(told) {
    if (running) { trigger("stop", {}); waiting = []; }
    running = told;
    const pending = told.kind === "say" || told.kind === "edit" ? unanswered : "";
    if (told.kind === "say") unanswered = pending && !told.again ? `${pending}\n${told.text}` : told.text;
    else if (told.kind !== "edit") unanswered = "";
    const sessions = memory.sessions || {};
    const catalogue = told.catalogue || last.catalogue || memory.catalogue || "";
    run += 1;
    trigger("submit", { ...told, run, pending: told.again ? "" : pending, session: sessions[catalogue] || "", catalogue, language: told.language || language() });
    following = told.kind === "say" || told.kind === "more";
    if (following) root.classList.add("begun");
    touchUp();
  }

  const later = (told) => { if (running) waiting.push(told); else send(told); };

  function say(text, again = false) {
    text = text.trim();
    if (!text) { if (running && running.kind === "say") halt(); return; }
    const field = message();
    field.value = "";
    grow(field);
    closeDrawer();
    open.clear();
    send({ kind: "say", text, again });
  }

  function halt() {
    trigger("stop", {});
    running = null;
    restore();
    unanswered = "";
    send({ kind: "open" });
  }

  // The exchange that is going on stays at the top of the window until the person scrolls away from it.
  let following = false;

  function follow(smooth) {
    const bubble = find(".live .me") || find(".live .exchange");
    if (!following || !bubble) return;
    const calm = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = root.classList.contains("many") ? bubble.getBoundingClientRect().top + scrollY - parseFloat(getComputedStyle(bubble).scrollMarginTop) : 0;
    if (Math.abs(top - scrollY) > 3) scrollTo({ top, behavior: calm ? "auto" : "smooth" });
  }

  const letGo = () => { following = false; };

  // ---- hands

  const actions = {
    say: (b) => say(b.dataset.say, !!b.closest(".trouble")),
    like: (b) => { b.setAttribute("aria-pressed", "true"); later({ kind: "like", id: b.dataset.id }); },
    dislike: (b) => { b.setAttribute("aria-pressed", "true"); later({ kind: "dislike", id: b.dataset.id }); },
    seen: (b) => later({ kind: "seen", id: b.dataset.id }),
    more: (b) => later({ kind: "more", id: b.dataset.id }),
    why: (b) => { const id = b.dataset.id; if (!open.delete(id)) open.add(id); touchUp(); },
    without: (b) => later({ kind: "without", id: b.dataset.id, label: b.dataset.label }),
    back: () => send({ kind: "back" }),
    delete: (b) => edit({ kind: "delete", text: b.dataset.text }),
    unlimit: (b) => edit({ kind: "unlimit", field: b.dataset.field, op: b.dataset.op }),
    undo: () => edit({ kind: "undo" }),
    clear: () => edit({ kind: "clear" }),
    new: () => { closeDrawer(); unanswered = ""; open.clear(); send({ kind: "new" }); message().focus({ preventScroll: true }); },
    language: (b) => { remember({ language: b.dataset.language }); send({ kind: "open" }); },
    drawer: () => (root.classList.contains("drawn") ? closeDrawer() : openDrawer()),
    close: () => closeDrawer(),
  };

  const edit = (change) => send({ kind: "edit", edit: change });

  function pressed(event) {
    const button = event.target.closest("[data-do]");
    if (!button || !root.contains(button) || !actions[button.dataset.do]) return;
    if (button.nodeName === "BUTTON" || button.classList.contains("shade")) actions[button.dataset.do](button);
  }

  function submitted(event) {
    event.preventDefault();
    const form = event.target;
    if (form.dataset.do === "write") return say(message().value);
    const field = form.querySelector("input");
    const text = field.value.trim();
    if (!text) return field.focus();
    field.value = "";
    if (form.dataset.do === "add") edit({ kind: "add", text, weight: Number((event.submitter && event.submitter.value) || 0.8) });
    else edit({ kind: "limit", field: "price", op: "<=", value: Number(text) });
  }

  function grow(field) {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
    touchUp();
  }

  function slid(slider) {
    const amount = Number(slider.value);
    const side = slider.closest(".point");
    slider.style.setProperty("--n", String(0.5 + amount / 2));
    side.classList.toggle("against", amount < 0);
    side.classList.toggle("for", amount >= 0);
    const shown = String(Math.abs(Math.round(amount * 100) / 100));
    side.querySelector(".number").textContent = (amount < 0 ? "−" : "") + (shown.includes(".") ? shown : `${shown}.0`);
  }

  // ---- the drawer on a narrow screen

  function openDrawer() {
    root.classList.add("drawn");
    touchUp();
    const shutButton = find("aside .shut");
    if (shutButton) shutButton.focus({ preventScroll: true });
  }

  function closeDrawer() {
    if (!root.classList.contains("drawn")) return;
    root.classList.remove("drawn");
    touchUp();
    const button = find('[data-do="drawer"]');
    if (button) button.focus({ preventScroll: true });
  }

  function shut() {
    const drawn = root.classList.contains("drawn") && narrow.matches;
    find(".talk").inert = drawn;
    find("header").inert = drawn;
    find("aside").inert = narrow.matches && !drawn;
  }

  // ---- the model's state, and whether the server is there

  let missed = 0;
  async function lookAfter() {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch(`model?language=${language()}`, { cache: "no-store", signal: AbortSignal.timeout(5000) });
        if (!answer.ok) throw new Error(answer.statusText);
        missed = 0;
        lost("");
        const fresh = document.createElement("div");
        fresh.innerHTML = await answer.text();
        const state = find(".state");
        if (state && fresh.firstChild && !state.isEqualNode(fresh.firstChild)) state.replaceWith(fresh.firstChild);
      } catch {
        missed += 1;
        if (missed >= 2) {
          const zh = language() === "zh";
          lost(zh ? root.dataset.lostZh : root.dataset.lostEn);
          if (running) { restore(); running = null; waiting = []; unanswered = ""; touchUp(); }
        }
      }
    }
    setTimeout(lookAfter, missed ? 1500 : 3000);
  }

  function lost(words) {
    const line = find(".lost");
    line.hidden = !words;
    if (line.textContent !== words) line.textContent = words;
  }

  function knock() {
    // the first word may be lost while Gradio is still starting: it is said until it is heard
    if (last.session) return;
    running = null;
    send({ kind: "open" });
    setTimeout(knock, 2500);
  }

  function begin(element, send_, props_, watch) {
    root = element.querySelector(".rapport");
    trigger = send_;
    props = props_;
    last = {};
    drawn = {};
    root.addEventListener("click", pressed);
    root.addEventListener("submit", submitted);
    root.addEventListener("input", ({ target }) => {
      if (target.id === "message") grow(target);
      if (target.type === "range") { dragging = target; slid(target); }
    });
    root.addEventListener("change", ({ target }) => {
      if (target.type === "range") { dragging = null; edit({ kind: "weight", text: target.dataset.text, weight: Number(target.value) }); }
      if (target.nodeName === "SELECT") { unanswered = ""; send({ kind: "open", catalogue: target.value }); }
    });
    root.addEventListener("keydown", (event) => {
      if (event.target.id === "message" && event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        say(message().value);
      }
      if (event.key === "Escape") closeDrawer();
    });
    for (const name of ["wheel", "touchmove", "pointerdown"]) addEventListener(name, letGo, { passive: true });
    narrow.addEventListener("change", shut);
    addEventListener("storage", () => { // another tab went on with this talk
      memory = kept();
      if (!running && (memory.sessions || {})[last.catalogue] === last.session && memory.version > last.version) send({ kind: "open" });
    });
    watch([...REGIONS, "told"], refresh);
    knock();
    setTimeout(lookAfter, 4000);
  }

  return { begin };
})();
