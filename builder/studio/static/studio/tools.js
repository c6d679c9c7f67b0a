// What every part of the studio uses: sentences, elements, questions to the server.

export const told = JSON.parse(document.getElementById("told").textContent);
export const main = document.getElementById("main");
export const API = "/studio/api/books";
const status = document.getElementById("status");

/** Whether the catalogue has a sentence. */
export const knows = (key) => key in told.words;

/** A sentence of the catalogue, its {fields} filled. */
export const say = (key, values = {}) =>
  (told.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** A number as the language writes it. */
export const number = (value) => value.toLocaleString(document.documentElement.lang);

export const size = (bytes) =>
  bytes < 1e6 ? `${bytes && Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** A place in a file, without the folders of the server. */
export const plain = (place) => String(place).split("/").pop();

/** An element with attributes (on* are listeners), and children that are elements or text. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat(2).filter((child) => child != null && child !== false));
  return made;
}

export const button = (words, onclick, attributes = {}) =>
  el("button", { type: "button", onclick, ...attributes }, words);

/** A button that asks once more before it does something that cannot be undone. */
export function twice([first, second], work, name = "") {
  let isSure = false;
  const ask = (sure) => {
    isSure = sure;
    const key = isSure ? second : first;
    it.classList.toggle("danger", isSure);
    it.textContent = say(key);
    if (name) it.setAttribute("aria-label", say(key) + name);
  };
  const it = button("", () => {
    if (isSure) return work();
    ask(true);
    return undefined;
  }, { onblur: () => ask(false) });
  ask(false);
  return it;
}

/** A part of the page with a heading, which others may lead to. */
export function section(id, words, ...children) {
  const heading = el(id === "books" ? "h2" : "h3", { id: `${id}-heading`, tabindex: "-1" }, words);
  return el("section", { "aria-labelledby": heading.id, id }, heading, children);
}

/** Say something to those who do not see what has changed. */
export const announce = (words) => {
  if (status.textContent !== words) status.textContent = words;
};

export class Refused extends Error {
  constructor(problem) {
    super(problem.message);
    this.hint = problem.hint;
  }
}

const lost = () => new Refused({ message: say("lost"), hint: say("lost.hint") });

/** Ask the server about books; throws Refused with what it says. */
export const ask = (method, path, body) => askAt(method, API + path, body);

/** Ask the server at any of its addresses. */
export async function askAt(method, address, body) {
  let answer;
  try {
    answer = await fetch(address, {
      method,
      headers: { "X-Builder": "1", ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw lost();
  }
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw problem.error ? new Refused(problem.error) : lost();
}

/** Send a file; `sent` hears which part of it has gone. Only XMLHttpRequest tells that. */
export function upload(path, file, sent) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", API + path);
    request.setRequestHeader("X-Builder", "1");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total);
    request.onerror = () => reject(lost());
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(request.response?.error ? new Refused(request.response.error) : lost());
    };
    request.send(file);
  });
}

export function complaint(problem) {
  return el("div", { class: "error", role: "alert" },
    el("strong", {}, problem.message), problem.hint ? el("p", {}, problem.hint) : null);
}

/** Run what a person asked for; what goes wrong is told in `place`, beside what caused it. */
export async function attempt(place, work) {
  place.querySelectorAll(":scope > .error").forEach((old) => old.remove());
  try {
    return await work();
  } catch (problem) {
    if (!(problem instanceof Refused)) console.error(problem);
    const shown = complaint(problem instanceof Refused ? problem : lost());
    place.append(shown);
    shown.scrollIntoView({ block: "nearest" });
    return undefined;
  }
}
