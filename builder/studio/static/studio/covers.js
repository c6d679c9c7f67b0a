// The cover, chosen by looking: every design with this book's title and author, or a picture of one's own.

import { API, announce, ask, attempt, button, el, say, told, upload } from "./tools.js";

const NAME = "cover";
const named = (design) => say(`design.${design}`);

export function covers() {
  return new Covers();
}

class Covers {
  constructor() {
    this.tiles = el("div", { class: "covers" });
    this.input = el("input", { type: "file", id: "cover-file", class: "hidden-input", accept: "image/jpeg,image/png,image/gif,image/webp",
      onchange: () => attempt(this.shown, () => this.give()) });
    this.remove = button(say("cover.remove"), () => attempt(this.shown, () => this.take()), { hidden: true });
    this.shown = el("fieldset", { class: "choice" }, el("legend", {}, say("cover")), this.tiles,
      el("div", { class: "bar" }, this.input, el("label", { for: "cover-file", class: "button" }, say("cover.give")), this.remove));
    this.known = null;
  }

  /** Show what is chosen; the pictures come when they are drawn. */
  fill(book) {
    this.book = book;
    this.chosen = book.settings["cover.own"] === false || !this.known?.own ? book.settings["cover.design"] ?? "auto" : "own";
    this.show();
    attempt(this.shown, () => this.look());
  }

  /** Ask for the pictures; what they show may have changed. */
  async look() {
    this.tiles.setAttribute("aria-busy", "true");
    try {
      this.takeIn(await ask("GET", `/${this.book.id}/covers`));
    } finally {
      this.tiles.removeAttribute("aria-busy");
    }
  }

  takeIn(known) {
    const had = this.known?.own;
    this.known = known;
    // The book's own picture is its cover unless something else was chosen.
    if (known.own && !had && this.book.settings["cover.own"] !== false && this.chosen === "auto") this.chosen = "own";
    if (!known.own && this.chosen === "own") this.chosen = "auto";
    this.show();
  }

  /** The choices; whichever had the focus has it again. */
  show() {
    const focused = this.tiles.contains(document.activeElement) ? document.activeElement.value : null;
    const { own, shown, suits, is_given: isGiven } = this.known ?? {};
    this.tiles.replaceChildren(
      ...(own ? [this.tile("own", say(isGiven ? "cover.yours" : "cover.own"), shown)] : []),
      this.tile("auto", say("cover.auto"), suits),
      ...told.choices.designs.map((design) => this.tile(design, named(design), design)),
      this.tile("none", say("design.none"), null));
    this.remove.hidden = !this.known?.is_given;
    if (focused) this.tiles.querySelector(`[value=${focused}]`)?.focus();
  }

  tile(value, words, name) {
    const { version } = this.known ?? {};
    const picture = name && version
      ? el("img", { src: `${API}/${this.book.id}/covers/${version}/${name}.jpg`, alt: say("cover.of", { name: this.book.title }), width: 160, height: 240, loading: "lazy" })
      : el("span", { class: "blank", "aria-hidden": "true" });
    return el("label", {}, el("input", { type: "radio", name: NAME, value, checked: value === this.chosen, onchange: () => { this.chosen = value; } }), picture, el("span", {}, words));
  }

  /** What is chosen, as settings. */
  get settings() {
    const { chosen } = this;
    const isLeft = Boolean(this.known?.own) && chosen !== "own";
    return {
      "cover.own": isLeft ? false : null,
      "cover.design": ["own", "auto"].includes(chosen) ? null : chosen,
    };
  }

  async give() {
    const [file] = this.input.files;
    this.input.value = "";
    if (!file) return;
    const known = await upload(`/${this.book.id}/cover`, file, () => {});
    this.chosen = "own";
    this.takeIn(known);
    announce(say("cover.given"));
  }

  async take() {
    this.takeIn(await ask("DELETE", `/${this.book.id}/cover`));
    this.tiles.querySelector(":checked")?.focus();
    announce(say("cover.removed"));
  }
}
