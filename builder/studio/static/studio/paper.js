// The pages of the PDF: paper of a size, for a printer, or a reader's screen. Only what fits is shown.

import { el, knows, say, told } from "./tools.js";

const SCREEN = "screen";
const MARKS = ["crop", "registration"];
const PLAIN = { name: "", trims: told.choices.trims, papers: [], bleed: "3mm", marks: true };
const options = (values, chosen, words) => values.map((value) => el("option", { value, selected: value === chosen }, words(value)));
const named = (kind, name) => (knows(`${kind}.${name}`) ? say(`${kind}.${name}`) : name);

export function paper() {
  return new Paper();
}

class Paper {
  constructor() {
    const select = (id, words, onchange) => {
      const control = el("select", { id, onchange });
      return { control, field: el("div", { class: "field" }, el("label", { for: id }, words), control) };
    };
    const box = (id, words) => {
      const control = el("input", { type: "checkbox", id });
      const text = el("span", {}, words);
      return { control, text, field: el("label", {}, control, text) };
    };
    const want = () => { this.wanted = { trim: this.trim.control.value, kind: this.kind.control.value }; };
    this.use = select("pdf.use", say("pdf.use"), () => this.fit());
    this.trim = select("pdf.trim", say("trim"), want);
    this.screen = select("pdf.device", say("pdf.screen"));
    this.kind = select("pdf.paper", say("pdf.paper"), want);
    this.bleed = box("pdf.bleed", "");
    this.marks = MARKS.map((mark) => [mark, box(`pdf.marks.${mark}`, say(`pdf.marks.${mark}`))]);
    this.boxes = el("div", { class: "boxes" }, this.bleed.field, this.marks.map(([, one]) => one.field));
    this.shown = el("fieldset", { class: "choice" }, el("legend", {}, say("pdf")),
      el("div", { class: "grid" }, this.use.field, this.trim.field, this.screen.field, this.kind.field), this.boxes);
  }

  /** Show what is chosen. */
  fill(settings) {
    this.given = settings;
    const use = settings["pdf.device"] ? SCREEN : settings["pdf.printer"] ?? "";
    this.use.control.replaceChildren(
      ...options(["", ...told.choices.printers.map((one) => one.name), SCREEN], use, (value) =>
        value === "" ? say("pdf.use.any") : value === SCREEN ? say("pdf.use.screen") : told.choices.printers.find((one) => one.name === value).title));
    const screen = settings["pdf.device"] ?? settings["epub.device"] ?? told.choices.devices[0];
    this.screen.control.replaceChildren(...options(told.choices.devices, screen, (name) => named("device", name)));
    this.bleed.control.checked = Boolean(settings["pdf.bleed"]);
    this.marks.forEach(([mark, one]) => { one.control.checked = (settings["pdf.marks"] ?? []).includes(mark); });
    this.wanted = { trim: settings["pdf.trim"] ?? "A5", kind: settings["pdf.paper"] ?? "" };
    this.fit();
  }

  /** Leave only what the printer takes; what was chosen stays where it can. */
  fit() {
    const { printer, isScreen, wanted: { trim, kind } } = this;
    // A size or paper of one's own, from book.toml, is one of the choices.
    const own = this.given["pdf.trim"];
    const trims = own && !told.choices.trims.includes(own) ? [own, ...printer.trims] : printer.trims;
    this.trim.control.replaceChildren(...options(trims, trims.includes(trim) ? trim : "A5", (name) => named("trim", name)));
    const papers = ["", ...printer.papers, ...(kind && !told.choices.printers.some((one) => one.papers.includes(kind)) ? [kind] : [])];
    this.kind.control.replaceChildren(...options(papers, papers.includes(kind) ? kind : "", (name) => (name ? named("paper", name) : say("pdf.paper.usual", { name: named("paper", printer.papers[0] ?? "") }))));
    this.bleed.text.textContent = say("pdf.bleed", { size: printer.bleed.replace("mm", " mm") });
    this.trim.field.hidden = isScreen;
    this.screen.field.hidden = !isScreen;
    this.kind.field.hidden = isScreen || !printer.papers.length;
    this.bleed.field.hidden = isScreen || !printer.bleed;
    this.marks.forEach(([, one]) => { one.field.hidden = isScreen || !printer.marks; });
    this.boxes.hidden = [...this.boxes.children].every((field) => field.hidden);
  }

  get isScreen() {
    return this.use.control.value === SCREEN;
  }

  get printer() {
    return told.choices.printers.find((one) => one.name === this.use.control.value) ?? PLAIN;
  }

  /** What is chosen, as settings; what is not shown is not set. */
  get settings() {
    const { printer, isScreen } = this;
    const shown = (one, value) => (one.field.hidden ? null : value);
    const marks = this.marks.filter(([, one]) => !one.field.hidden && one.control.checked).map(([mark]) => mark);
    const own = this.given["pdf.bleed"];
    return {
      "pdf.printer": printer.name || null,
      "pdf.device": isScreen ? this.screen.control.value : null,
      "pdf.trim": this.trim.control.value === "A5" ? null : shown(this.trim, this.trim.control.value),
      "pdf.paper": shown(this.kind, this.kind.control.value || null),
      "pdf.bleed": this.bleed.control.checked ? shown(this.bleed, this.given["pdf.printer"] === printer.name && own ? own : printer.bleed) : null,
      "pdf.marks": marks.length ? marks : null,
    };
  }
}

/** What the printer would say of the finished PDF. */
export function printing(book) {
  const found = book.printing;
  if (!found?.printer) return null;
  const { title } = told.choices.printers.find((one) => one.name === found.printer);
  return el("div", { class: "printing" },
    el("h4", {}, say("printing", { name: title })),
    found.spine_mm ? el("p", { class: "quiet" }, say("printing.spine", { n: found.pages, size: found.spine_mm })) : null,
    found.wrap?.length ? el("p", { class: "quiet" }, say("printing.wrap"), " ", found.wrap.map((one) => one.message).join(" · ")) : null,
    found.remarks.length
      ? el("ul", { class: "remarks" }, found.remarks.map((one) => el("li", {},
        el("mark", {}, say(one.severity === "error" ? "printing.refused" : "printing.advised")), " ",
        el("strong", {}, one.message), one.hint ? el("p", { class: "quiet" }, one.hint) : null)))
      : el("p", {}, say("printing.fine")));
}
