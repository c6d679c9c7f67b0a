// What cleaning took away, rule by rule, each with a way back; what stays is in book.toml.

import { announce, ask, attempt, button, el, number, plain, say, section, told } from "./tools.js";

const AT_ONCE = 40;
// Longer removals are shown by their beginning: a style sheet, a page of a site.
const LONGEST = 160;
const KEY = "normalize.keep";
// What mark-up was is nothing that somebody wrote.
const READING = /^R/;

/** The part of a book's page with what was removed. */
export function removed(page) {
  return new Removed(page);
}

class Removed {
  constructor(page) {
    this.page = page;
    this.kept = [];
    this.renewals = [];
    this.lead = el("p", { class: "quiet" });
    this.stays = el("div");
    this.groups = el("div");
    this.again = el("div", { class: "bar", hidden: true },
      button(say("removed.again"), () => attempt(this.shown, () => this.page.start("analyse")), { class: "main-action" }));
    this.shown = section("removed", say("removed.heading"), this.lead, this.stays, this.groups, this.again);
    this.shown.hidden = true;
  }

  fill(book) {
    const groups = (book.analysis?.examination.removals ?? []).filter((group) => !READING.test(group.rule));
    this.kept = book.settings[KEY] ?? [];
    this.renewals = [];
    // With these the book was read, and what they keep is not among what was removed.
    this.read = book.analysis?.keep ?? [];
    this.shown.hidden = !groups.length && !this.read.length;
    const count = groups.reduce((sum, group) => sum + group.edits, 0);
    this.lead.textContent = say(groups.length ? "removed.lead" : "removed.none", { n: number(count) });
    const open = new Set([...this.groups.querySelectorAll("details[open]")].map((one) => one.dataset.rule));
    this.groups.replaceChildren(...groups.map((group) => this.group(group, open.has(group.rule))));
    this.stays.replaceChildren(...(this.read.length ? [this.staying()] : []));
    this.count();
  }

  /** Whether the book shall be read again with what is kept now. */
  count() {
    this.again.hidden = this.kept.length === this.read.length && this.kept.every((entry) => this.read.includes(entry));
  }

  /** What a rule did: the places are made when somebody wants to see them. */
  group(group, isOpen) {
    const list = el("ul", { class: "removals", tabindex: "-1" });
    const more = el("div", { class: "bar" }, button(say("removed.more"), () => draw(true)));
    const draw = (isAsked) => {
      const from = list.childElementCount;
      const made = group.lines.slice(from, from + AT_ONCE).map((one) => this.row(one));
      list.append(...made);
      more.hidden = list.childElementCount >= group.lines.length;
      if (isAsked) (made[0]?.querySelector("button") ?? list).focus();
    };
    const shown = el("details", { "data-rule": group.rule, open: isOpen, ontoggle: () => shown.open && !list.childElementCount && draw() },
      el("summary", {}, say("removed.by", { name: told.rules[group.rule] ?? group.rule, n: number(group.edits) })),
      list, more);
    if (isOpen) draw();
    return shown;
  }

  row(one) {
    const words = clip(one.removed.trim() || "⏎");
    const row = el("li", {},
      el("p", { lang: "zh" }, one.context[0], el("del", {}, words), one.replacement.trim() ? el("ins", {}, clip(one.replacement)) : null, one.context[1]),
      el("span", { class: "quiet" }, one.count > 1 ? say("removed.places", { n: number(one.count), name: line(one.source) }) : line(one.source)));
    if (one.keep.length) row.append(this.turning(row, one.keep, words));
    return row;
  }

  /** What stays because of book.toml: its lines are no longer among those that were removed. */
  staying() {
    const places = new Map();
    for (const entry of this.read) {
      const [, words, place] = /^(.*\S)\s+@\s+(\S.*:\d+)$/s.exec(entry) ?? [null, entry, ""];
      places.set(words, [...(places.get(words) ?? []), { entry, place: line(place) }]);
    }
    const list = el("ul", { class: "removals" }, [...places].map(([words, found]) => {
      const where = found.length > 1 ? say("removed.places", { n: number(found.length), name: found[0].place }) : found[0].place;
      const row = el("li", {}, el("p", { lang: "zh" }, clip(words)), el("span", { class: "quiet" }, where));
      row.append(this.turning(row, found.map(({ entry }) => entry), clip(words)));
      return row;
    }));
    return el("details", { open: places.size <= AT_ONCE }, el("summary", {}, say("removed.stays", { n: number(this.read.length) })), list);
  }

  /** The button that puts words back, and takes them away again. */
  turning(row, entries, words) {
    const isIn = () => entries.every((entry) => this.kept.includes(entry));
    const turning = button("", () => attempt(row, async () => {
      const wanted = !isIn();
      await this.keep(entries, wanted);
      announce(say(wanted ? "removed.kept" : "removed.gone", { name: words }));
    }));
    const renew = () => {
      row.classList.toggle("kept", isIn());
      turning.textContent = say(isIn() ? "removed.undo" : "removed.back");
      turning.setAttribute("aria-label", `${turning.textContent}: ${words}`);
    };
    this.renewals.push(renew);
    renew();
    return turning;
  }

  /** One change after another: each sends the whole list. */
  keep(entries, isKept) {
    const change = async () => {
      const others = this.kept.filter((entry) => !entries.includes(entry));
      const wanted = isKept ? [...others, ...entries] : others;
      const { settings } = await ask("PUT", `/${this.page.id}/settings`, { [KEY]: wanted.length ? wanted : null });
      this.kept = settings[KEY] ?? [];
      this.page.book.settings = settings;
      this.renewals.forEach((renew) => renew());
      this.count();
    };
    this.last = (this.last ?? Promise.resolve()).catch(() => {}).then(change);
    return this.last;
  }
}

/** A place without its column. */
const line = (place) => plain(place).replace(/^(.*:\d+):\d+$/, "$1");

const clip = (words) => {
  const flat = words.replace(/\s*\n\s*/g, " ⏎ ");
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
};
