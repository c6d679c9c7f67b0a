// The studio: drop a text, see its chapters, choose, build, load. No framework, no build step.

const told = JSON.parse(document.getElementById("told").textContent);
const main = document.getElementById("main");
const status = document.getElementById("status");
const API = "/studio/api/books";
const LEVELS = ["part", "volume", "division", "chapter", "section", "preface", "foreword", "prologue", "epilogue", "afterword", "appendix", "bonus"];
const PATIENCE = 400;

/** A sentence of the catalogue, its {fields} filled. */
const say = (key, values = {}) =>
  (told.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** An element with attributes (on* are listeners), and children that are elements or text. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

const announce = (words) => { status.textContent = words; };

class Refused extends Error {
  constructor(problem) {
    super(problem.message);
    this.hint = problem.hint;
  }
}

/** Ask the server; throws Refused with what it says. */
async function ask(method, path, body) {
  const isFile = body instanceof Blob;
  const answer = await fetch(API + path, {
    method,
    headers: { "X-Builder": "1", ...(body && !isFile ? { "Content-Type": "application/json" } : {}) },
    body: body && !isFile ? JSON.stringify(body) : body,
  });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(problem.error ?? { message: say("lost"), hint: "" });
}

function complaint(problem) {
  return el("div", { class: "error", role: "alert" }, el("strong", {}, problem.message), el("p", {}, problem.hint ?? ""));
}

/** Run what a person asked for; what goes wrong is shown above everything else. */
async function attempt(work) {
  document.querySelectorAll("main > .error").forEach((old) => old.remove());
  try {
    await work();
  } catch (problem) {
    main.prepend(complaint(problem instanceof Refused ? problem : { message: say("lost"), hint: String(problem) }));
    announce(problem.message);
  }
}

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

// --- all books ---------------------------------------------------------------------------

async function showHome() {
  const { books } = await ask("GET", "");
  const input = el("input", { type: "file", id: "files", multiple: true, onchange: () => begin([...input.files]) });
  const drop = el("div", { class: "drop" },
    el("p", {}, say("drop")),
    input,
    el("label", { for: "files" }, say("choose")),
    el("p", {}, say("takes")));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    begin([...event.dataTransfer.files]);
  });
  const list = books.map((book) => el("li", {},
    el("a", { href: `#${book.id}` }, book.title),
    el("button", { type: "button", "aria-label": `${say("remove")}: ${book.title}`, onclick: () => attempt(async () => {
      await ask("DELETE", `/${book.id}`);
      await showHome();
    }) }, say("remove"))));
  main.replaceChildren(drop, el("section", {}, el("h2", {}, say("books")),
    list.length ? el("ul", { class: "books" }, list) : el("p", {}, say("none"))));
}

function begin(files) {
  if (!files.length) return;
  return attempt(async () => {
    const { id } = await ask("POST", "", { name: files[0].name });
    for (const [at, file] of files.entries()) {
      announce(say("sending", { name: file.name, n: `${at + 1}/${files.length}` }));
      await ask("PUT", `/${id}/files/${encodeURIComponent(file.name)}`, file);
    }
    await ask("POST", `/${id}/analyse`);
    location.hash = id;
  });
}

// --- one book ----------------------------------------------------------------------------

let shown = 0; // which showing of a book is the last; an older one stops following its job

async function showBook(id) {
  const mine = ++shown;
  const book = await ask("GET", `/${id}`);
  const working = ["queued", "running"].includes(book.job?.state);
  main.replaceChildren(el("h2", { id: "book" }, book.title), ...(working ? [progress(id, book)] : await parts(id, book)));
  if (working) {
    setTimeout(() => mine === shown && location.hash.slice(1) === id && attempt(() => showBook(id)), PATIENCE);
  } else if (book.job) {
    announce(say(`state.${book.job.state}`));
  }
}

function progress(id, book) {
  const stage = book.job.progress?.stage;
  const words = stage ? say(`stage.${stage}`) : say(`state.${book.job.state}`);
  announce(words);
  return el("section", {},
    el("p", {}, words), el("progress", { "aria-label": words }),
    el("div", { class: "bar" }, el("button", { type: "button", onclick: () => attempt(() => ask("POST", `/${id}/cancel`)) }, say("stop"))));
}

async function parts(id, book) {
  const failed = book.job?.error ? [complaint(book.job.error)] : [];
  const { rows } = book.analysis ? await ask("GET", `/${id}/contents`) : { rows: [] };
  return [...failed, ...made(id, book), contents(id, book, rows), remarks(book), choices(id, book), origins(id, book)];
}

function made(id, book) {
  if (!book.made.length) return [];
  const pdf = book.made.some((one) => one.name.endsWith(".pdf"));
  return [el("section", {}, el("h2", {}, say("finished")),
    el("p", { class: "files" }, book.made.map((one) => el("a", { href: one.href, download: one.name }, `${one.name} (${size(one.size)})`))),
    pdf ? pages(id) : null)];
}

function pages(id) {
  let page = 1;
  const picture = el("img", { class: "page", alt: say("page", { n: page }), src: `${API}/${id}/pages/1.png` });
  const turn = (by) => {
    const next = new Image();
    next.onload = () => {
      page += by;
      picture.src = next.src;
      picture.alt = say("page", { n: page });
      announce(picture.alt);
    };
    next.src = `${API}/${id}/pages/${Math.max(1, page + by)}.png`;
  };
  return el("div", {}, picture, el("div", { class: "bar" },
    el("button", { type: "button", onclick: () => page > 1 && turn(-1) }, say("previous")),
    el("button", { type: "button", onclick: () => turn(1) }, say("next"))));
}

function contents(id, book, rows) {
  if (!book.analysis) return el("section", {}, el("h2", {}, say("contents")), el("p", {}, say("unread")));
  const longest = Math.max(1, ...rows.map((row) => row.characters ?? 0));
  const usual = book.analysis.examination.median || 0;
  const lines = rows.map((row, at) => line(row, at, longest, usual));
  const body = el("tbody", {}, lines);
  const keep = async () => {
    const kept = [...body.rows].map((shown) => ({
      level: shown.querySelector("select").value,
      heading: shown.querySelector("input").value,
      place: shown.dataset.place,
    }));
    await ask("PUT", `/${id}/contents`, { rows: kept });
    await ask("POST", `/${id}/analyse`);
    await showBook(id);
  };
  return el("section", {}, el("h2", {}, say("contents")),
    el("p", {}, say("counted", { n: rows.length })),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("contents") },
      el("table", {}, el("thead", {}, el("tr", {},
        ["level", "heading", "length"].map((key) => el("th", { scope: "col" }, say(key))),
        el("th", { scope: "col", class: "hide-small" }, say("place")), el("th", { scope: "col" }, say("change")))), body)),
    el("div", { class: "bar" }, el("button", { type: "button", onclick: () => attempt(keep) }, say("keep"))));
}

function line(row, at, longest, usual) {
  const levels = LEVELS.includes(row.level) ? LEVELS : [row.level, ...LEVELS];
  const name = say("row", { n: at + 1 });
  const odd = !row.characters || row.depth === 0 && usual === 0 ? "" : row.characters > usual * 3 ? "long" : row.characters * 5 < usual ? "short" : "";
  const shown = el("tr", { "data-place": row.place, class: odd },
    el("td", { class: `deep-${Math.min(3, row.depth)}` }, el("select", { "aria-label": `${say("level")}, ${name}` },
      levels.map((level) => el("option", { value: level, selected: level === row.level }, say(`level.${level}`) === `level.${level}` ? level : say(`level.${level}`))))),
    el("td", {}, el("input", { value: row.heading, "aria-label": `${say("heading")}, ${name}`, lang: "zh" })),
    el("td", {}, el("progress", { max: longest, value: row.characters ?? 0, "aria-label": `${say("length")}, ${name}` }), ` ${row.characters ?? ""}`),
    el("td", { class: "hide-small" }, row.place),
    el("td", {}, at ? el("button", { type: "button", "aria-label": `${say("merge")}, ${name}`, onclick: () => {
      const next = shown.previousElementSibling;
      shown.remove();
      next?.querySelector("input").focus();
      announce(say("merged"));
    } }, say("merge")) : ""));
  return shown;
}

function remarks(book) {
  const found = book.analysis?.diagnostics ?? [];
  const removed = book.analysis?.examination.removals ?? [];
  return el("section", {}, el("h2", {}, say("remarks")),
    found.length ? el("ul", { class: "books" }, found.slice(0, 100).map((one) => el("li", {}, el("div", {},
      el("strong", {}, one.message), el("p", {}, `${one.file}${one.line ? `:${one.line}` : ""} ${one.hint}`))))) : el("p", {}, say("fine")),
    removed.map((group) => el("details", {}, el("summary", {}, say("removed", { name: group.rule, n: group.edits })),
      el("pre", { tabindex: "0", lang: "zh" }, group.lines.map((one) => `${one.source}  ${one.removed}`).join("\n")))));
}

function origins(id, book) {
  const files = book.analysis?.files ?? [];
  const coded = new Map(files.map((one) => [one.path.split("/").pop(), one]));
  return el("section", {}, el("h2", {}, say("files")),
    el("ul", { class: "books" }, book.files.map((one) => el("li", {}, `${one.name} (${size(one.size)})`,
      el("span", {}, coded.has(one.name) ? `${coded.get(one.name).encoding}, ${Math.round(coded.get(one.name).confidence * 100)} %` : "")))),
    el("div", { class: "bar" }, el("button", { type: "button", onclick: () => attempt(async () => {
      await ask("POST", `/${id}/analyse`);
      await showBook(id);
    }) }, say("again"))));
}

// --- choices -----------------------------------------------------------------------------

function choices(id, book) {
  const now = book.settings;
  const text = (key, words, value) => field(words, el("input", { name: key, id: key, value: value ?? now[key] ?? "" }));
  const pick = (key, words, options) => field(words, el("select", { name: key, id: key },
    options.map(([value, label]) => el("option", { value, selected: String(now[key] ?? "") === value }, label))));
  const field = (words, control) => el("div", {}, el("label", { for: control.id }, words), control);
  const authors = (now["book.creators"] ?? []).map((one) => one.name ?? one).join("、") || (book.analysis?.creators ?? []).join("、");
  const plain = (names, none) => [...(none ? [["", none]] : []), ...names.map((name) => [name, name])];
  const form = el("form", { onsubmit: (event) => { event.preventDefault(); attempt(() => build(id, form)); } },
    el("div", { class: "grid" },
      text("book.title", say("book.title"), now["book.title"] ?? book.analysis?.title),
      text("book.creators", say("book.creators"), authors),
      pick("convert.to", say("script"), [["", say("script.same")], ["zh-Hans", say("script.hans")], ["zh-Hant", say("script.hant")], ["zh-Hant-TW", say("script.tw")], ["zh-Hant-HK", say("script.hk")], ["zh-Hant-TW-x-phrases", say("script.phrases")]]),
      pick("typography.vertical", say("direction"), [["", say("direction.lines")], ["true", say("direction.columns")]]),
      pick("epub.theme", say("theme"), plain(told.choices.themes)),
      pick("cover.design", say("cover"), plain(told.choices.designs)),
      pick("pdf.trim", say("trim"), plain(told.choices.trims)),
      pick("epub.device", say("device"), plain(told.choices.devices, say("device.any")))),
    el("fieldset", {}, el("legend", {}, say("formats")),
      ["epub", "pdf", "kepub", "azw3", "txt"].map((form) => el("label", {},
        el("input", { type: "checkbox", name: "formats", value: form, checked: form === "epub" || form === "pdf" }), ` ${form}`))),
    el("div", { class: "bar" }, el("button", { class: "main-action" }, say("build"))));
  if (now["epub.theme"] == null) form.elements["epub.theme"].value = "plain";
  if (now["cover.design"] == null) form.elements["cover.design"].value = "auto";
  if (now["pdf.trim"] == null) form.elements["pdf.trim"].value = "A5";
  return el("section", {}, el("h2", {}, say("choices")), form);
}

async function build(id, form) {
  const value = (key) => form.elements[key].value.trim();
  const authors = value("book.creators").split(/[、,，;；]/).map((name) => name.trim()).filter(Boolean);
  const unless = (key, usual) => (value(key) === usual ? null : value(key));
  await ask("PUT", `/${id}/settings`, {
    "book.title": value("book.title") || null,
    "book.creators": authors.length ? authors.map((name) => ({ name })) : null,
    "convert.to": unless("convert.to", ""),
    "typography.vertical": value("typography.vertical") ? true : null,
    "epub.theme": unless("epub.theme", "plain"),
    "cover.design": unless("cover.design", "auto"),
    "pdf.trim": unless("pdf.trim", "A5"),
    "epub.device": unless("epub.device", ""),
  });
  const formats = [...form.querySelectorAll("[name=formats]:checked")].map((box) => box.value);
  await ask("POST", `/${id}/build`, { formats });
  await showBook(id);
}

// --- where we are ------------------------------------------------------------------------

async function show() {
  const id = location.hash.slice(1);
  shown += 1;
  await attempt(() => (id ? showBook(id) : showHome()));
  main.focus({ preventScroll: true });
}

window.addEventListener("hashchange", show);
show();
