// What pdf.js, the reader inside Firefox, sees in a PDF: `node pdfjs_read.mjs FILE`, JSON on stdout.
import { readFile } from "node:fs/promises";
import { getDocument, VerbosityLevel } from "./node_modules/pdfjs-dist/legacy/build/pdf.mjs";

const places = new URL("./node_modules/pdfjs-dist/", import.meta.url).pathname;
const task = getDocument({
  data: new Uint8Array(await readFile(process.argv[2])),
  cMapUrl: `${places}cmaps/`,
  cMapPacked: true,
  standardFontDataUrl: `${places}standard_fonts/`,
  verbosity: VerbosityLevel.ERRORS,
});
const pdf = await task.promise;

// Pages count from 1; 0 is nowhere.
async function pageOf(dest) {
  const explicit = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
  return explicit ? (await pdf.getPageIndex(explicit[0])) + 1 : 0;
}

async function entries(items) {
  return Promise.all(
    (items ?? []).map(async ({ title, dest, items: inner }) => [
      title,
      await pageOf(dest),
      await entries(inner),
    ]),
  );
}

// What a page's structure tree says, in its order: the types from the root down, and the text.
function runs(node, path, texts) {
  if (!node.role) return node.type === "content" ? [[path, texts.get(node.id) ?? ""]] : [];
  return node.children.flatMap((kid) => runs(kid, [...path, node.role], texts));
}

// The text of each piece of marked content, by its id; "" has what is not in the tree.
function byMark(items) {
  const texts = new Map([["", ""]]);
  const open = [""];
  for (const { type, id, str, hasEOL } of items) {
    if (type === "endMarkedContent") open.pop();
    else if (type === "beginMarkedContent") open.push(open.at(-1));
    else if (type === "beginMarkedContentProps") open.push(id ?? open.at(-1));
    else texts.set(open.at(-1), (texts.get(open.at(-1)) ?? "") + str + (hasEOL ? "\n" : ""));
  }
  return texts;
}

const pages = [];
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent({
    includeMarkedContent: true,
    disableNormalization: true,
  });
  const tree = await page.getStructTree();
  const texts = byMark(items);
  pages.push({ text: [...texts.values()].join(""), runs: tree ? runs(tree, [], texts) : [] });
  page.cleanup();
}
const { info } = await pdf.getMetadata();
process.stdout.write(
  JSON.stringify({
    outline: await entries(await pdf.getOutline()),
    labels: await pdf.getPageLabels(),
    marked: (await pdf.getMarkInfo())?.Marked ?? false,
    language: info.Language ?? "",
    title: info.Title ?? "",
    pages,
  }),
);
await task.destroy();
