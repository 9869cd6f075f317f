/**
 * Rapport's widget: a conversation with a shop on any page, by one line:
 *
 *   <script src="https://talk.shop.example/widget.js" data-site="site_…" async></script>
 *
 * One file, no dependency. Everything stands in a shadow root with a constructed style sheet, so the page and the widget
 * leave each other alone and no inline style is needed. What comes from the server becomes text, never markup.
 * The page `/widget` of the server explains the attributes; `tests/browser/test_widget.py` drives all of it in Chromium.
 */
(() => {
  "use strict";

  /**
   * @typedef {{quote: string, text: string, side: "for" | "against"}} Reason
   * @typedef {{term: string, label: string, weight: number, amount: number}} Contribution
   * @typedef {{name: string, label: string, text: string}} Fact
   * @typedef {{id: string, title: string, url: string | null, picture: string, price: number | null, currency: string | null,
   *   facts: Fact[], reasons: Reason[], contributions: Contribution[], limits: {text: string}[], sentence: string}} Card
   * @typedef {{label: string, say: string}} Chip
   * @typedef {{text: string, weight: number, quote: string, source: string}} Point
   * @typedef {{field: string, op: string, words: string}} Limit
   * @typedef {{points: Point[], limits: Limit[], version: number}} Profile
   * @typedef {{id: string, text: string, context?: object}} Pending a message whose answer is not known yet
   * @typedef {{id: string, user: string, lead: string, items: Card[], chips: Chip[], status: string, trouble: string,
   *   topic: string, provisional: boolean, blocked: boolean, done: boolean, mine: boolean, node: HTMLElement, says: Map<string, HTMLElement>,
   *   reply: HTMLElement | null}} Exchange
   * @typedef {{session: string, catalogue: string, pending: Pending[], marks: Record<string, string>, unread: number,
   *   sound: boolean, outbox: {id: string, kind: string, item: string}[]}} Kept what the browser keeps of one conversation
   */

  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript || document.querySelector('script[src*="/widget.js"][data-site], script[src*="/widget.js"]'));
  const earlier = /** @type {any} */ (window).Rapport;
  if (!script || (earlier && earlier.destroy)) return;
  const given = script.dataset;
  const base = new URL(".", script.src).href.replace(/\/$/, "");

  // ---- words

  const WORDS = {
    en: {
      title: "Ask the shop", unread: "{n} unread", close: "Close", back: "Back", log: "Conversation",
      greeting: "Hello. Tell me what you are after, in your own words.", looking: "You are looking at {title}. Ask about it, or tell me what it is for.",
      hint: "Write here", message: "Message", send: "Send", starters: "Ways to begin", answers: "Answers to choose from", shown: "Suggestions",
      about_this: "Tell me about this one", goes_with: "What goes with it?", reading: "Reading your message", guess: "First guess from your words; still reading",
      lost: "No connection. What you wrote is kept, and sent as soon as the line is back.", again: "Send it again", failed: "That did not work.",
      forgotten: "The earlier conversation is no longer kept, so this begins a new one.", like: "Like", dislike: "Not for me", why: "Why", side: "Side by side",
      on: "{action}: {title}", picture: "Picture of {title}", for: "speaks for it", against: "speaks against it", what: "What counts", amount: "Adds",
      total: "In all", checked: "Limits checked", no: "no {label}", you: "You", you_long: "You {n}: what counts for you", profile: "What counts for you",
      nothing: "Nothing yet. What you say is kept here, with how much it counts.", weight: "How much “{text}” counts, from against to for",
      forget: "Forget “{text}”", limits: "Limits", none: "None set.", lift: "Lift the limit {text}", add: "Add what counts", eg: "e.g. wool", for_it: "For",
      against_it: "Against", most: "Price at most", set: "Set", undo: "Undo", clear: "Start over", new: "New talk", drop: "Delete this talk",
      sure: "Really delete it?", stale: "It was changed in another window meanwhile; this is how it stands now.", sound: "Sound when an answer comes",
      data: "Your data", items: "{n} suggestions", edited: "set by you",
      term_similar: "like what you liked", term_rating: "rating", term_popularity: "popularity", term_behaviour: "what others chose", term_variety: "variety",
      person: "Talk to a person", contact: "Where to write to, if you like", pass_on: "Pass it on",
      term_offer: "on offer", term_recent: "how new", term_delivery: "delivery", term_goes_with: "goes with {label}",
    },
    zh: {
      title: "问问店家", unread: "{n} 条未读", close: "关闭", back: "返回", log: "对话",
      greeting: "你好。用你自己的话说说想找什么。", looking: "你正在看{title}。可以问它的情况，也可以说说用在哪里。",
      hint: "在这里输入", message: "消息", send: "发送", starters: "可以这样开始", answers: "可选的回答", shown: "推荐",
      about_this: "介绍一下这个", goes_with: "可以搭配什么？", reading: "正在读你的话", guess: "先按字面猜的，还在细读",
      lost: "连接断开了。你写的话已经留着，恢复后马上发送。", again: "再发一次", failed: "没有成功。",
      forgotten: "之前的对话已不再保存，这里开始新的对话。", like: "喜欢", dislike: "不合适", why: "为什么", side: "并排比较",
      on: "{action}：{title}", picture: "{title}的图片", for: "支持", against: "反对", what: "看重的方面", amount: "加分",
      total: "合计", checked: "已核对的限制", no: "不要{label}", you: "我的", you_long: "我的 {n}：你在意的", profile: "你在意的",
      nothing: "还没有。你说的话会记在这里，并标出分量。", weight: "“{text}”的分量，从反对到支持",
      forget: "删除“{text}”", limits: "限制", none: "没有限制。", lift: "取消限制：{text}", add: "添加你在意的", eg: "例如：羊毛", for_it: "要",
      against_it: "不要", most: "价格不超过", set: "设定", undo: "撤销", clear: "全部清除", new: "新对话", drop: "删除这次对话",
      sure: "确定删除吗？", stale: "刚才在另一个窗口里改动过，这是现在的样子。", sound: "有回答时响一声",
      data: "你的数据", items: "{n} 个推荐", edited: "由你设定",
      term_similar: "与你喜欢的相似", term_rating: "评分", term_popularity: "受欢迎程度", term_behaviour: "他人的选择", term_variety: "多样性",
      person: "转人工", contact: "怎么联系你（可不填）", pass_on: "转交",
      term_offer: "优惠", term_recent: "新旧", term_delivery: "送达", term_goes_with: "与{label}搭配",
    },
  };
  const wanted = given.locale && given.locale !== "auto" ? given.locale : document.documentElement.lang || navigator.language || "en";
  const language = /^zh/i.test(wanted) ? "zh" : "en";

  /** A text in the person's language, its places filled. @param {string} name @param {Record<string, string | number>} [values] */
  const say = (name, values = {}) =>
    (/** @type {Record<string, string>} */ (WORDS[language])[name] || "").replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));

  // ---- settings of the line

  const target = given.target || "";
  const whole = given.position === "page";
  const inline = !!target;
  const floating = !inline && !whole;
  const storage = (() => {
    try {
      if (given.storage === "none") return null;
      const place = given.storage === "session" ? sessionStorage : localStorage;
      place.getItem("rapport");
      return place;
    } catch { return null; } // a browser that keeps nothing: this page only
  })();

  // ---- making elements: attributes and text, never markup

  const SVG = "http://www.w3.org/2000/svg";
  const leaving = new AbortController();

  /**
   * An element. `on…` listens, `text` is its text, the rest are attributes; null and false are left out.
   * @param {string} name @param {Record<string, any>} [more] @param {...(Node | string | null | false | undefined)} inside
   * @returns {HTMLElement}
   */
  function make(name, more = {}, ...inside) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(more)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key === "text") element.textContent = value;
      else element.setAttribute(key, value === true ? "" : String(value));
    }
    for (const part of inside) if (part) element.append(part);
    return element;
  }

  /** A drawing of lines. @param {string} box @param {[string, Record<string, string>][]} shapes @param {string} [kind] */
  function drawing(box, shapes, kind = "icon") {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", box);
    svg.setAttribute("class", kind);
    svg.setAttribute("aria-hidden", "true");
    for (const [name, attributes] of shapes) {
      const shape = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
      svg.append(shape);
    }
    return svg;
  }
  const mark = () => drawing("0 0 26 26", [["circle", { class: "want", cx: "9.5", cy: "13", r: "8" }], ["circle", { class: "have", cx: "16.5", cy: "13", r: "8" }]], "mark");
  const icons = {
    close: () => drawing("0 0 24 24", [["path", { d: "M6 6 18 18M18 6 6 18" }]]),
    back: () => drawing("0 0 24 24", [["path", { d: "M14 5 7 12 14 19" }]]),
    send: () => drawing("0 0 24 24", [["path", { d: "M12 19V5M6 11 12 5 18 11" }]]),
  };
  /** @param {string} text @param {(event: Event) => void} press @param {Record<string, any>} [more] */
  const button = (text, press, more = {}) => make("button", { type: "button", text, onclick: press, ...more });
  const unseen = (/** @type {string} */ text) => make("span", { class: "unseen", text });

  // ---- the look

  const SHEET = `
:host { all: initial !important; contain: none !important; color-scheme: light dark !important; }
:host(.floating) { position: fixed !important; inset: auto !important; width: 0 !important; height: 0 !important; overflow: visible !important; z-index: 2147483647 !important; display: block !important; }
:host(.whole) { position: fixed !important; inset: 0 !important; display: block !important; }
:host(.inline) { display: block !important; position: relative !important; width: 100% !important; height: 100% !important; min-height: 460px !important; }
.rapport, .rapport * { box-sizing: border-box; }
.rapport {
  --paper: #faf8f3; --card: #fff; --ink: #1e2a30; --soft: #5b6a71; --line: #e4dfd5; --wash: #f2eee5; --edge: #8a8577;
  --bar: #0e6a62; --on-bar: #fff; --for: #0e6a62; --for-wash: #dcefeb; --against: #a84b23; --against-wash: #f8e4d9; --focus: #1c6fd1; --shadow: #0003;
  font: 14px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink); text-align: start; -webkit-font-smoothing: antialiased; -webkit-text-size-adjust: 100%; color-scheme: light; height: 100%;
}
.rapport.dark {
  --paper: #12181b; --card: #1a2226; --ink: #e9efee; --soft: #9fb0b4; --line: #2b363b; --wash: #202a2e; --edge: #66767b;
  --bar: #57c7b8; --on-bar: #000; --for: #57c7b8; --for-wash: #16342f; --against: #ec9a74; --against-wash: #3a2419; --focus: #7db6ff; --shadow: #000a; color-scheme: dark;
}
p, h2, h3, ul, li, figure, table { margin: 0; padding: 0; font: inherit; }
ul { list-style: none; }
[hidden] { display: none !important; }
button, input, textarea { font: inherit; color: inherit; margin: 0; letter-spacing: inherit; }
button { cursor: pointer; border: 1px solid var(--line); background: transparent; border-radius: 99px; padding: 5px 12px; min-height: 36px; font-size: 13px; line-height: 18px; }
button:hover { background: var(--wash); }
button:disabled { opacity: .55; cursor: default; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
q { quotes: "“" "”"; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block; }
.mark { fill: none; stroke: currentColor; stroke-width: 2.4; display: block; }
.mark .have { opacity: .62; }

.launch {
  position: fixed; bottom: max(20px, env(safe-area-inset-bottom)); right: 22px; width: 58px; height: 58px; border-radius: 50%; border: 0; padding: 0; display: grid;
  place-items: center; background: var(--bar); color: var(--on-bar); box-shadow: 0 8px 26px var(--shadow), 0 0 0 1px #ffffff40;
}
.launch:hover { background: var(--bar); box-shadow: 0 10px 30px var(--shadow), 0 0 0 3px #ffffff55; }
.launch:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
.launch .mark { width: 31px; height: 31px; } .launch > .icon { display: none; }
.open .launch .mark { display: none; } .open .launch > .icon { display: block; }
.left .launch { right: auto; left: 22px; }
.count { position: absolute; top: -3px; right: -3px; min-width: 22px; height: 22px; border-radius: 11px; padding: 0 6px; font-size: 12px; line-height: 22px; font-weight: 650; background: #a84b23; color: #fff; box-shadow: 0 0 0 2px #fff; }

.panel {
  display: flex; flex-direction: column; overflow: hidden; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  position: fixed; right: 22px; bottom: 92px; width: 388px; height: 640px; max-height: calc(100vh - 112px); max-width: calc(100vw - 44px); border-radius: 18px;
  box-shadow: 0 18px 60px var(--shadow), 0 0 0 1px var(--line);
}
.left .panel { right: auto; left: 22px; }
.inline .panel, .whole .panel { position: absolute; inset: 0; width: auto; height: auto; max-width: none; max-height: none; border-radius: 14px; box-shadow: 0 0 0 1px var(--line) inset; }
.whole .panel { border-radius: 0; box-shadow: none; }
.whole .log, .whole .write, .whole .page, .whole .lost { width: 100%; max-width: 760px; align-self: center; }
.head { flex: none; display: flex; align-items: center; gap: 6px; min-height: 56px; padding: 6px 6px 6px 14px; background: var(--bar); color: var(--on-bar); }
.head .mark { width: 25px; height: 25px; flex: none; }
.head h2 { flex: 1; min-width: 0; font-weight: 650; font-size: 15px; margin-inline-start: 4px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.dark .head { background: var(--card); color: var(--ink); box-shadow: inset 0 -1px var(--line); }
.dark .head .mark { color: var(--for); }
.head button { color: inherit; border-color: transparent; min-width: 44px; min-height: 44px; padding: 0 11px; display: grid; place-items: center; grid-auto-flow: column; gap: 6px; }
.head button:hover { background: color-mix(in srgb, currentColor 16%, transparent); }
.head :focus-visible { outline-color: currentColor; outline-offset: -3px; }
.head b { font-weight: 650; border: 1px solid currentColor; border-radius: 99px; padding: 0 6px; font-size: 12px; line-height: 18px; }
.lost { flex: none; background: var(--against-wash); padding: 9px 16px; font-size: 13px; }

.log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column; gap: 18px; position: relative; scrollbar-width: thin; }
.exchange { display: flex; flex-direction: column; gap: 12px; }
.me { align-self: flex-end; max-width: 84%; background: var(--ink); color: var(--paper); padding: 8px 13px; border-radius: 16px 16px 4px 16px; white-space: pre-line; }
.reply { max-width: 94%; white-space: pre-line; text-wrap: pretty; }
.blocked { border-inline-start: 3px solid var(--against); padding-inline-start: 11px; }
.status { color: var(--soft); font-size: 13px; } .status::after { content: "…"; }
.trouble { background: var(--against-wash); border-radius: 12px; padding: 10px 13px; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.trouble p { flex: 1 1 180px; }
.trouble button { border-color: var(--against); }
.chips { display: flex; flex-wrap: wrap; gap: 6px; }
.chips button { background: var(--for-wash); border-color: transparent; color: var(--for); font-weight: 550; text-align: start; }
.chips button:hover { border-color: var(--for); }
.chips .plain { background: transparent; border-color: var(--line); color: inherit; font-weight: 400; }
.person input { flex: 1 1 100%; min-width: 0; border: 1px solid var(--edge); background: var(--card); border-radius: 99px; padding: 5px 15px; min-height: 44px; font-size: 16px; }
.person button { min-height: 44px; }
.opening .chips { flex-direction: column; align-items: flex-start; }
.consent { white-space: pre-line; font-size: 13px; color: var(--soft); }

.cards { display: flex; flex-direction: column; gap: 10px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 10px; display: grid; grid-template-columns: 78px minmax(0, 1fr); gap: 4px 12px; align-items: start; }
.first .card { border-style: dashed; border-color: var(--edge); }
.card.gone > :not(.acts) { opacity: .5; }
.card figure { grid-row: 1 / span 3; background: var(--wash); border-radius: 8px; overflow: hidden; aspect-ratio: 4 / 3; }
.card img { display: block; width: 100%; height: 100%; object-fit: cover; font-size: 11px; color: var(--soft); }
.card h3 { display: flex; justify-content: space-between; gap: 8px; font-weight: 600; line-height: 1.35; }
.card a { color: inherit; text-decoration: underline; text-decoration-color: var(--edge); text-underline-offset: 2px; }
.price { white-space: nowrap; font-variant-numeric: tabular-nums; }
.reasons, .facts { font-size: 12.5px; line-height: 1.45; color: var(--soft); }
.reasons li { display: grid; grid-template-columns: 14px minmax(0, 1fr); gap: 3px; }
.reasons i { font-style: normal; font-weight: 700; color: var(--for); } .reasons .against i { color: var(--against); }
.reasons q { color: var(--for); font-weight: 550; } .reasons .against q { color: var(--against); }
.say { grid-column: 2; font-size: 13px; line-height: 1.45; text-wrap: pretty; }
.say:empty { display: none; }
.acts { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 6px; margin-top: 6px; }
.acts [aria-pressed="true"][data-do="like"] { background: var(--for-wash); color: var(--for); border-color: transparent; font-weight: 550; }
.acts [aria-pressed="true"][data-do="dislike"] { background: var(--against-wash); color: var(--against); border-color: transparent; font-weight: 550; }
.acts [aria-expanded="true"] { background: var(--wash); border-color: transparent; }
.sum { grid-column: 1 / -1; background: var(--wash); border-radius: 9px; padding: 9px 11px; margin-top: 4px; font-size: 12.5px; }
.sum table { width: 100%; border-collapse: collapse; }
.sum :is(th, td) { text-align: start; font-weight: 400; padding: 2px 0; vertical-align: middle; }
.sum thead th { color: var(--soft); }
.sum .number { text-align: end; font-variant-numeric: tabular-nums; padding-inline-start: 8px; white-space: nowrap; }
.sum .bar { width: 34%; padding-inline-start: 8px; }
.sum .bar i { display: block; height: 8px; min-width: 2px; width: var(--w); border-radius: 4px; background: var(--for); } .sum .bar i.against { background: var(--against); }
.sum tfoot :is(th, td) { border-top: 1px solid var(--edge); padding-top: 5px; font-weight: 600; }
.sum p { color: var(--soft); margin-top: 6px; }

.page { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column; gap: 12px; }
.page h3 { font-weight: 650; }
.page .soft, .page small { color: var(--soft); font-size: 12.5px; }
.point { display: grid; grid-template-columns: minmax(0, 1fr) auto 44px; gap: 0 6px; align-items: center; border-bottom: 1px solid var(--line); padding-bottom: 8px; --tone: var(--for); }
.point.against { --tone: var(--against); }
.point b { font-weight: 600; } .point .number { font-variant-numeric: tabular-nums; }
.point button, .limit button { border: 0; min-height: 44px; width: 44px; padding: 0; display: grid; place-items: center; color: var(--soft); }
.point .icon, .limit .icon { width: 15px; height: 15px; }
.point input {
  grid-column: 1 / -1; width: 100%; height: 30px; margin: 0; cursor: pointer; appearance: none; -webkit-appearance: none; border-radius: 9px;
  background: linear-gradient(90deg, #0000 var(--l), var(--tone) var(--l) var(--r), #0000 var(--r)) center / 100% 4px no-repeat, linear-gradient(var(--edge), var(--edge)) center / 1px 14px no-repeat, linear-gradient(var(--line), var(--line)) center / 100% 3px no-repeat;
}
.point input::-webkit-slider-thumb { -webkit-appearance: none; width: 20px; height: 20px; border-radius: 50%; background: var(--paper); border: 3px solid var(--tone); }
.point input::-moz-range-thumb { width: 14px; height: 14px; border-radius: 50%; background: var(--paper); border: 3px solid var(--tone); }
.point small { grid-column: 1 / -1; }
.limit { display: inline-flex; align-items: center; background: var(--wash); border-radius: 99px; padding-inline-start: 13px; font-size: 13px; margin: 0 6px 6px 0; }
.row { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.row input:not([type=checkbox]) { flex: 1 1 90px; min-width: 0; border: 1px solid var(--edge); background: var(--card); border-radius: 99px; padding: 5px 13px; min-height: 44px; font-size: 16px; }
.row input[type=checkbox] { width: 20px; height: 20px; accent-color: var(--for); }
.row label { display: flex; gap: 8px; align-items: center; min-height: 44px; }
.page .row button { min-height: 44px; }
.danger { color: var(--against); border-color: var(--against); }
.compare { overflow-x: auto; }
.compare table { border-collapse: collapse; font-size: 13px; min-width: 100%; }
.compare :is(th, td) { text-align: start; vertical-align: top; padding: 7px 10px; border-top: 1px solid var(--line); font-weight: 400; min-width: 88px; }
.compare :is(th, td):first-child { position: sticky; inset-inline-start: 0; background: var(--paper); min-width: 66px; padding-inline-start: 0; }
.compare thead :is(th, td) { border-top: 0; font-weight: 600; }
.compare tbody th { color: var(--soft); } .compare .same { color: var(--soft); }

.write { flex: none; display: flex; gap: 8px; align-items: flex-end; padding: 10px 12px 8px; border-top: 1px solid var(--line); }
.write textarea { flex: 1; min-width: 0; border: 1px solid var(--edge); background: var(--card); border-radius: 22px; padding: 10px 15px; font-size: 16px; line-height: 22px; height: 44px; max-height: 132px; resize: none; }
.write textarea:focus-visible { outline-offset: -2px; }
::placeholder { color: var(--soft); opacity: 1; }
.write button { flex: none; width: 44px; height: 44px; border: 0; border-radius: 50%; padding: 0; display: grid; place-items: center; background: var(--bar); color: var(--on-bar); }
.foot { flex: none; text-align: center; color: var(--soft); font-size: 12px; padding: 0 8px max(4px, env(safe-area-inset-bottom)); }
.foot button { border: 0; padding: 0 8px; font-size: 12px; color: inherit; text-decoration: underline; text-underline-offset: 2px; min-height: 32px; }

@media (max-width: 480px) {
  .floating .panel { inset: 0; width: auto; height: auto; max-width: none; max-height: none; border-radius: 0; top: var(--top, 0px); bottom: auto; height: var(--high, 100dvh); }
  .floating.open .launch { display: none; }
}
@media (pointer: coarse) { button { min-height: 44px; } .foot button { min-height: 44px; } .acts button { padding: 5px 13px; } .point input { height: 44px; } }
@media (prefers-reduced-motion: no-preference) {
  .floating .panel { animation: rise .16s ease-out; } @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
  .status { animation: breathe 2.2s ease-in-out infinite; } @keyframes breathe { 50% { opacity: .6; } }
}
@media (forced-colors: active) { .launch, .head { border: 1px solid; } .sum .bar i { background: CanvasText; } .sum .bar i.against { background: GrayText; } }
`;

  // ---- colours: whatever accent is given, text on it and in it can be read (WCAG 2.2: 4.5 to 1)

  /** Red, green and blue of any CSS colour; null for what is none. @param {string} colour @returns {number[] | null} */
  function parsed(colour) {
    if (!CSS.supports("color", colour)) return null;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return null;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }
  const luminance = (/** @type {number[]} */ rgb) => {
    const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (/** @type {number[]} */ a, /** @type {number[]} */ b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const mixed = (/** @type {number[]} */ a, /** @type {number[]} */ b, /** @type {number} */ share) => a.map((c, i) => Math.round(c * (1 - share) + b[i] * share));
  const css = (/** @type {number[]} */ rgb) => `rgb(${rgb.join(" ")})`;

  /** The accent and what goes with it, as values of the sheet. @param {string} accent @param {boolean} dark @returns {Record<string, string>} */
  function colours(accent, dark) {
    const bar = accent && parsed(accent);
    if (!bar) return {};
    const [white, black] = [[255, 255, 255], [0, 0, 0]];
    const [card, paper] = dark ? [[26, 34, 38], [18, 24, 27]] : [white, [250, 248, 243]];
    const wash = mixed(card, bar, dark ? 0.2 : 0.12);
    let tone = bar;
    for (let share = 0; share <= 1 && Math.min(...[wash, card, paper].map((b) => contrast(tone, b))) < 4.6; share += 0.04) tone = mixed(bar, dark ? white : black, share);
    return { "--bar": css(bar), "--on-bar": contrast(bar, white) >= contrast(bar, black) ? "#fff" : "#000", "--for": css(tone), "--for-wash": css(wash) };
  }

  // ---- what the browser keeps

  /** @type {string} */ let person = ""; // as the signed identity names them; their talk is kept apart
  const place = () => `rapport ${base} ${given.site || ""} ${given.catalogue || ""}${person ? ` ${person}` : ""}`;
  /** @returns {Kept} */
  const nothing = () => ({ session: "", catalogue: given.catalogue || "", pending: [], marks: {}, unread: 0, sound: false, outbox: [] });
  /** @type {Kept} */ let kept = nothing();

  function recall() {
    try { kept = { ...nothing(), ...JSON.parse((storage && storage.getItem(place())) || "{}") }; } catch { kept = nothing(); }
  }
  /** Keep changes, on top of what another tab may have kept meanwhile. @param {(now: Kept) => void} change */
  function keep(change) {
    if (storage) recall();
    change(kept);
    try { if (storage) storage.setItem(place(), JSON.stringify(kept)); } catch { /* full or forbidden: this page only */ }
  }

  // ---- the server

  class Refused extends Error {
    /** @param {number} status @param {any} problem @param {Response} answer */
    constructor(status, problem, answer) {
      super(problem.detail || answer.statusText);
      this.status = status;
      this.kind = String(problem.type || "").split(":").pop() || "";
      this.wait = Number(answer.headers.get("Retry-After")) || 0;
    }
  }
  /** @type {string | (() => string | Promise<string>)} */ let identity = "";

  /** @param {string} path @param {Omit<RequestInit, "headers"> & {json?: unknown, headers?: Record<string, string>}} [how] */
  async function call(path, how = {}) {
    const token = typeof identity === "function" ? await identity() : identity;
    /** @type {Record<string, string>} */ const headers = { Accept: "application/json", ...how.headers };
    if (given.site) headers["X-Rapport-Site"] = given.site;
    if (token) headers["X-Rapport-Identity"] = token;
    if (how.json !== undefined) headers["Content-Type"] = "application/json";
    const { json, ...rest } = how;
    const answer = await fetch(base + path, { credentials: "omit", mode: "cors", signal: leaving.signal, ...rest, headers, body: json === undefined ? undefined : JSON.stringify(json) });
    if (answer.ok) return answer;
    let problem = {};
    try { problem = await answer.json(); } catch { /* a proxy's page */ }
    throw new Refused(answer.status, problem, answer);
  }
  const read = async (/** @type {string} */ path, /** @type {any} */ how = {}) => (await call(path, how)).json();

  /**
   * The events of a stream, by the HTML standard's rules.
   * @param {Response} answer @param {() => void} alive called with every piece that comes
   * @returns {AsyncGenerator<{event: string, data: string, id: string}>}
   */
  async function* events(answer, alive) {
    const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader();
    const decoder = new TextDecoder();
    let rest = "", event = "", data = /** @type {string[]} */ ([]), id = "", ended = false;
    try {
      while (!ended) {
        const { done, value } = await reader.read();
        ended = done;
        alive();
        rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
        const lines = rest.split(/\r\n|\n|\r(?!$)/);
        rest = lines.pop() || "";
        for (const line of lines) {
          if (line === "") {
            if (data.length) yield { event: event || "message", data: data.join("\n"), id };
            event = "";
            data = [];
            continue;
          }
          const colon = line.indexOf(":");
          const name = colon < 0 ? line : line.slice(0, colon);
          const said = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
          if (name === "event") event = said;
          else if (name === "data") data.push(said);
          else if (name === "id") id = said;
        }
      }
    } finally { reader.cancel().catch(() => {}); }
  }

  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
  const pause = (/** @type {number} */ ms) => new Promise((go) => {
    const awake = () => { clearTimeout(timer); removeEventListener("online", awake); go(undefined); };
    const timer = setTimeout(awake, ms);
    addEventListener("online", awake, { signal: leaving.signal });
  });

  // ---- the widget's parts

  const host = document.createElement("rapport-widget");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  shadow.adoptedStyleSheets = [sheet];
  const root = make("div", { class: "rapport", lang: language === "zh" ? "zh-Hans" : "en", dir: "ltr" });
  const kind = floating ? "floating" : inline ? "inline" : "whole";
  host.className = kind;
  root.classList.add(kind);
  if (given.position === "left") root.classList.add("left");
  const title = given.title || say("title");
  const badge = make("span", { class: "count", hidden: true });
  const launch = make("button", { type: "button", class: "launch", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": title, onclick: () => (shown() ? close() : open()) }, mark(), icons.close(), badge);
  const live = make("div", { class: "unseen", role: "status", "aria-live": "polite" });
  const you = make("b", { text: "0", "aria-hidden": "true" });
  const youButton = make("button", { type: "button", hidden: true, onclick: () => turnTo(profilePage) }, make("span", { text: say("you") }), document.createTextNode(" "), you);
  const backButton = make("button", { type: "button", hidden: true, "aria-label": say("back"), onclick: () => turnTo(null) }, icons.back());
  const heading = make("h2", { id: "title", text: title });
  const headMark = mark();
  const head = make("div", { class: "head" }, backButton, headMark, heading, youButton, floating && make("button", { type: "button", "aria-label": say("close"), onclick: () => close() }, icons.close()));
  const lost = make("p", { class: "lost", role: "status", hidden: true });
  const log = make("div", { class: "log", role: "log", "aria-live": "off", "aria-label": say("log"), tabindex: "0" });
  const page = make("div", { class: "page", hidden: true, tabindex: "-1" });
  const field = /** @type {HTMLTextAreaElement} */ (make("textarea", { rows: "1", "aria-label": say("message"), placeholder: say("hint"), enterkeyhint: "send", autocomplete: "off", maxlength: "4000" }));
  const write = make("form", { class: "write", onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); send(field.value, true); } }, field, make("button", { type: "submit", "aria-label": say("send") }, icons.send()));
  const foot = make("p", { class: "foot" }, button(say("person"), () => send(say("person"))), " · ", button(say("data"), () => turnTo(dataPage)));
  const panel = make("div", { class: "panel", role: inline || whole ? "region" : "dialog", "aria-labelledby": "title", hidden: floating }, head, lost, log, page, write, foot);
  root.append(panel);
  if (floating) root.append(launch);
  root.append(live);
  shadow.append(root);

  const lighting = matchMedia("(prefers-color-scheme: dark)");
  function dress() {
    const dark = given.theme === "dark" || (given.theme !== "light" && lighting.matches);
    root.classList.toggle("dark", dark);
    for (const [name, value] of Object.entries(colours(given.accent || "", dark))) root.style.setProperty(name, value);
  }
  dress();
  lighting.addEventListener("change", dress, { signal: leaving.signal });

  // ---- events for the page

  /** @param {string} name @param {object} [detail] @returns {boolean} false when the page took it over */
  const emit = (name, detail = {}) => host.dispatchEvent(new CustomEvent(`rapport:${name}`, { detail, bubbles: true, composed: true, cancelable: name === "click" }));

  // ---- drawing

  /** @type {Map<string, Exchange>} */ const exchanges = new Map();
  /** @type {{product?: string, title?: string, cart?: string[], orders?: string[]}} */ const around = { product: given.product };
  /** @type {Profile | null} */ let profile = null;
  let following = true; // the log follows the answer until the person scrolls
  let opening = /** @type {HTMLElement | null} */ (null);

  const money = (/** @type {number} */ amount, /** @type {string | null} */ currency) => {
    const whole = Number.isInteger(amount) ? { minimumFractionDigits: 0 } : {};
    try { return currency ? new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", { style: "currency", currency, ...whole }).format(amount) : String(amount); } catch { return `${amount} ${currency}`; }
  };
  const signed = (/** @type {number} */ hundredths) => `${hundredths < 0 ? "−" : "+"}${(Math.abs(hundredths) / 100).toFixed(2)}`;
  /** Hundredths that sum to the rounded total: the largest remainders are rounded up. @param {number[]} amounts */
  function addingUp(amounts) {
    const scaled = amounts.map((a) => a * 100);
    const parts = scaled.map(Math.floor);
    const short = Math.round(scaled.reduce((a, b) => a + b, 0)) - parts.reduce((a, b) => a + b, 0);
    [...parts.keys()].sort((a, b) => parts[a] - scaled[a] - (parts[b] - scaled[b])).slice(0, Math.max(0, short)).forEach((i) => { parts[i] += 1; });
    return parts;
  }
  const webAddress = (/** @type {string | null} */ url) => {
    try { const address = new URL(url || "", location.href); return url && /^https?:$/.test(address.protocol) ? address.href : ""; } catch { return ""; }
  };

  /** An exchange, made where it is not there. @param {string} id @param {string} user @returns {Exchange} */
  function exchange(id, user) {
    const known = exchanges.get(id);
    if (known) { if (user && !known.user) { known.user = user; draw(known); } return known; }
    const node = make("section", { class: "exchange" });
    const fresh = { id, user, lead: "", items: [], chips: [], status: "", trouble: "", topic: "", provisional: false, blocked: false, done: false, mine: true, node, says: new Map(), reply: null };
    exchanges.set(id, fresh);
    if (opening) { opening.remove(); opening = null; }
    for (const old of log.querySelectorAll(".chips")) old.remove();
    log.append(node);
    draw(fresh);
    return fresh;
  }

  /** @param {Exchange} x */
  function draw(x) {
    const newest = [...exchanges.values()].pop() === x;
    x.says = new Map();
    x.reply = x.lead ? make("p", { class: x.blocked ? "reply blocked" : "reply", dir: "auto", text: x.lead }) : null;
    const parts = [
      x.user && make("div", { class: "me", dir: "auto", text: x.user }),
      x.reply,
      x.items.length && x.provisional && make("p", { class: "status", text: say("guess") }),
      x.items.length && make("div", { class: x.provisional ? "cards first" : "cards", role: "group", "aria-label": say("shown") }, ...x.items.map((item) => card(x, item))),
      x.status && !x.done && !(x.items.length && x.provisional) && make("p", { class: "status", text: x.status }),
      x.trouble && make("div", { class: "trouble", role: "alert" }, make("p", { dir: "auto", text: x.trouble }), button(say("again"), () => { const text = x.user; x.node.remove(); exchanges.delete(x.id); send(text); })),
      newest && x.done && (x.chips.length || x.items.length > 1) && chips(x),
    ];
    x.node.replaceChildren(.../** @type {Node[]} */ (parts.filter(Boolean)));
    follow();
  }

  /** @param {Exchange} x */
  function chips(x) {
    if (x.topic === "person" && x.chips.length) return personForm(x);
    const compare = x.items.length > 1 && button(say("side"), () => sideBySide(x.items.map((i) => i.id)), { class: "plain", "data-do": "compare" });
    return make("div", { class: "chips", role: "group", "aria-label": say("answers") }, ...x.chips.map((c) => button(c.label, () => send(c.say), { dir: "auto" })), compare);
  }

  /** Consent, and where to write to: the conversation goes to a person only by this press. @param {Exchange} x */
  function personForm(x) {
    const contact = /** @type {HTMLInputElement} */ (make("input", { type: "text", maxlength: "200", autocomplete: "email", placeholder: say("contact"), "aria-label": say("contact") }));
    const agree = /** @type {HTMLButtonElement} */ (make("button", { type: "submit", class: "agree", text: say("pass_on") }));
    const pass = async (/** @type {Event} */ e) => {
      e.preventDefault();
      agree.disabled = true;
      try {
        const whole = await read(`/v1/sessions/${kept.session}/person`, { method: "POST", json: { consent: true, contact: contact.value.trim() } });
        finish(exchange(whole.message, ""), whole);
        emit("person");
      } catch (error) {
        agree.disabled = false;
        for (const old of form.querySelectorAll(".trouble")) old.remove();
        form.prepend(make("p", { class: "trouble", role: "alert", text: error instanceof Refused ? error.message : say("failed") }));
      }
    };
    const form = make("form", { class: "chips person", onsubmit: pass }, contact, agree, button(x.chips[x.chips.length - 1].label, () => send(x.chips[x.chips.length - 1].say), { class: "plain" }));
    return form;
  }

  /** @param {Exchange} x @param {Card} item */
  function card(x, item) {
    const url = webAddress(item.url);
    const named = (/** @type {string} */ action) => ({ "aria-label": say("on", { action: say(action), title: item.title }), "data-do": action });
    const name = url
      ? make("a", { href: url, dir: "auto", text: item.title, onclick: (/** @type {MouseEvent} */ e) => { if (!clicked(item, url)) e.preventDefault(); } })
      : make("span", { dir: "auto", text: item.title });
    const told = item.reasons.map((r) => make("li", { class: r.side }, make("i", { "aria-hidden": "true", text: r.side === "for" ? "✓" : "✗" }), make("span", {}, unseen(`${say(r.side)}: `), ...(r.quote ? [make("q", { text: r.quote }), " "] : []), r.text)));
    const facts = item.facts.filter((f) => !["price", "category", "rating_count", "tags", "goes_with", "also_in", "brand"].includes(f.name)).slice(0, 3).map((f) => (/^[\d.,]+$/.test(f.text) ? `${f.label} ${f.text}` : f.text)).join(" · ");
    const says = make("p", { class: "say", dir: "auto", text: item.sentence });
    x.says.set(item.id, says);
    const sum = make("div", { class: "sum", hidden: true });
    const mark = kept.marks[item.id];
    const press = (/** @type {"like" | "dislike"} */ how) => button(say(how), () => judge(item, how), { ...named(how), "aria-pressed": String(mark === how) });
    const why = button(say("why"), () => {
      sum.hidden = !sum.hidden;
      if (!sum.hidden && !sum.firstChild) sum.append(...sumOf(item));
      why.setAttribute("aria-expanded", String(!sum.hidden));
    }, { ...named("why"), "aria-expanded": "false" });
    return make(
      "article", { class: mark === "dislike" ? "card gone" : "card", "data-item": item.id, "aria-label": item.title },
      make("figure", {}, make("img", { loading: "lazy", decoding: "async", src: item.picture ? base + item.picture : null, alt: say("picture", { title: item.title }), width: "400", height: "300", referrerpolicy: "no-referrer" })),
      make("h3", {}, name, item.price === null ? null : make("span", { class: "price", text: money(item.price, item.currency) })),
      told.length ? make("ul", { class: "reasons" }, ...told) : make("p", { class: "facts", dir: "auto", text: facts }),
      says,
      x.provisional ? null : make("div", { class: "acts" }, press("like"), press("dislike"), item.contributions.length ? why : null),
      sum,
    );
  }

  /** The exact sum behind an item: the shown numbers add up to the shown total. @param {Card} item */
  function sumOf(item) {
    const terms = item.contributions.filter((c) => Math.abs(c.amount) >= 0.0005).sort((a, b) => b.amount - a.amount);
    const amounts = addingUp(terms.map((c) => c.amount));
    const most = Math.max(...terms.map((c) => Math.abs(c.amount)), 0.001);
    const rows = terms.map((c, i) => {
      const bar = make("i", { class: c.amount < 0 ? "against" : "" });
      bar.style.setProperty("--w", `${Math.round((100 * Math.abs(c.amount)) / most)}%`);
      const label = c.term === "interest" || c.term === "wish" ? (c.weight < 0 ? say("no", { label: c.label }) : c.label) : say(`term_${c.term}`, { label: c.label }) || c.label;
      return make("tr", {}, make("th", { scope: "row", dir: "auto", text: label }), make("td", { class: "bar", "aria-hidden": "true" }, bar), make("td", { class: "number", text: signed(amounts[i]) }));
    });
    const all = amounts.reduce((a, b) => a + b, 0);
    const table = make(
      "table", {}, make("caption", { class: "unseen", text: say("on", { action: say("why"), title: item.title }) }),
      make("thead", {}, make("tr", {}, make("th", { scope: "col", colspan: "2", text: say("what") }), make("th", { scope: "col", class: "number", text: say("amount") }))),
      make("tbody", {}, ...rows),
      make("tfoot", {}, make("tr", {}, make("th", { scope: "row", colspan: "2", text: say("total") }), make("td", { class: "number", text: signed(all).replace("+", "") }))),
    );
    return [table, ...(item.limits.length ? [make("p", { text: `${say("checked")}: ${item.limits.map((l) => l.text).join("; ")}` })] : [])];
  }

  function follow() {
    if (!following) return;
    const newest = [...exchanges.values()].pop();
    if (newest) log.scrollTop = Math.min(newest.node.offsetTop - 12, log.scrollHeight);
  }
  for (const name of ["wheel", "touchmove", "keydown"]) log.addEventListener(name, () => { following = false; }, { passive: true });

  const announce = (/** @type {string} */ words) => { if (live.textContent !== words) live.textContent = words; };

  function greet() {
    if (exchanges.size || opening) return;
    const about = around.title ? say("looking", { title: around.title }) : "";
    const ways = (given.starters || "").split("|").map((s) => s.trim()).filter(Boolean);
    const chosen = ways.length ? ways : around.product ? [say("about_this"), say("goes_with")] : [];
    const list = make("div", { class: "chips", role: "group", "aria-label": say("starters") }, ...chosen.map((s) => button(s, () => send(s), { dir: "auto" })));
    opening = make("section", { class: "exchange opening" }, make("p", { class: "reply", dir: "auto", text: given.greeting || about || say("greeting") }), list);
    log.append(opening);
    if (!chosen.length && given.catalogue) {
      read(`/v1/catalogues/${encodeURIComponent(given.catalogue)}?language=${language}`)
        .then(({ starters }) => list.append(...starters.slice(0, 3).map((/** @type {string} */ s) => button(s, () => send(s), { dir: "auto" }))))
        .catch(() => {}); // without suggestions one can still write
    }
  }

  // ---- saying something

  /** The session, begun where there is none. @returns {Promise<string>} */
  async function session() {
    if (kept.session) return kept.session;
    starting = starting || read("/v1/sessions", { method: "POST", json: { ...(given.catalogue ? { catalogue: given.catalogue } : {}), language } })
      .then((begun) => { keep((k) => { k.session = begun.id; k.catalogue = begun.catalogue; }); restored = begun.id; return begun.id; })
      .finally(() => { starting = null; });
    return /** @type {Promise<string>} */ (starting);
  }
  /** @type {Promise<string> | null} */ let starting = null;

  /** @param {string} text @param {boolean} [typed] @returns {string} the message's id; "" when there is nothing to say */
  function send(text, typed = false) {
    text = String(text || "").trim();
    if (!text) return "";
    if (typed) { field.value = ""; grow(); }
    turnTo(null, false);
    /** @type {Pending} */ const pending = { id: random(), text };
    const context = { viewing: around.product, cart: around.cart, owned: around.orders };
    if (context.viewing || context.cart || context.owned) pending.context = JSON.parse(JSON.stringify(context));
    keep((k) => k.pending.push(pending)); // before it goes out: a page that closes now loses nothing
    following = true;
    emit("send", { id: pending.id, text });
    answer(pending, true);
    return pending.id;
  }

  /** @type {Set<string>} */ const going = new Set();

  /** Follow one message to its answer, however often the line breaks: the same id is answered once.
   * @param {Pending} pending @param {boolean} [own] just sent here @param {boolean} [mine] whether this tab tells the page of it */
  async function answer(pending, own = false, mine = true) {
    if (going.has(pending.id)) return;
    going.add(pending.id);
    const x = exchange(pending.id, pending.text);
    x.mine = mine;
    x.status = say("reading");
    x.trouble = "";
    draw(x);
    announce(x.status);
    let last = "", at = "", failures = 0, renewed = false, sent = false;
    while (!x.done && !leaving.signal.aborted) {
      const line = new AbortController();
      const broken = () => line.abort();
      leaving.signal.addEventListener("abort", broken);
      let silent = setTimeout(broken, 25_000);
      const alive = () => { clearTimeout(silent); silent = setTimeout(broken, 25_000); }; // the server speaks every ten seconds
      try {
        const id = await session();
        at = id;
        if (own) { own = false; tell({ kind: "say", pending, session: id, catalogue: kept.catalogue }); }
        const headers = { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) };
        const path = `/v1/sessions/${id}/messages`;
        const stream = await (sent ? call(`${path}/${pending.id}/events`, { headers, signal: line.signal }) : call(path, { method: "POST", json: pending, headers, signal: line.signal }));
        online();
        for await (const event of events(stream, alive)) {
          failures = 0;
          if (event.id) last = event.id;
          heard(x, event.event, JSON.parse(event.data));
        }
        if (!x.done) await pause(300 * ++failures); // it ended before its end
      } catch (error) {
        if (leaving.signal.aborted) break;
        if (error instanceof Refused) {
          if (error.status === 404 && error.kind === "unknown-session" && !renewed) {
            renewed = true;
            last = "";
            if (kept.session === at) keep((k) => { k.session = ""; k.marks = {}; });
            profile = null;
            continue;
          }
          if (error.status === 409 && error.kind === "other-message" && !sent) { sent = true; continue; } // sent elsewhere with more beside it: only followed
          if ((error.status === 502 || error.status === 503 || error.status === 504) && failures < 5) { failures += 1; await pause(1000 * (error.wait || failures)); continue; }
          fail(x, error.message);
          break;
        }
        failures += 1;
        offline();
        await pause(Math.min(15_000, 500 * 2 ** failures) * (0.8 + 0.4 * Math.random()));
      } finally {
        clearTimeout(silent);
        leaving.signal.removeEventListener("abort", broken);
      }
    }
    going.delete(pending.id);
  }

  /** @param {Exchange} x @param {string} name @param {any} data */
  function heard(x, name, data) {
    if (name === "status") {
      x.status = data.text;
      const line = [...x.node.querySelectorAll(".status")].pop();
      if (line && !x.provisional) line.textContent = data.text; else draw(x);
    } else if (name === "profile") know({ ...data, version: profile ? profile.version : 0 }, false);
    else if (name === "items") {
      x.items = data.items;
      x.provisional = data.provisional;
      if (data.lead) x.lead = data.lead;
      draw(x);
    } else if (name === "token") {
      const node = data.item === null ? x.reply : x.says.get(data.item);
      if (data.item === null) x.lead = data.text;
      else { const item = x.items.find((i) => i.id === data.item); if (item) item.sentence = data.text; }
      if (node) { if (node.textContent !== data.text) node.textContent = data.text; } else if (data.item === null) draw(x);
    } else if (name === "done") finish(x, data);
    else if (name === "error") fail(x, data.detail);
  }

  /** @param {Exchange} x @param {any} whole */
  function finish(x, whole) {
    Object.assign(x, { lead: whole.lead, items: whole.items, chips: whole.chips, topic: whole.topic, blocked: !!whole.no_match, provisional: false, done: true, status: "", trouble: "" });
    // what stands already stays: the person may be reading or pressing it
    if (x.node.querySelectorAll(".cards:not(.first) .card").length === x.items.length && x.reply && !x.blocked && x.node.querySelector(".card")) {
      x.reply.textContent = x.lead;
      for (const item of x.items) { const node = x.says.get(item.id); if (node) node.textContent = item.sentence; }
      for (const line of x.node.querySelectorAll(".status")) line.remove();
      if ([...exchanges.values()].pop() === x && (x.chips.length || x.items.length > 1)) x.node.append(chips(x));
      follow();
    } else draw(x);
    keep((k) => { k.pending = k.pending.filter((p) => p.id !== x.id); });
    know({ ...whole.profile, version: whole.version }, false);
    tell({ kind: "done", id: x.id });
    announce([x.lead, x.items.length ? say("items", { n: x.items.length }) : "", ...x.items.map((i) => i.title)].filter(Boolean).join(" "));
    if (!shown()) { keep((k) => { k.unread += 1; }); unread(); }
    if (kept.sound && !document.hidden) chime();
    if (x.mine && x.items.length) emit("recommend", { message: x.id, items: x.items.map(({ id, title: name, price, currency }) => ({ id, title: name, price, currency })) });
    if (x.mine) emit("answer", { message: x.id, text: x.lead });
  }

  /** @param {Exchange} x @param {string} words */
  function fail(x, words) {
    x.trouble = words || say("failed");
    x.status = "";
    keep((k) => { k.pending = k.pending.filter((p) => p.id !== x.id); });
    x.done = true;
    draw(x);
    emit("error", { message: x.id, detail: words });
  }

  function offline() { if (lost.hidden) { lost.textContent = say("lost"); lost.hidden = false; } }
  function online() { lost.hidden = true; flush(); }

  // ---- what is done with items

  /** @param {Card} item @param {"like" | "dislike"} how */
  function judge(item, how) {
    if (kept.marks[item.id] === how) return;
    keep((k) => { k.marks[item.id] = how; });
    marked();
    done(how, item.id);
    emit(how, { id: item.id, title: item.title });
    tell({ kind: "marks" });
  }
  function marked() {
    for (const node of log.querySelectorAll("[data-item]")) {
      const how = kept.marks[/** @type {HTMLElement} */ (node).dataset.item || ""];
      node.classList.toggle("gone", how === "dislike");
      for (const press of node.querySelectorAll("[aria-pressed]")) press.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (press).dataset.do === how));
    }
  }
  /** @param {Card} item @param {string} url @returns {boolean} whether the browser goes there */
  function clicked(item, url) {
    done("click", item.id);
    return emit("click", { id: item.id, title: item.title, url });
  }
  /** Kept until the server has it; each event has an id, so a repetition does no harm. @param {string} what @param {string} item */
  function done(what, item) {
    keep((k) => k.outbox.push({ id: random(), kind: what, item }));
    flush();
  }
  let flushing = false;
  async function flush() {
    if (flushing || !kept.outbox.length || !kept.session) return;
    flushing = true;
    const batch = kept.outbox.slice(0, 100);
    try {
      await call("/v1/events", { method: "POST", json: { events: batch.map((e) => ({ session: kept.session, ...e })) }, keepalive: true });
      keep((k) => { k.outbox = k.outbox.filter((e) => !batch.some((b) => b.id === e.id)); });
    } catch (error) {
      if (error instanceof Refused && error.status < 500) keep((k) => { k.outbox = k.outbox.filter((e) => !batch.some((b) => b.id === e.id)); });
    }
    flushing = false;
  }

  // ---- pages of the panel: the profile, your data, side by side

  /** @type {(() => void) | null} */ let turned = null;
  /** @param {(() => void) | null} to @param {boolean} [focus] */
  function turnTo(to, focus = true) {
    if (!turned && !to) return;
    turned = to;
    log.hidden = write.hidden = foot.hidden = !!to;
    page.hidden = backButton.hidden = !to;
    headMark.toggleAttribute("hidden", !!to);
    youButton.hidden = !!to || !known();
    heading.textContent = title;
    page.replaceChildren();
    if (to) { to(); if (focus) page.focus({ preventScroll: true }); } else { follow(); if (focus) field.focus({ preventScroll: true }); }
  }

  const known = () => (profile ? profile.points.length + profile.limits.length : 0);
  /** @param {Profile} now @param {boolean} [redraw] */
  function know(now, redraw = true) {
    profile = now;
    you.textContent = String(known());
    youButton.setAttribute("aria-label", say("you_long", { n: known() }));
    youButton.hidden = !known() || !!turned;
    if (redraw && turned === profilePage) drawProfile();
  }

  async function profilePage() {
    heading.textContent = say("profile");
    if (!kept.session) return drawProfile();
    try { know(await read(`/v1/sessions/${kept.session}/profile`)); online(); } catch (error) { trouble(error); }
  }
  /** @param {unknown} error */
  function trouble(error) {
    if (leaving.signal.aborted) return;
    if (!(error instanceof Refused)) return offline();
    for (const old of page.querySelectorAll(".trouble")) old.remove();
    page.prepend(make("p", { class: "trouble", role: "alert", text: error.message }));
  }

  function drawProfile() {
    const focus = /** @type {HTMLElement | null} */ (shadow.activeElement);
    const at = focus && page.contains(focus) ? focus.dataset.key || "" : "";
    const points = profile ? profile.points : [], limits = profile ? profile.limits : [];
    const parts = points.map((p) => {
      const number = make("span", { class: "number" }), row = make("div", {});
      const show = (/** @type {number} */ w) => { number.textContent = `${w < 0 ? "−" : ""}${Math.abs(w).toFixed(2).replace(/(\.\d)0$/, "$1")}`; row.className = w < 0 ? "point against" : "point"; row.style.setProperty("--l", `${50 + Math.min(0, w) * 50}%`); row.style.setProperty("--r", `${50 + Math.max(0, w) * 50}%`); };
      show(p.weight);
      const slider = /** @type {HTMLInputElement} */ (make("input", { type: "range", min: "-1", max: "1", step: "0.05", value: p.weight, "data-key": `w ${p.text}`, "aria-label": say("weight", { text: p.text }) }));
      slider.addEventListener("input", () => show(Number(slider.value)));
      slider.addEventListener("change", () => edit({ edit: "weight", text: p.text, weight: Number(slider.value) }));
      const remove = make("button", { type: "button", "aria-label": say("forget", { text: p.text }), onclick: () => edit({ edit: "remove", text: p.text }) }, icons.close());
      row.append(make("b", { dir: "auto", text: p.text }), number, remove, slider, make("small", { dir: "auto", text: p.source === "edited" ? say("edited") : p.quote ? `“${p.quote}”` : "" }));
      return row;
    });
    const pills = limits.map((l) => make("span", { class: "limit" }, l.words, make("button", { type: "button", "aria-label": say("lift", { text: l.words }), onclick: () => edit({ edit: "lift", field: l.field, op: l.op }) }, icons.close())));
    const what = /** @type {HTMLInputElement} */ (make("input", { type: "text", maxlength: "60", placeholder: say("eg"), "aria-label": say("add"), "data-key": "add", autocomplete: "off" }));
    const add = (/** @type {number} */ weight) => () => { const text = what.value.trim(); if (text) edit({ edit: "add", text, weight }); else what.focus(); };
    const most = /** @type {HTMLInputElement} */ (make("input", { type: "number", min: "0", step: "any", inputmode: "decimal", "data-key": "most", "aria-label": say("most"), placeholder: say("most") }));
    const sound = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
    sound.checked = kept.sound;
    sound.addEventListener("change", () => { keep((k) => { k.sound = sound.checked; }); if (sound.checked) chime(); });
    page.replaceChildren(
      ...(parts.length ? parts : [make("p", { class: "soft", text: say("nothing") })]),
      make("form", { class: "row", onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); add(0.8)(); } }, what, make("button", { type: "submit", text: say("for_it") }), button(say("against_it"), add(-0.8))),
      make("h3", { text: say("limits") }),
      pills.length ? make("div", {}, ...pills) : make("p", { class: "soft", text: say("none") }),
      make("form", { class: "row", onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); if (most.value) edit({ edit: "limit", field: "price", op: "<=", value: Number(most.value) }); } }, most, make("button", { type: "submit", text: say("set") })),
      make("div", { class: "row" }, button(say("undo"), () => edit(null)), button(say("clear"), () => edit({ edit: "clear" }), { disabled: !known() })),
      make("div", { class: "row" }, make("label", {}, sound, say("sound"))),
    );
    if (at) { const same = /** @type {HTMLElement | null} */ (page.querySelector(`[data-key="${CSS.escape(at)}"]`)); (same || page).focus({ preventScroll: true }); } else if (focus && !focus.isConnected) page.focus({ preventScroll: true });
  }

  let edits = Promise.resolve(); // one after the other: each is based on what the one before led to
  const edit = (/** @type {object | null} */ change) => { edits = edits.then(() => edited(change)); };

  /** One change by hand, over the version that was read; null undoes. @param {object | null} change */
  async function edited(change) {
    try {
      const id = await session();
      const path = `/v1/sessions/${id}/profile`;
      if (!profile || !profile.version) { const now = await read(path); profile = profile ? { ...profile, version: now.version } : now; }
      const headers = { "If-Match": `"${/** @type {Profile} */ (profile).version}"` };
      const now = await read(change ? path : `${path}/undo`, { method: change ? "PATCH" : "POST", ...(change ? { json: change } : {}), headers });
      know(now);
      const newest = [...exchanges.values()].reverse().find((x) => x.items.length || x.blocked);
      if (newest) { Object.assign(newest, { items: now.items, lead: now.reply || newest.lead, chips: now.chips, blocked: !!now.no_match }); draw(newest); }
      tell({ kind: "changed" });
      emit("profile", { points: now.points, limits: now.limits });
    } catch (error) {
      if (error instanceof Refused && error.status === 412) {
        try { know(await read(`/v1/sessions/${kept.session}/profile`)); } catch (again) { return trouble(again); }
        page.prepend(make("p", { class: "trouble", role: "alert", text: say("stale") }));
      } else trouble(error);
    }
  }

  function dataPage() {
    heading.textContent = say("data");
    const text = make("p", { class: "consent" });
    let sure = false;
    const drop = button(say("drop"), async () => {
      if (!sure) { sure = true; drop.textContent = say("sure"); return; }
      try { await call(`/v1/sessions/${kept.session}`, { method: "DELETE" }); } catch (error) { if (!(error instanceof Refused && error.status === 404)) return trouble(error); }
      anew();
    }, { class: "danger" });
    page.append(text, make("div", { class: "row" }, button(say("new"), anew), kept.session ? drop : null));
    read(`/v1/consent?language=${language}`).then((consent) => { text.textContent = consent.text; }, trouble);
  }

  /** Begin a new conversation; the earlier one is only left. */
  function anew() {
    keep((k) => { const { sound } = k; Object.assign(k, nothing(), { sound }); });
    tell({ kind: "new" });
    blank();
    restored = "";
    turnTo(null);
    greet();
  }
  function blank() {
    exchanges.clear();
    opening = null;
    profile = null;
    youButton.hidden = true;
    log.replaceChildren();
  }

  /** @param {string[]} ids */
  function sideBySide(ids) {
    const all = [...new Set([...(around.product ? [around.product] : []), ...ids])].slice(0, 6);
    turnTo(async () => {
      heading.textContent = say("side");
      try {
        const query = (/** @type {string[]} */ some) => some.map((id) => `id=${encodeURIComponent(id)}`).join("&");
        const path = (/** @type {string[]} */ some) => `/v1/catalogues/${encodeURIComponent(kept.catalogue)}/compare?${query(some)}&language=${language}`;
        let told;
        try { told = await read(path(all)); } catch (error) { if (!(error instanceof Refused && error.status === 404) || all.length === ids.length) throw error; told = await read(path(ids)); } // the page's product is in no catalogue here
        const rows = told.facts.filter((/** @type {any} */ r) => !["category", "tags", "rating_count", "goes_with", "also_in"].includes(r.name));
        page.replaceChildren(make("div", { class: "compare", tabindex: "0", role: "region", "aria-label": say("side") }, make(
          "table", {},
          make("thead", {}, make("tr", {}, make("td", {}), ...told.items.map((/** @type {any} */ i) => make("th", { scope: "col", dir: "auto", text: i.title })))),
          make("tbody", {}, ...rows.map((/** @type {any} */ r) => make("tr", { class: r.same ? "same" : "" }, make("th", { scope: "row", text: r.label }), ...r.values.map((/** @type {any} */ v) => make("td", { dir: "auto", text: v ? v.text : "–" }))))),
        )));
        emit("compare", { items: told.items.map((/** @type {any} */ i) => i.id) });
      } catch (error) { trouble(error); }
    });
  }

  // ---- the conversation so far

  let restored = "";
  /** Read the conversation from the server and follow what is not answered. */
  async function restore() {
    for (const pending of kept.pending) if (kept.session || !exchanges.size) answer(pending);
    if (!kept.session || restored === kept.session) return greet();
    const id = kept.session;
    restored = id;
    try {
      const talk = await read(`/v1/sessions/${id}`);
      online();
      lay(talk);
    } catch (error) {
      restored = "";
      if (error instanceof Refused && error.status === 404) {
        keep((k) => { k.session = ""; k.marks = {}; });
        greet();
        if (!exchanges.size && opening) opening.prepend(make("p", { class: "status", text: say("forgotten") }));
      } else if (!leaving.signal.aborted && !(error instanceof Refused)) { offline(); pause(3000).then(() => { if (shown()) restore(); }); } else greet();
    }
  }

  /** @param {any} talk */
  function lay(talk) {
    keep((k) => { k.catalogue = talk.catalogue; });
    const waiting = [...exchanges.values()].filter((x) => !x.done);
    exchanges.clear();
    opening = null;
    log.replaceChildren();
    for (const m of talk.messages) {
      const waits = m.state === "accepted" || m.state === "running";
      if (m.role === "user" && waits) continue;
      const x = exchange(m.id, m.role === "user" ? m.text : "");
      if (m.role === "user") { if (m.state === "failed") { x.trouble = say("failed"); x.done = true; } continue; }
      Object.assign(x, { lead: m.lead || m.text, items: m.items, chips: m.chips, topic: m.topic, blocked: !!m.no_match, done: true, status: "" });
    }
    for (const x of exchanges.values()) draw(x);
    for (const x of waiting) if (!exchanges.has(x.id)) { exchanges.set(x.id, x); log.append(x.node); }
    for (const m of talk.messages) if (m.role === "user" && (m.state === "accepted" || m.state === "running")) answer(kept.pending.find((p) => p.id === m.id) || { id: m.id, text: m.text });
    keep((k) => { k.pending = k.pending.filter((p) => { const x = exchanges.get(p.id); return !x || !x.done; }); });
    know({ ...talk.profile, version: talk.version });
    if (!exchanges.size) greet();
    following = true;
    follow();
  }

  /** Read it again after something happened elsewhere. */
  async function refresh() {
    if (!kept.session || !built) return;
    try { const talk = await read(`/v1/sessions/${kept.session}`); restored = kept.session; if (!going.size) lay(talk); } catch { /* the next message tells */ }
  }

  // ---- other tabs

  const channel = "BroadcastChannel" in window && storage === (() => { try { return localStorage; } catch { return null; } })() ? new BroadcastChannel(`rapport ${base} ${given.site || ""} ${given.catalogue || ""}`) : null;
  const tell = (/** @type {any} */ told) => { if (channel) channel.postMessage({ ...told, person }); };
  if (channel) channel.onmessage = ({ data }) => {
    if (!data || data.person !== person) return;
    recall();
    if (data.kind === "say") {
      if (!built) return;
      if (restored && data.session !== restored) { blank(); restored = ""; return restore(); }
      restored = data.session;
      answer(data.pending, false, false);
    }
    else if (data.kind === "changed" || (data.kind === "done" && !exchanges.has(data.id))) refresh();
    else if (data.kind === "marks") marked();
    else if (data.kind === "new") { blank(); restored = ""; if (built) greet(); }
    else if (data.kind === "read") unread();
  };

  // ---- opening and closing

  let built = false; // nothing is asked of the server before the panel is first seen
  const shown = () => !panel.hidden;
  /** @type {HTMLElement | null} */ let before = null;
  const narrow = matchMedia("(max-width: 480px)");

  function unread() {
    if (shown() && kept.unread) { keep((k) => { k.unread = 0; }); tell({ kind: "read" }); }
    badge.hidden = !kept.unread;
    badge.textContent = kept.unread > 9 ? "9+" : String(kept.unread);
    launch.setAttribute("aria-label", kept.unread ? `${title}, ${say("unread", { n: kept.unread })}` : title);
  }
  /** @param {boolean} [focus] */
  function open(focus = true) {
    if (!floating || shown()) { if (focus) field.focus({ preventScroll: true }); return; }
    before = /** @type {HTMLElement | null} */ (document.activeElement);
    panel.hidden = false;
    root.classList.add("open");
    launch.setAttribute("aria-expanded", "true");
    build();
    fit();
    unread();
    remember("1");
    following = true;
    follow();
    if (focus) field.focus({ preventScroll: true });
    emit("open");
  }
  function close() {
    if (!floating || !shown()) return;
    const inside = document.activeElement === host;
    panel.hidden = true;
    root.classList.remove("open");
    launch.setAttribute("aria-expanded", "false");
    turnTo(null, false);
    remember("");
    if (inside) (before && before !== document.body && before !== host && before.isConnected ? before : launch).focus({ preventScroll: true });
    emit("close");
  }
  function build() {
    if (built) return;
    built = true;
    restore();
  }
  function remember(/** @type {string} */ value) { try { if (storage) sessionStorage.setItem("rapport open", value); } catch { /* this page only */ } }
  const wasOpen = () => { try { return !!storage && sessionStorage.getItem("rapport open") === "1"; } catch { return false; } };

  /** On a phone the panel is as high as what its keyboard leaves free. */
  function fit() {
    panel.setAttribute("aria-modal", String(floating && narrow.matches));
    if (panel.getAttribute("role") !== "dialog") panel.removeAttribute("aria-modal");
    const seen = window.visualViewport;
    if (!seen || !floating) return;
    root.style.setProperty("--top", `${Math.round(seen.offsetTop)}px`);
    root.style.setProperty("--high", `${Math.round(seen.height)}px`);
  }
  if (window.visualViewport) for (const name of ["resize", "scroll"]) window.visualViewport.addEventListener(name, fit, { signal: leaving.signal });
  narrow.addEventListener("change", fit, { signal: leaving.signal });

  function grow() {
    field.style.setProperty("height", "44px");
    field.style.setProperty("height", `${Math.min(132, Math.max(44, field.scrollHeight + 2))}px`);
  }
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing && e.keyCode !== 229) { e.preventDefault(); send(field.value, true); }
  });
  root.addEventListener("keydown", (e) => {
    e.stopPropagation(); // the page's own shortcuts are not meant
    if (e.key === "Escape" && !e.isComposing) { e.preventDefault(); if (turned) turnTo(null); else close(); }
    if (e.key === "Tab" && floating && narrow.matches && shown()) {
      const stops = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("button, a[href], input, textarea, [tabindex='0']")].filter((n) => /** @type {HTMLElement} */ (n).getClientRects().length && !n.hasAttribute("disabled")));
      const end = e.shiftKey ? stops[0] : stops[stops.length - 1];
      if (shadow.activeElement === end) { e.preventDefault(); (e.shiftKey ? stops[stops.length - 1] : stops[0]).focus(); }
    }
  });
  for (const name of ["keyup", "keypress"]) root.addEventListener(name, (e) => e.stopPropagation());

  function chime() {
    try {
      const audio = new AudioContext(), tone = audio.createOscillator(), loud = audio.createGain();
      tone.frequency.value = 660;
      loud.gain.setValueAtTime(0.06, audio.currentTime);
      loud.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.35);
      tone.connect(loud).connect(audio.destination);
      tone.onended = () => audio.close();
      tone.start();
      tone.stop(audio.currentTime + 0.35);
    } catch { /* a browser without sound */ }
  }

  // ---- for the page

  /** Whom a token names; "" for none. @param {string} token */
  const subject = (token) => {
    try { return String(JSON.parse(decodeURIComponent(escape(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"))))).sub || ""); } catch { return ""; }
  };

  const api = {
    /** Open the panel. */
    open: () => open(),
    /** Close it. */
    close: () => close(),
    /** Say something as the person. @param {string} text @returns {string} the message's id */
    send: (text) => { open(false); build(); return send(text); },
    /**
     * Who is signed in: a JWT that the shop signed, or a function that gives a fresh one; null when they sign out.
     * @param {string | (() => string | Promise<string>) | null} token @param {{orders?: string[]}} [more] ids of what they bought, the newest first
     */
    identify: async (token, more = {}) => {
      const now = token ? subject(typeof token === "function" ? await token() : token) : "";
      identity = token || "";
      around.orders = more.orders || (now ? around.orders : undefined);
      if (now === person) return;
      person = now;
      recall();
      blank();
      restored = "";
      unread();
      if (person && !kept.session) {
        try {
          const { sessions } = await read("/v1/sessions?limit=20");
          const last = sessions.find((/** @type {any} */ s) => !given.catalogue || s.catalogue === given.catalogue);
          if (last) keep((k) => { k.session = last.id; k.catalogue = last.catalogue; });
        } catch { /* a new conversation then */ }
      }
      if (built) restore();
      emit("identify", { person });
    },
    /** What the person sees on the page. @param {{product?: string | {id: string, title?: string} | null, cart?: string[], orders?: string[]}} now */
    context: (now) => {
      if ("product" in now) {
        const product = now.product;
        around.product = (product && typeof product === "object" ? product.id : product) || undefined;
        around.title = (product && typeof product === "object" && product.title) || undefined;
      }
      if (now.cart) around.cart = now.cart.slice(0, 50);
      if (now.orders) around.orders = now.orders.slice(0, 50);
      if (opening) { opening.remove(); opening = null; greet(); }
    },
    /** Listen: "open", "recommend", "click" …; gives back what ends it. @param {string} name @param {(detail: any, event: Event) => void} act */
    on: (name, act) => {
      const heardOf = (/** @type {Event} */ event) => act(/** @type {CustomEvent} */ (event).detail, event);
      host.addEventListener(`rapport:${name}`, heardOf, { signal: leaving.signal });
      return () => host.removeEventListener(`rapport:${name}`, heardOf);
    },
    /** Take the widget off the page. What was said stays kept. */
    destroy: () => {
      emit("destroy");
      leaving.abort();
      if (channel) channel.close();
      host.remove();
      delete (/** @type {any} */ (window)).Rapport;
    },
  };

  function begin() {
    const into = inline ? document.querySelector(target) : document.body;
    if (!into) return; // the page has no such place
    recall();
    into.append(host);
    if (floating && host.showPopover) { host.setAttribute("popover", "manual"); host.showPopover(); } // above whatever the page stacks
    /** @type {any} */ (window).Rapport = api;
    if (Array.isArray(earlier)) for (const [name, ...values] of earlier) /** @type {any} */ (api)[name]?.(...values);
    unread();
    if (!floating) build();
    else if (given.open === "true" || given.open === "" || (given.open !== "false" && wasOpen() && !narrow.matches)) open(false);
    else if (kept.pending.length) build();
    addEventListener("pageshow", (e) => { if (e.persisted) refresh(); }, { signal: leaving.signal });
    addEventListener("storage", (e) => { if (e.key === place()) { recall(); unread(); } }, { signal: leaving.signal });
    emit("ready");
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
  else begin();
})();
