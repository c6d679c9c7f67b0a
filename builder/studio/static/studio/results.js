// What was made: load it, leaf through the pages of the PDF, read the EPUB.

import { fetching } from "./fetching.js";
import { printing } from "./paper.js";
import { API, announce, ask, askAt, attempt, button, el, number, say, section, size } from "./tools.js";

export function results(page) {
  return new Results(page);
}

class Results {
  constructor(page) {
    this.page = page;
    this.inside = el("div");
    this.shown = section("results", say("finished"), this.inside);
    this.shown.hidden = true;
  }

  fill(book) {
    this.shown.hidden = !book.made.length;
    if (!book.made.length) return;
    const pdf = book.made.find((one) => one.pages);
    this.inside.replaceChildren(...[
      el("ul", { class: "made" }, book.made.map((one) => el("li", {},
        el("a", { href: one.href, download: one.name, class: "button" }, say("download", { name: kind(one.name) })),
        ...fetching(book, one.name, el("span", { class: "quiet", lang: "zh" }, `${one.name} · ${size(one.size)}`))))),
      printing(book),
      away(book),
      el("div", { class: "looks" }, pdf ? leafing(book, pdf) : null, book.made.some((one) => one.name.endsWith(".epub")) ? reading(book) : null),
    ].filter(Boolean));
  }

  /** Lead to what was just made. */
  lead() {
    const heading = document.getElementById("results-heading");
    heading.focus();
    this.shown.scrollIntoView({ block: "start" });
  }
}

const kind = (name) => name.endsWith(".wrap.pdf") ? say("wrap") : (name.endsWith(".kepub.epub") ? "kepub" : name.split(".").pop()).toUpperCase();

// Only who sits at this machine has readers plugged into it.
const isAtHome = ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);

/** The ways out of the studio: the shelf, a code to scan, a plugged-in reader. */
function away(book) {
  const said = el("div", { "aria-live": "polite" });
  const shown = el("div", { class: "away" });
  const shelve = async () => {
    const { names } = await ask("POST", `/${book.id}/shelve`);
    said.replaceChildren(el("p", {}, say("shelved", { name: names.join("、") }), " ", el("a", { href: "/" }, say("shelf.open"))),
      ...(isAtHome ? [] : [el("p", {}, say("shelf.code")), el("img", { class: "code", src: "/studio/api/code.svg", alt: location.origin })]));
  };
  const look = async () => {
    const { devices } = await askAt("GET", "/studio/api/devices");
    said.replaceChildren(...(devices.length ? devices.map((one) => sending(book, one, said, shown)) : [el("p", {}, say("devices.none"))]));
    said.querySelector("button")?.focus();
  };
  const ways = [button(say("shelve"), () => attempt(shown, shelve))];
  if (isAtHome) ways.push(button(say("devices"), () => attempt(shown, look)));
  shown.append(el("div", { class: "bar" }, ways), said);
  return shown;
}

const sending = (book, device, said, shown) => button(say("devices.send", { name: device.name }), () => attempt(shown, async () => {
  const { name } = await ask("POST", `/${book.id}/send`, { to: device.place });
  said.replaceChildren(el("p", {}, say("devices.sent", { name })), ...(device.kind === "kobo" ? listing(book, device, said, shown) : []));
}));

/** A Kobo reads no series from a book: it can be written into its own list. */
const listing = (book, device, said, shown) => [
  el("p", { class: "quiet" }, say("kobo.about")),
  button(say("kobo.series"), () => attempt(shown, async () => {
    const { series } = await ask("POST", `/${book.id}/send`, { to: device.place, series: true });
    const again = series === "unknown" ? listing(book, device, said, shown).slice(1) : [];
    said.replaceChildren(el("p", {}, say(`kobo.${series}`)), ...again);
  })),
];

/** The pages of the PDF, one at a time. */
function leafing(book, pdf) {
  const version = book.job?.ended ?? "";
  const address = (at) => `${API}/${book.id}/pages/${at}.png?${version}`;
  let page = 1;
  let wanted = 1;
  const picture = el("img", { class: "page" });
  const place = el("input", { id: "page", type: "number", min: 1, max: pdf.pages, value: 1, onchange: () => turn(Number(place.value)) });
  const turn = (to) => {
    wanted = Math.min(pdf.pages, Math.max(1, Math.round(to) || 1));
    place.value = wanted;
    const next = new Image();
    const mine = wanted;
    next.onload = () => {
      if (mine !== wanted) return;
      page = mine;
      picture.src = next.src;
      picture.alt = say("page", { n: number(page) });
      back.disabled = page === 1;
      on.disabled = page === pdf.pages;
      announce(picture.alt);
    };
    next.src = address(wanted);
  };
  const back = button(say("previous"), () => turn(wanted - 1), { disabled: true });
  const on = button(say("next"), () => turn(wanted + 1), { disabled: pdf.pages === 1 });
  picture.src = address(1);
  picture.alt = say("page", { n: 1 });
  return el("figure", { class: "leafing" }, picture, el("figcaption", { class: "bar" },
    back, el("label", { for: "page" }, say("page.number")), place, el("span", {}, `/ ${number(pdf.pages)}`), on));
}

/** The EPUB as a reader shows it, a chapter at a time; it may run no scripts. */
function reading(book) {
  const address = (name) => `${API}/${book.id}/read/${name.split("/").map(encodeURIComponent).join("/")}`;
  const frame = el("iframe", { sandbox: "allow-same-origin", title: say("reading"), tabindex: "0" });
  const list = el("select", { id: "reading", lang: "zh", onchange: () => turn(0) });
  const turn = (by) => {
    list.selectedIndex = Math.min(list.length - 1, Math.max(0, list.selectedIndex + by));
    frame.src = address(list.value);
    back.disabled = list.selectedIndex === 0;
    on.disabled = list.selectedIndex === list.length - 1;
  };
  const back = button(say("reading.previous"), () => turn(-1));
  const on = button(say("reading.next"), () => turn(1));
  const shown = el("figure", { class: "reading" }, frame, el("figcaption", { class: "bar" },
    back, el("label", { for: "reading", class: "hidden" }, say("reading")), list, on));
  attempt(shown, async () => {
    const { chapters } = await ask("GET", `/${book.id}/read`);
    list.append(...chapters.map((one) => el("option", { value: one.name }, `${"\u3000".repeat(one.depth)}${one.title}`)));
    if (chapters.length) turn(0);
  });
  return shown;
}
