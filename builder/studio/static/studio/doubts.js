// What the conversion was not sure of; the answers are the book's glossary.

import { ask, attempt, button, el, number, say, section } from "./tools.js";

const AT_ONCE = 30;

export function doubts(page) {
  return new Doubts(page);
}

class Doubts {
  constructor(page) {
    this.page = page;
    this.lead = el("p", { class: "quiet" });
    this.list = el("ul", { class: "doubts" });
    this.more = button(say("doubts.more"), () => this.draw());
    this.shown = section("doubts", say("doubts"), this.lead, this.list, el("div", { class: "bar" },
      button(say("doubts.keep"), () => attempt(this.shown, () => this.keep()), { class: "main-action" }), this.more));
    this.shown.hidden = true;
  }

  async fill(book) {
    const { rows } = book.made.length && book.settings["convert.to"] ? await ask("GET", `/${this.page.id}/doubts`) : { rows: [] };
    this.rows = rows;
    this.shown.hidden = !rows.length;
    this.lead.textContent = say("doubts.lead", { n: number(rows.length) });
    this.list.replaceChildren();
    this.draw();
  }

  draw() {
    const from = this.list.childElementCount;
    this.list.append(...this.rows.slice(from, from + AT_ONCE).map((row) => doubt(row)));
    this.more.hidden = this.list.childElementCount >= this.rows.length;
  }

  async keep() {
    const answered = this.rows.filter((row) => row.words.some((one) => one.correct && one.correct !== one.became));
    const rows = answered.map((row) => ({
      words: row.words.map(({ word, became, correct }) => ({ word, became, correct: correct || became })),
    }));
    if (rows.length) await ask("PUT", `/${this.page.id}/doubts`, { rows });
    await this.page.choices.build();
  }
}

function doubt(row) {
  return el("li", { lang: "zh" },
    el("div", { class: "words" }, row.words.map((one) => el("label", {},
      el("span", {}, `${one.word} → `), answer(row, one), el("span", { class: "quiet" }, ` ${say("doubts.places", { n: number(one.places) })}`)))),
    row.contexts.map((text) => el("p", { class: "quiet" }, marked(text))));
}

/** What a word may become: each doubtful character as each candidate, or anything at all. */
function answer(row, one) {
  const label = say("doubts.word", { name: one.word });
  const keep = (event) => { one.correct = event.target.value.trim(); };
  const forms = [...new Set([one.became, ...formed(row, one)])];
  if (forms.length < 2) return el("input", { value: one.became, "aria-label": label, size: one.became.length + 3, oninput: keep });
  return el("select", { "aria-label": label, onchange: keep }, forms.map((form) => el("option", { value: form }, form)));
}

/** A row is about one character and its candidates, or about several: 台钟, 檯/臺/台 鍾/鐘. */
function candidates(row) {
  const characters = [...row.character];
  if (characters.length === 1) return new Map([[row.character, row.candidates.flatMap((one) => one.split("/"))]]);
  return new Map(characters.map((character, at) => [character, (row.candidates[at] ?? "").split("/").filter(Boolean)]));
}

function formed(row, one) {
  const [word, became] = [[...one.word], [...one.became]];
  if (word.length !== became.length) return [];
  const may = candidates(row);
  return word.flatMap((source, at) => (may.get(source) ?? []).map((form) => [...became.slice(0, at), form, ...became.slice(at + 1)].join("")));
}

/** A context, its doubtful character marked: 他在[里]面. */
function marked(text) {
  return text.split(/(\[[^\]]*\])/).map((part) => (part.startsWith("[") ? el("mark", {}, part.slice(1, -1)) : part));
}
