// All books, and the place where files are dropped.

import { announce, ask, attempt, complaint, el, main, say, section, twice, upload } from "./tools.js";

// What systems and browsers leave in folders, and nobody means: .DS_Store, Thumbs.db, 看小说.url.
const JUNK = /(^|\/)(\.|__MACOSX\/|thumbs\.db$|desktop\.ini$)|\.(url|lnk|webloc)$/i;

// What says which part of a book it is, and of which book not: 001.txt, 第三章.txt, ch_2.md; but not 水账.txt.
const NUMBERED = /^(\d+|第.{1,6}[章回节節卷]|(chapter|ch|part)[ _-]?\d+)(?=[\s._（(-]|$)/i;

/** What was left out when the last book was begun, to be told on its page. */
export const leftOut = { of: "", problems: [] };

export async function showHome() {
  const { books } = await ask("GET", "");
  main.replaceChildren(dropping(), shelf(books));
}

// --- dropping ----------------------------------------------------------------------------

function dropping() {
  const files = el("input", { type: "file", id: "files", class: "hidden-input", multiple: true });
  const folder = el("input", { type: "file", id: "folder", class: "hidden-input", webkitdirectory: true });
  const progress = el("div", { class: "sending", hidden: true });
  const drop = el("section", { class: "drop", "aria-label": say("choose") },
    el("p", { class: "lead" }, say("drop")),
    el("div", { class: "bar centred" },
      el("span", {}, files, el("label", { for: "files", class: "button main-action" }, say("choose"))),
      el("span", {}, folder, el("label", { for: "folder", class: "button" }, say("choose.folder")))),
    el("p", { class: "quiet" }, say("takes")), progress);
  const take = (found) => attempt(drop, () => begin(found, progress));
  files.addEventListener("change", () => take([...files.files].map(named)));
  folder.addEventListener("change", () => take([...folder.files].map(named)));
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    take(entries);
  });
  return drop;
}

export const named = (file) => ({ file, path: file.webkitRelativePath || file.name });

/** Files below dropped files and folders, with the way to each. */
async function walked(entry) {
  if (!("isFile" in entry)) return [entry];
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    for (const inner of some) found.push(...(await walked(inner)));
  }
  return found;
}

/** Make a book of what was dropped, and go to it. */
async function begin(dropped, progress) {
  const found = (await Promise.all([...dropped].map(walked))).flat().filter(({ path }) => !JUNK.test(path));
  if (!found.length) return;
  const { id } = await ask("POST", "", { name: called(found.map(({ path }) => path)) });
  const { taken, problems } = await send(id, found, progress);
  if (!taken) {
    await ask("DELETE", `/${id}`);
    progress.hidden = true;
    throw problems[0];
  }
  Object.assign(leftOut, { of: id, problems });
  await ask("POST", `/${id}/analyse`);
  location.hash = id;
}

/** What a book is called before it is read: as its folder, as its file, or as the names of its files begin. */
function called(paths) {
  const [first] = paths;
  const [folder] = first.split("/");
  if (folder !== first && paths.every((path) => path.startsWith(`${folder}/`))) return `${folder}.txt`;
  const names = paths.map((path) => path.split("/").pop());
  if (names.length === 1) return names[0];
  const [one] = names;
  let shared = one.length;
  while (!names.every((name) => name.startsWith(one.slice(0, shared)))) shared -= 1;
  // 渡口-01.txt and 渡口-02.txt are 渡口; 001.txt and 002.txt, or two of any other names, say nothing.
  const title = one.slice(0, shared).replace(/[\s\d第（(【\[_.·-]+$/, "");
  return `${title || (NUMBERED.test(one) ? say("untitled") : one)}${title ? ".txt" : ""}`;
}

/** Send files to a book; returns how many it took, and what was wrong with the others. */
export async function send(id, found, progress) {
  const names = new Map();
  for (const { file } of found) names.set(file.name, (names.get(file.name) ?? 0) + 1);
  const words = el("p", {});
  const shown = el("progress", { max: found.length, value: 0, "aria-label": say("files") });
  progress.replaceChildren(words, shown);
  progress.hidden = false;
  const problems = [];
  for (const [at, { file, path }] of found.entries()) {
    words.textContent = say("sending", { name: file.name, n: `${at + 1}/${found.length}` });
    if (at % 20 === 0) announce(words.textContent);
    const name = names.get(file.name) > 1 ? path.replaceAll("/", "-") : file.name;
    try {
      await upload(`/${id}/files/${encodeURIComponent(name)}`, file, (part) => { shown.value = at + part; });
    } catch (problem) {
      problems.push(problem);
    }
  }
  return { taken: found.length - problems.length, problems };
}

// --- books -------------------------------------------------------------------------------

function shelf(books) {
  const list = el("ul", { class: "books" }, books.map((book) => card(book)));
  const empty = el("p", { class: "quiet" }, say("none"));
  return section("books", say("books"), books.length ? list : empty);
}

function card(book) {
  const state = book.state === "done" ? "" : say(`state.${book.state}`);
  const shown = el("li", {},
    el("a", { href: `#${book.id}`, lang: "zh" }, book.title),
    el("span", { class: "quiet" }, state),
    removal(book, () => shown));
  return shown;
}

/** A button that takes a book away. */
const removal = (book, shown) => twice(["remove", "remove.sure"], () => attempt(shown(), async () => {
  await ask("DELETE", `/${book.id}`);
  await showHome();
  document.getElementById("books-heading").focus();
  announce(say("removed.book", { name: book.title }));
}), `: ${book.title}`);

/** What could not be taken of the files of a book. */
export function leftOutOf(id) {
  if (leftOut.of !== id || !leftOut.problems.length) return [];
  return leftOut.problems.slice(0, 5).map(complaint);
}
