// A finished file onto a phone: a code to scan, and the link that it holds.

import { ask, attempt, button, el, number, say } from "./tools.js";

/** A button that opens a link to one file, `beside` it, and what it says. */
export function fetching(book, name, beside) {
  const said = el("div", { class: "fetching", "aria-live": "polite" });
  const open = async () => {
    const told = await ask("POST", `/${book.id}/link`, { name });
    said.replaceChildren(...(told.address ? scanned(name, told) : closed(told)));
    (said.querySelector("a, code") ?? said).scrollIntoView({ block: "nearest" });
  };
  return [button(say("phone"), () => attempt(said, open), { "aria-label": say("phone.of", { name }) }), beside, said];
}

/** A picture made by the server, as an address that the page may show. */
const picture = (svg) => `data:image/svg+xml;base64,${btoa(svg)}`;

const scanned = (name, { address, code, minutes }) => [
  el("p", {}, say("phone.scan", { n: number(minutes) })),
  el("img", { class: "code", src: picture(code), alt: say("phone.code", { name }) }),
  el("p", {}, el("a", { href: address, class: "address" }, address)),
];

/** This server answers this machine only. */
const closed = ({ command }) => [el("p", {}, say("phone.closed")), el("pre", { tabindex: "0" }, command)];
