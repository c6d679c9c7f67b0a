// What the reading found, and the files it was read from.

import { named, send } from "./home.js";
import { announce, ask, attempt, button, complaint, el, number, plain, say, section, size, twice } from "./tools.js";

const MOST = 100;
// What rules took away has a part of the page for itself.
const REMOVED = "N110";
// A picture that was given for the cover is taken back where it was given.
const COVER = "own-cover.";

export function remarks(book) {
  if (!book.analysis) return [];
  const found = book.analysis.diagnostics.filter((one) => one.code !== REMOVED);
  return [section("remarks", say("remarks"),
    found.length ? el("ul", { class: "remarks" }, gathered(found).slice(0, MOST).map(remark)) : el("p", { class: "quiet" }, say("fine")))];
}

/** The same thing said of several places is said once. */
function gathered(found) {
  const same = new Map();
  for (const one of found) {
    const said = `${one.message}\n${one.hint}`;
    if (!same.has(said)) same.set(said, { ...one, places: [] });
    if (one.file) same.get(said).places.push(one);
  }
  return [...same.values()];
}

function remark(one) {
  const places = where(one.places);
  return el("li", {}, el("strong", {}, one.message), el("p", { class: "quiet" }, [places, one.hint].filter(Boolean).join(" · ")));
}

/** 01.txt:12, 40, 02.txt:3 */
function where(places) {
  let file = "";
  return places.map((one) => {
    const name = plain(one.file);
    const isNew = name !== file;
    file = name;
    return isNew ? `${name}${one.line ? `:${one.line}` : ""}` : `${one.line}`;
  }).join(", ");
}

/** The files that a book is read from; some may come, and some go. */
export function origins(page) {
  const { book } = page;
  const read = new Map((book.analysis?.files ?? []).map((one) => [plain(one.path), one]));
  // In the order in which they are read; those that are not, behind them.
  const order = new Map([...read.keys()].map((name, at) => [name, at]));
  const rank = (one) => order.get(one.name) ?? order.size;
  const files = [...book.files].sort((one, other) => rank(one) - rank(other));
  const again = async () => {
    announce(say("state.queued"));
    await page.start("analyse");
    document.getElementById("sources-heading")?.focus();
  };
  const going = (name) => twice(["remove", "remove.sure"], () => attempt(shown, async () => {
    await ask("DELETE", `/${book.id}/files/${encodeURIComponent(name)}`);
    await again();
  }), `: ${name}`);
  const progress = el("div", { class: "sending", hidden: true });
  const more = el("input", { type: "file", id: "more-files", class: "hidden-input", multiple: true, onchange: () => attempt(shown, async () => {
    const { taken, problems } = await send(book.id, [...more.files].map(named), progress);
    progress.hidden = true;
    more.value = "";
    if (!taken) throw problems[0];
    page.notices.replaceChildren(...problems.slice(0, 5).map(complaint));
    await again();
  }) });
  const shown = section("sources", say("files"),
    el("ul", { class: "sources" }, files.slice(0, MOST).map((one) => {
      const file = read.get(one.name);
      return el("li", {}, el("span", { lang: "zh" }, one.name),
        el("span", { class: "quiet" }, [file && `${file.encoding}, ${Math.round(file.confidence * 100)} %`, size(one.size)].filter(Boolean).join(" · ")),
        book.files.length > 1 && !one.name.startsWith(COVER) ? going(one.name) : null);
    })),
    book.files.length > MOST ? el("p", { class: "quiet" }, say("files.more", { n: number(book.files.length - MOST) })) : null,
    progress,
    el("div", { class: "bar" }, el("span", {}, more, el("label", { for: "more-files", class: "button" }, say("files.add"))),
      button(say("again"), () => attempt(shown, again))));
  return shown;
}
