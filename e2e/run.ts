// npm run stories: plays e2e/stories/*.story.ts in Chromium, on three stages at the same time. Each stage is a demo chain of its own on two hub
// processes over one database, on which its stories are played one after another.
// A word chooses stories by a part of their name; `--hubs N` changes the number of processes; `--url URL` (repeatable) plays on hubs that run
// already; `--report FILE` writes the counts as JSON. A failed story leaves a picture of every device in .screenshots/.
import { writeFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import type { Failure, StageReport } from "../tooling/stage-report.ts";
import { Cast, startBrowser } from "./browser.ts";
import { type Hubs, startHubs } from "./hubs.ts";
import { cpuBetween, cpuSeconds } from "./lib/cpu.ts";
import { type Story, registeredStories } from "./story.ts";

/** The walk through the longest room takes nearly two minutes on two busy cores, and more beside other work. */
const STORY_LIMIT_MS = 300_000;
/** Characters of what the hubs warned of that are told with a failed story. */
const MOST_WARNINGS = 4_000;
/** Lines of a failure that the end of `npm test` repeats. */
const MOST_LINES = 6;

/** The files that are not played on the first stage, so that all three take about as long and what one story buys or breaks is not missed by others. */
const FURTHER_STAGES: readonly (readonly string[])[] = [
  [
    "accessibility",
    "keyboard",
    "office-cut-off",
    "till-offline",
    "till-signing",
    "gift-receipt",
    "catalog",
    "files",
    "limits",
    "offers",
    "privacy",
  ],
  [
    "tour",
    "tour-keys",
    "board",
    "tables",
    "s4-menu",
    "kiosk",
    "payment",
    "change-order",
    "matching",
    "account",
    "companies",
    "collector",
    "promotions",
    "gift-cards",
    "office",
    "order-page",
    "till-elsewhere",
    "top-up",
  ],
];

const { values, positionals } = parseArgs({
  options: { hubs: { type: "string", default: "2" }, url: { type: "string", multiple: true }, report: { type: "string" } },
  allowPositionals: true,
});

// What a story answers in the hub's place may come when its page has gone on: nobody waits for it any more, and the other stories have nothing to do with it.
process.on("unhandledRejection", (error) => {
  if (!/Route is already handled|page, context or browser has been closed/.test(String(error))) throw error;
});

let passed = 0;
let isAlone = false;
const failures: Failure[] = [];
try {
  await playAll(await chosenStories(positionals));
} catch (error) {
  noteFailure("the stage could not be built", error);
  console.log(`not ok  the stage could not be built\n${indented(error)}`);
}
const report: StageReport = { passed, failed: failures.length, failures };
if (values.report) writeFileSync(values.report, JSON.stringify(report));
else console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 || passed === 0 ? 1 : 0);

/** The first lines of why, for the end of `npm test`. */
function noteFailure(name: string, error: unknown): void {
  failures.push({ name, why: String(error).split("\n").slice(0, MOST_LINES).join("\n") });
}

/** The stories of each stage. */
async function chosenStories(words: readonly string[]): Promise<readonly (readonly Story[])[]> {
  const stages: Story[][] = [[], ...FURTHER_STAGES.map(() => [])];
  const files: string[] = [];
  for await (const file of glob("stories/*.story.ts", { cwd: import.meta.dirname })) files.push(file);
  let before = 0;
  for (const file of files.sort()) {
    await import(join(import.meta.dirname, file));
    const stage = 1 + FURTHER_STAGES.findIndex((names) => names.includes(basename(file, ".story.ts")));
    const all = registeredStories();
    stages[stage]?.push(...all.slice(before).filter(({ name }) => isNamed(name, words)));
    before = all.length;
  }
  if (stages.every((stories) => stories.length === 0))
    throw new Error(words.length > 0 ? `No story is named like ${words.join(", ")}.` : "There is no story in e2e/stories.");
  return stages;
}

function isNamed(name: string, words: readonly string[]): boolean {
  return words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase()));
}

async function playAll(stages: readonly (readonly Story[])[]): Promise<void> {
  isAlone = values.url !== undefined || stages.filter((stories) => stories.length > 0).length === 1;
  if (values.url) return playOn(async () => ({ urls: values.url ?? [], warnings: () => "", stop: async () => {} }), stages.flat());
  await Promise.all(stages.map((stories) => playOn(() => startHubs(Number(values.hubs)), stories)));
}

async function playOn(build: () => Promise<Hubs>, stories: readonly Story[]): Promise<void> {
  if (stories.length === 0) return;
  const started = performance.now();
  const hubs = await build();
  try {
    const browser = await startBrowser();
    console.log(`stage   ${hubs.urls.join(" ")}  ${seconds(started)}`);
    try {
      for (const story of stories) await play(story, browser, hubs);
    } finally {
      await browser.close();
    }
  } finally {
    await hubs.stop();
  }
}

async function play(story: Story, browser: Browser, hubs: Hubs): Promise<void> {
  const started = performance.now();
  const cpu = cpuSeconds();
  const cast = new Cast(browser, hubs);
  hubs.warnings(); // those of the story before are not about this one
  try {
    await withLimit(story.play(cast));
    if (cast.complaints.length > 0) throw new Error("the story went on, but a screen threw");
    passed++;
    // Beside other stages nobody can tell what was used for which story.
    console.log(`ok      ${story.name}  ${seconds(started)}${isAlone ? `  ${cpuBetween(cpu, cpuSeconds())}` : ""}`);
  } catch (error) {
    noteFailure(story.name, [error, ...cast.complaints].join("\n"));
    const pictures = await cast.photograph(story.name);
    console.log(
      `not ok  ${story.name}  ${seconds(started)}\n${indented(error)}\n${[...cast.complaints, ...pictures, hubs.warnings().slice(0, MOST_WARNINGS)].map(indented).join("\n")}`,
    );
  } finally {
    await cast.close();
  }
}

async function withLimit(playing: Promise<void>): Promise<void> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error(`not over after ${STORY_LIMIT_MS / 1000} s`)), STORY_LIMIT_MS);
  try {
    await Promise.race([playing, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function indented(problem: unknown): string {
  const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  return text.replaceAll(/^/gm, "        ");
}
