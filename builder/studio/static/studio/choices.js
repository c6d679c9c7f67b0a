// How the book shall be: its names, script, direction, look, cover, and which files are made.

import { covers } from "./covers.js";
import { paper } from "./paper.js";
import { announce, ask, attempt, el, knows, say, section, told } from "./tools.js";

const FORMATS = ["epub", "pdf", "kepub", "azw3", "txt"];
const USUAL = { "convert.to": "", "typography.vertical": "", "epub.theme": "plain", "epub.device": "" };
// What is seen on a cover.
const ON_COVERS = new Set(["book.title", "book.creators", "convert.to", "typography.vertical", "epub.theme"]);
const SCRIPTS = [["", "script.same"], ["zh-Hans", "script.hans"], ["zh-Hant", "script.hant"], ["zh-Hant-TW", "script.tw"], ["zh-Hant-HK", "script.hk"], ["zh-Hant-TW-x-phrases", "script.phrases"]];

const named = (kind, name) => (knows(`${kind}.${name}`) ? say(`${kind}.${name}`) : name);

export function choices(page) {
  return new Choices(page);
}

class Choices {
  constructor(page) {
    this.page = page;
    this.form = el("form", { class: "choices", autocomplete: "off", oninput: () => { this.isChanged = true; }, onsubmit: (event) => {
      event.preventDefault();
      attempt(this.shown, () => this.build());
    } });
    this.shown = section("choices", say("choices"), this.form);
    this.shown.hidden = true;
    this.isChanged = false;
    this.covers = covers();
    this.paper = paper();
    this.form.addEventListener("change", (event) => {
      if (event.target.name === "formats") this.fit();
      if (ON_COVERS.has(event.target.name)) attempt(this.covers.shown, () => this.redraw());
    });
  }

  /** Show what is chosen; what somebody is choosing stays. */
  fill(book) {
    this.shown.hidden = !book.analysis;
    if (this.isChanged || !book.analysis) return;
    const focused = this.form.contains(document.activeElement) ? document.activeElement : null;
    this.form.replaceChildren(...this.fields(book));
    this.covers.fill(book);
    this.paper.fill(book.settings);
    this.fit();
    if (focused?.id) document.getElementById(focused.id)?.focus();
    else if (focused?.name) this.form.querySelector(`[name="${focused.name}"][value="${focused.value}"]`)?.focus();
  }

  fields(book) {
    const now = book.settings;
    const field = (words, control) => el("div", { class: "field" }, el("label", { for: control.id }, words), control);
    const text = (key, value) => field(say(key), el("input", { name: key, id: key, value, lang: "zh" }));
    const pick = (key, words, options) => field(words, el("select", { name: key, id: key },
      options.map(([value, label]) => el("option", { value, selected: String(now[key] ?? USUAL[key]) === value }, label))));
    const plain = (kind, names) => names.map((name) => [name, named(kind, name)]);
    const authors = (now["book.creators"] ?? []).map((one) => one.name ?? one).join("、") || book.analysis.creators.join("、");
    const formats = now["output.formats"] ?? ["epub", "pdf"];
    const series = now["book.series"] ?? book.analysis.series ?? {};
    return [
      el("div", { class: "grid" },
        text("book.title", now["book.title"] ?? book.analysis.title),
        text("book.creators", authors),
        text("book.series", series.name ?? ""),
        field(say("book.position"), el("input", { name: "book.position", id: "book.position", type: "number", min: 0, step: "any", value: series.position ?? "" })),
        pick("convert.to", say("script"), SCRIPTS.map(([value, key]) => [value, say(key)])),
        pick("typography.vertical", say("direction"), [["", say("direction.lines")], ["true", say("direction.columns")]]),
        pick("epub.theme", say("theme"), plain("theme", told.choices.themes)),
        pick("epub.device", say("device"), [["", say("device.any")], ...plain("device", told.choices.devices)])),
      this.covers.shown,
      el("fieldset", {}, el("legend", {}, say("formats")),
        FORMATS.map((form) => el("label", {},
          el("input", { type: "checkbox", name: "formats", value: form, checked: formats.includes(form) }), el("span", {}, say(`format.${form}`))))),
      this.paper.shown,
      el("div", { class: "bar" }, el("button", { id: "build", class: "main-action large" }, say("build"))),
    ];
  }

  /** Keep chapters and choices, then make the files. */
  async build() {
    const formats = [...this.form.querySelectorAll("[name=formats]:checked")].map((box) => box.value);
    if (!formats.length) {
      announce(say("formats.none"));
      this.form.querySelector("[name=formats]").focus();
      return;
    }
    if (this.page.contents.isChanged) await this.page.contents.save();
    const { settings } = await ask("PUT", `/${this.page.id}/settings`, this.chosen(formats));
    this.page.book.settings = settings;
    this.isChanged = false;
    await this.page.start("build", { formats });
  }

  /** Pages are chosen only for a PDF. */
  fit() {
    this.paper.shown.hidden = !this.form.querySelector("[name=formats][value=pdf]").checked;
  }

  /** What the covers show is kept at once, and they are drawn anew. */
  async redraw() {
    const kept = Object.entries(this.chosen([])).filter(([key]) => ON_COVERS.has(key));
    await ask("PUT", `/${this.page.id}/settings`, Object.fromEntries(kept));
    await this.covers.look();
  }

  chosen(formats) {
    const value = (key) => this.form.elements[key].value.trim();
    const authors = value("book.creators").split(/[、,，;；]/).map((name) => name.trim()).filter(Boolean);
    const position = value("book.position");
    const series = { name: value("book.series"), ...(position && { position: Number(position) }) };
    const picked = Object.fromEntries(Object.entries(USUAL).map(([key, usual]) => [key, value(key) === usual ? null : value(key)]));
    return {
      ...picked,
      ...this.covers.settings,
      ...this.paper.settings,
      "typography.vertical": value("typography.vertical") ? true : null,
      "book.title": value("book.title") || null,
      "book.creators": authors.length ? authors.map((name) => ({ name })) : null,
      "book.series": series.name ? series : null,
      "output.formats": formats,
    };
  }
}
