// One book: its parts are filled when they change, and only then, so that nobody loses what he
// is writing while the server works.

import { choices } from "./choices.js";
import { contents } from "./contents.js";
import { doubts } from "./doubts.js";
import { leftOutOf } from "./home.js";
import { origins, remarks } from "./remarks.js";
import { removed } from "./removed.js";
import { results } from "./results.js";
import { announce, ask, attempt, button, complaint, el, main, number, say } from "./tools.js";

const STAGES = { analyse: ["read", "structure"], build: ["read", "normalize", "structure", "convert", "make", "print"] };
const ALIVE = ["queued", "running"];
const QUICK_MS = 250;
const SLOW_MS = 1000;

/** Show a book; what it does is followed until another page is shown. */
export async function showBook(id) {
  const page = new BookPage(id, await ask("GET", `/${id}`));
  await page.begin();
}

class BookPage {
  constructor(id, book) {
    this.id = id;
    this.book = book;
    this.title = el("h2", { id: "book", lang: "zh", tabindex: "-1" });
    this.facts = el("p", { class: "quiet facts" });
    this.notices = el("div");
    this.contents = contents(this);
    this.removed = removed(this);
    this.choices = choices(this);
    this.results = results(this);
    this.doubts = doubts(this);
    this.remarks = el("div");
    this.work = el("div", { class: "work", hidden: true });
  }

  get isBusy() {
    return ALIVE.includes(this.book.job?.state);
  }

  async begin() {
    main.replaceChildren(this.title, this.facts, this.notices, this.work,
      this.contents.shown, this.removed.shown, this.choices.shown, this.results.shown, this.doubts.shown, this.remarks);
    this.notices.append(...leftOutOf(this.id));
    this.name();
    if (this.isBusy) {
      await this.follow();
    } else {
      await this.fill();
      if (this.book.job?.error) this.complain(this.book.job);
    }
  }

  name() {
    this.title.textContent = this.book.title;
    document.title = `${this.book.title} – ${say("title")}`;
    const { analysis } = this.book;
    if (!analysis) return;
    const characters = analysis.files.reduce((sum, file) => sum + file.characters, 0);
    const codes = [...new Set(analysis.files.map((file) => file.encoding))].join(" ");
    this.facts.textContent = say("facts", { n: number(analysis.sections.length), size: number(characters), name: codes });
  }

  async fill() {
    this.name();
    if (this.book.analysis) {
      const { rows } = await ask("GET", `/${this.id}/contents`);
      this.contents.fill(rows, this.book.analysis.examination.median);
    }
    this.removed.fill(this.book);
    this.choices.fill(this.book);
    this.results.fill(this.book);
    await this.doubts.fill(this.book);
    this.remarks.replaceChildren(...remarks(this.book), origins(this));
  }

  /** Ask the server to do something, and show it while it does. */
  async start(kind, body) {
    const { job } = await ask("POST", `/${this.id}/${kind}`, body);
    this.book.job = job;
    await this.follow();
  }

  async follow() {
    const { kind } = this.book.job;
    for (let wait = QUICK_MS; this.isBusy; wait = Math.min(SLOW_MS, wait * 1.15)) {
      this.report();
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (!this.title.isConnected) return;
      const { job } = await ask("GET", `/${this.id}/job`);
      this.book.job = job ?? this.book.job;
    }
    this.book = await ask("GET", `/${this.id}`);
    if (!this.title.isConnected) return;
    this.work.hidden = true;
    await this.fill();
    const { job } = this.book;
    announce(say(`state.${job.state}`));
    if (job.error) this.complain(job);
    else if (kind === "build" && job.state === "done") this.results.lead();
  }

  /** What is being done, as steps. */
  report() {
    const { kind, state, progress } = this.book.job;
    const stages = (STAGES[kind] ?? []).filter((stage) => stage !== "print" || this.book.settings["pdf.printer"]);
    const at = state === "running" ? Math.max(0, stages.indexOf(progress?.stage)) : -1;
    const words = at < 0 ? say(`state.${state}`) : say(`stage.${stages[at]}`);
    announce(words);
    if (this.work.hidden) {
      this.steps = el("ol", { class: "steps" }, stages.map((stage) => el("li", {}, say(`stage.${stage}`))));
      this.work.replaceChildren(this.steps,
        button(say("stop"), () => attempt(this.work, () => ask("POST", `/${this.id}/cancel`))));
      this.work.hidden = false;
    }
    [...this.steps.children].forEach((step, index) => {
      step.className = index < at ? "done" : index === at ? "now" : "";
      if (index === at) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    });
  }

  /** A job's fault stands where the job was asked for. */
  complain(job) {
    const place = job.kind === "build" ? this.choices.shown : this.contents.shown;
    place.querySelectorAll(":scope > .error").forEach((old) => old.remove());
    const shown = complaint(job.error);
    place.append(shown);
    shown.scrollIntoView({ block: "nearest" });
  }
}
