// What the reading found, and the files it was read from.

import { announce, attempt, button, el, number, plain, say, section, size } from "./tools.js";

const MOST = 100;
// What rules took away has a part of the page for itself.
const REMOVED = "N110";

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

export function origins(page) {
  const { book } = page;
  const read = new Map((book.analysis?.files ?? []).map((one) => [plain(one.path), one]));
  const shown = section("sources", say("files"),
    el("ul", { class: "sources" }, book.files.slice(0, MOST).map((one) => {
      const file = read.get(one.name);
      return el("li", {}, el("span", { lang: "zh" }, one.name),
        el("span", { class: "quiet" }, [file && `${file.encoding}, ${Math.round(file.confidence * 100)} %`, size(one.size)].filter(Boolean).join(" · ")));
    })),
    book.files.length > MOST ? el("p", { class: "quiet" }, say("files.more", { n: number(book.files.length - MOST) })) : null,
    el("div", { class: "bar" }, button(say("again"), () => attempt(shown, async () => {
      announce(say("state.queued"));
      await page.start("analyse");
    }))));
  return shown;
}
