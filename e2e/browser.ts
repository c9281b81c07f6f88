import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, chromium } from "playwright-core";
import type { Hubs } from "./hubs.ts";
import { type DeviceOptions, type Stage, VIEWPORTS } from "./story.ts";

const SCREENSHOTS = join(import.meta.dirname, "../.screenshots");
/** Three stages share two cores, so that a second of work may take ten. */
const PATIENCE_MS = 20_000;
/** Characters of what a screen says that are told with a failed story. */
const MOST_SAID = 1_200;
const QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** The first is Chromium without a window system: the 35 stories in which a till takes part run in two thirds of the time. */
const PROGRAMS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/** Starts the machine's Chromium: `CHROMIUM_PATH`, or one in the path. Throws with the way to install one. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch(program());
}

/** The same with a folder in which it keeps what its pages keep, so that a browser started there later finds it. */
export async function startKept(folder: string, options: BrowserContextOptions): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...options, ...program() });
}

function program(): { readonly executablePath: string; readonly args: string[] } {
  const executablePath = process.env["CHROMIUM_PATH"] ?? PROGRAMS.map(inPath).find((path) => path !== undefined);
  if (!executablePath)
    throw new Error("No Chromium found: install the package `chromium-headless-shell` or `chromium`, or set CHROMIUM_PATH to one.");
  // Chromium's sandbox refuses to run as root.
  return { executablePath, args: process.getuid?.() === 0 ? [...QUIET, "--no-sandbox"] : QUIET };
}

function inPath(program: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/**
 * An app keeps itself on its device a few seconds after it was opened, all of it. Each device of a story is a new one, and most are never cut
 * off: the worker is installed as soon as a story waits for `navigator.serviceWorker.ready`, and not before.
 */
const WORKER_WHEN_ASKED = `(() => {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const register = workers.register.bind(workers);
  const ready = Object.getOwnPropertyDescriptor(ServiceWorkerContainer.prototype, "ready").get.bind(workers);
  const wanted = Promise.withResolvers();
  if (workers.controller) wanted.resolve();
  workers.register = (...how) => wanted.promise.then(() => register(...how));
  Object.defineProperty(workers, "ready", { get: () => (wanted.resolve(), ready()) });
})()`;

type Device = { readonly name: string; readonly context: BrowserContext; readonly page: Page };

/** The devices of one story: opened on demand, watched for errors, photographed when the story fails, closed at its end. */
export class Cast implements Stage {
  readonly hubs: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly #browser: Browser;
  readonly #devices: Device[] = [];
  readonly #complaints: string[] = [];

  constructor(browser: Browser, { urls, databaseUrl }: Hubs) {
    this.#browser = browser;
    this.hubs = urls;
    this.databaseUrl = databaseUrl;
  }

  async device(name: string, options: DeviceOptions = {}): Promise<Page> {
    const hub = this.hubs[(options.hub ?? this.#devices.length) % this.hubs.length];
    const context = await this.#browser.newContext({
      ...(hub ? { baseURL: hub } : {}),
      viewport: options.viewport ?? VIEWPORTS.desk,
      locale: options.locale ?? "en",
      colorScheme: options.colorScheme ?? "light",
      hasTouch: options.isTouch ?? false,
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(WORKER_WHEN_ASKED);
    const page = await context.newPage();
    // A screen that throws has failed, also when the story could go on.
    page.on("pageerror", (error) => this.#complaints.push(`${name}: ${error.message}`));
    this.#devices.push({ name, context, page });
    return page;
  }

  /** Errors that screens threw so far. */
  get complaints(): readonly string[] {
    return this.#complaints;
  }

  /** Pictures of all devices as they are now, with the address that each one shows and what it says there: a log keeps no picture. */
  async photograph(story: string): Promise<string[]> {
    await mkdir(SCREENSHOTS, { recursive: true });
    const pictures: string[] = [];
    for (const { name, page } of this.#devices) {
      const path = join(SCREENSHOTS, `${slug(story).slice(0, 80)}-${slug(name)}.png`);
      const taken = await page.screenshot({ path, timeout: PATIENCE_MS }).then(
        () => path,
        (error: Error) => `no picture (${error.message.split("\n")[0]})`,
      );
      const said = await page
        .locator("body")
        .innerText()
        .catch(() => "");
      pictures.push(`${name} at ${page.url()}: ${taken}`, said.replaceAll(/\s*\n\s*/g, " | ").slice(0, MOST_SAID));
    }
    return pictures;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#devices.map(({ context }) => context.close()));
  }
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
