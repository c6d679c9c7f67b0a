// What the reading found, and the files it was read from.

import { announce, attempt, button, el, number, plain, say, section, size } from "./tools.js";

const MOST = 100;
// What rules took away has a part of the page for itself.
const REMOVED = "N110";

export function remarks(book) {
  if (!book.analysis) return [];
  const found = book.analysis.diagnostics.filter((one) => one.code !== REMOVED);
  return [section("remarks", say("remarks"),
    found.length ? el("ul", { class: "remarks" }, found.slice(0, MOST).map(remark)) : el("p", { class: "quiet" }, say("fine")))];
}

function remark(one) {
  const place = one.file ? `${plain(one.file)}${one.line ? `:${one.line}` : ""}` : "";
  return el("li", {}, el("strong", {}, one.message), el("p", { class: "quiet" }, [place, one.hint].filter(Boolean).join(" · ")));
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
