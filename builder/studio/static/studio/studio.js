// The studio: drop a text, see its chapters, choose, build, load. No framework, no build step.

import { showBook } from "./book.js";
import { showHome } from "./home.js";
import { announce, attempt, main, say } from "./tools.js";

async function show() {
  const id = location.hash.slice(1);
  main.replaceChildren();
  announce("");
  document.title = say("title");
  scrollTo(0, 0);
  await attempt(main, () => (id ? showBook(id) : showHome()));
}

window.addEventListener("hashchange", async () => {
  await show();
  main.focus({ preventScroll: true });
});
show();
