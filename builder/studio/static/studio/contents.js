// The chapters: rename, change the level, join, split, and put it back.

import { announce, ask, attempt, button, el, knows, number, say, section, twice } from "./tools.js";

const LEVELS = ["part", "volume", "division", "chapter", "section", "preface", "foreword", "prologue", "epilogue", "afterword", "appendix", "bonus"];
// Those that hold chapters may be as short as their heading.
const HOLDERS = ["part", "volume", "division"];
// So many rows are made at once; the rest follows while nobody has to wait.
const AT_ONCE = 120;
// How much longer or shorter than usual is told.
const LONG = 3;
const SHORT = 5;
const LINES = 120;

const levelName = (level) => (knows(`level.${level}`) ? say(`level.${level}`) : level);
const pattern = el("select", {}, LEVELS.map((level) => el("option", { value: level }, levelName(level))));

/** The part of a book's page with its chapters. */
export function contents(page) {
  return new Contents(page);
}

class Contents {
  constructor(page) {
    this.page = page;
    this.rows = [];
    this.past = [];
    this.filling = 0;
    this.hint = el("p", { class: "quiet" }, say("unread"));
    this.list = el("ol", { class: "rows" });
    this.keeping = button(say("keep"), () => attempt(this.shown, () => this.keep()), { class: "main-action" });
    this.undoing = button(say("undo"), () => this.undo());
    this.anew = twice(["anew", "anew.sure"], () => attempt(this.shown, () => this.forget()));
    this.bar = el("div", { class: "bar", hidden: true }, this.keeping, this.undoing, this.anew);
    this.shown = section("contents", say("contents"), this.hint, this.list, this.bar);
    this.isChanged = false;
  }

  /** Show what the server has read; rows that somebody is changing stay as he wrote them. */
  fill(rows, usual) {
    this.usual = usual || 0;
    if (this.isChanged) return;
    const isSame = rows.length === this.rows.length && rows.every((row, at) => row.place === this.rows[at].place);
    this.rows = isSame ? this.rows.map((row, at) => Object.assign(row, rows[at])) : rows;
    this.past = [];
    if (isSame) this.rows.forEach((row) => this.renew(row));
    else this.draw();
    this.count();
  }

  count() {
    this.hint.textContent = say("counted", { n: number(this.rows.length) });
    this.undoing.hidden = !this.past.length;
    this.keeping.hidden = !this.isChanged;
    this.anew.hidden = !(this.isChanged || this.page.book.settings["structure.plan"]);
    this.bar.hidden = !this.past.length && this.anew.hidden;
  }

  change() {
    if (this.isChanged) return;
    this.isChanged = true;
    this.count();
  }

  // --- rows ------------------------------------------------------------------------------

  draw() {
    const mine = ++this.filling;
    // One chapter that is far too long must not make all others look alike.
    const longest = this.rows.reduce((most, row) => Math.max(most, row.characters ?? 0), 1);
    this.longest = Math.min(longest, LONG * this.usual || longest);
    const next = (from) => {
      if (mine !== this.filling) return;
      const some = document.createDocumentFragment();
      for (const row of this.rows.slice(from, from + AT_ONCE)) some.append(this.line(row));
      this.list.append(some);
      if (from + AT_ONCE < this.rows.length) setTimeout(next, 0, from + AT_ONCE);
    };
    this.list.replaceChildren();
    next(0);
  }

  line(row) {
    const level = pattern.cloneNode(true);
    if (!LEVELS.includes(row.level)) level.prepend(el("option", { value: row.level }, levelName(row.level)));
    level.setAttribute("aria-label", say("level"));
    level.addEventListener("change", () => {
      row.level = level.value;
      this.renew(row);
      this.change();
    });
    const heading = el("input", { "aria-label": say("heading"), lang: "zh", placeholder: say("heading.none"), autocomplete: "off",
      oninput: () => {
        row.heading = heading.value;
        this.change();
      } });
    const bar = el("span", { class: "share", "aria-hidden": "true" }, el("span"));
    const length = el("span", { class: "length" });
    const joining = button(say("merge"), () => this.join(row), { "aria-label": say("merge.long"), title: say("merge.long"), class: "plain" });
    const splitting = button(say("split"), () => attempt(row.shown, () => this.split(row)), { "aria-label": say("split.long"), title: say("split.long"), "aria-expanded": "false", class: "plain" });
    row.parts = { level, heading, bar, length, splitting };
    row.shown = el("li", {},
      el("div", { class: "row" }, level, heading, el("span", { class: "measure" }, bar, length), el("span", { class: "acts" }, joining, splitting)));
    this.renew(row);
    return row.shown;
  }

  /** Show a row as it is now. */
  renew(row) {
    if (!row.shown) return;
    const { level, heading, bar, length } = row.parts;
    row.shown.className = `deep-${Math.min(3, row.depth ?? 0)}`;
    level.value = row.level;
    if (heading.value !== row.heading) heading.value = row.heading;
    const characters = row.characters ?? 0;
    const odd = !characters || !this.usual || HOLDERS.includes(row.level) ? "" : characters > this.usual * LONG ? "long" : characters * SHORT < this.usual ? "short" : "";
    bar.firstChild.style.inlineSize = `${Math.min(100, (100 * characters) / this.longest)}%`;
    length.textContent = row.characters == null ? "" : number(characters);
    if (odd) length.append(" ", el("mark", {}, say(`length.${odd}`)));
  }

  // --- changes ---------------------------------------------------------------------------

  join(row) {
    const at = this.rows.indexOf(row);
    if (at <= 0) {
      announce(say("merge.first"));
      return;
    }
    const before = this.rows[at - 1];
    this.past.push({ at, row, before: before.characters });
    this.rows.splice(at, 1);
    before.characters = (before.characters ?? 0) + (row.characters ?? 0);
    row.shown.remove();
    this.renew(before);
    this.change();
    this.count();
    before.parts.heading.focus();
    announce(say("merged", { name: before.heading }));
  }

  undo() {
    const last = this.past.pop();
    if (!last) return;
    const { at, row, before } = last;
    if (row) {
      this.rows[at - 1].characters = before;
      this.renew(this.rows[at - 1]);
      this.rows.splice(at, 0, row);
      this.rows[at - 1].shown.after(row.shown);
      row.parts.heading.focus();
    } else {
      const [gone] = this.rows.splice(at, 1);
      gone.shown.remove();
      this.rows[at - 1].parts.heading.focus();
    }
    this.count();
    announce(say("undone"));
  }

  /** Show the lines of a chapter, each a place where a new one may begin. */
  async split(row) {
    const { splitting } = row.parts;
    if (row.panel) {
      row.panel.remove();
      row.panel = null;
      splitting.setAttribute("aria-expanded", "false");
      return;
    }
    const next = this.rows[this.rows.indexOf(row) + 1];
    const list = el("ul", { class: "lines" });
    const more = button(say("lines.more"), () => attempt(row.panel, () => read()));
    let from = 0;
    const read = async () => {
      const query = new URLSearchParams({ place: row.place, until: next?.place ?? "", skip: from, count: LINES });
      const { lines, left } = await ask("GET", `/${this.page.id}/lines?${query}`);
      const made = lines.map((line) => el("li", {}, button(line.text, () => this.cut(row, line), { lang: "zh", class: "plain" })));
      list.append(...made);
      from += lines.length;
      more.hidden = !left;
      made[0]?.firstChild.focus();
    };
    row.panel = el("div", { class: "panel" }, el("p", {}, say("split.where")), list,
      el("div", { class: "bar" }, more, button(say("split.not"), () => {
        this.split(row);
        splitting.focus();
      })));
    row.shown.append(row.panel);
    splitting.setAttribute("aria-expanded", "true");
    await read();
  }

  cut(row, line) {
    const at = this.rows.indexOf(row) + 1;
    const heading = line.text.length <= 40 ? line.text : "";
    const made = { level: row.level, heading, place: line.place, depth: row.depth };
    this.split(row);
    this.rows.splice(at, 0, made);
    row.shown.after(this.line(made));
    this.past.push({ at });
    this.change();
    this.count();
    made.parts.heading.focus();
    announce(say("split.done"));
  }

  /** Give the server the rows as they stand. */
  async save() {
    const kept = this.rows.map(({ level, heading, place }) => ({ level, heading, place }));
    await ask("PUT", `/${this.page.id}/contents`, { rows: kept });
    this.isChanged = false;
    this.past = [];
    this.count();
  }

  /** Give up all that was changed: the chapters are those that are found. */
  async forget() {
    await ask("DELETE", `/${this.page.id}/contents`);
    this.isChanged = false;
    this.rows = [];
    await this.page.start("analyse");
    document.getElementById("contents-heading").focus();
  }

  async keep() {
    await this.save();
    await this.page.start("analyse");
    document.getElementById("contents-heading").focus();
  }
}
