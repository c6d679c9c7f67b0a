// What programs that read OPDS make of a feed: `node opds_read.mjs READER FILE`, JSON on stdout.
// READER is r2 (Readium 2, what Thorium reads with) or nypl (opds-feed-parser, of Palace and SimplyE).
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [reader, file] = process.argv.slice(2);
const content = await readFile(file, "utf-8");
const plain = (value) => value ?? "";

function link(one) {
  return { rel: [].concat(plain(one.Rel ?? one.rel)).flat(), href: plain(one.Href ?? one.href), type: plain(one.TypeLink ?? one.Type ?? one.type), templated: Boolean(one.Templated) };
}

async function withReadium() {
  const base = "r2-opds-js/dist/es8-es2017/src/opds/";
  const { initGlobalConverters_OPDS } = require(`${base}init-globals`);
  const { initGlobalConverters_GENERIC } = require("r2-shared-js/dist/es8-es2017/src/init-globals");
  initGlobalConverters_OPDS();
  initGlobalConverters_GENERIC();
  const { OPDSFeed } = require(`${base}opds2/opds2`);
  let feed;
  if (content.trimStart().startsWith("<")) {
    const { XML } = require("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
    const { OPDS } = require(`${base}opds1/opds`);
    const { convertOpds1ToOpds2 } = require(`${base}converter`);
    const { DOMParser } = require("@xmldom/xmldom");
    feed = convertOpds1ToOpds2(XML.deserialize(new DOMParser().parseFromString(content, "text/xml"), OPDS));
  } else {
    const { TaJsonDeserialize } = require("r2-lcp-js/dist/es8-es2017/src/serializable");
    feed = TaJsonDeserialize(JSON.parse(content), OPDSFeed);
  }
  return {
    title: plain(feed.Metadata?.Title),
    total: feed.Metadata?.NumberOfItems ?? 0,
    links: (feed.Links ?? []).map(link),
    ways: (feed.Navigation ?? []).map((one) => ({ title: plain(one.Title), ...link(one) })),
    books: (feed.Publications ?? []).map((one) => ({
      title: plain(one.Metadata.Title),
      authors: (one.Metadata.Author ?? []).map((person) => plain(person.Name)),
      links: (one.Links ?? []).map(link),
      images: (one.Images ?? []).map(link),
    })),
  };
}

async function withNypl() {
  const { default: Parser } = require("opds-feed-parser");
  const feed = await new Parser().parse(content);
  const acquisition = feed.constructor.name === "AcquisitionFeed";
  return {
    title: plain(feed.title),
    total: feed.search?.totalResults ?? 0,
    links: feed.links.map(link),
    ways: acquisition ? [] : feed.entries.map((one) => ({ title: plain(one.title), ...link(one.links[0]) })),
    books: acquisition
      ? feed.entries.map((one) => ({
          title: plain(one.title),
          authors: one.authors.map((person) => plain(person.name)),
          links: one.links.filter((each) => each.rel?.includes("acquisition")).map(link),
          images: one.links.filter((each) => each.rel?.includes("image")).map(link),
        }))
      : [],
  };
}

console.log(JSON.stringify(await (reader === "r2" ? withReadium() : withNypl())));
