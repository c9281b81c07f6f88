import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { startKept } from "../../e2e/browser.ts";
import { VIEWPORTS } from "../../e2e/story.ts";
import type { Call } from "./load.ts";
import { OWNER } from "./staff.ts";

const PATIENCE_MS = 60_000;

/** A browser whose disk outlives it, as that of a till does: what was kept before it was switched off is there afterwards. */
export type TillDevice = {
  readonly page: Page;
  /** Its browser ends and begins anew, without a network from the first moment on. */
  restartOffline(): Promise<Page>;
  close(): Promise<void>;
};

/** Makes a register and a browser a till that signs its journal, with an open shift and everything kept that it sells by without the hub. */
export async function openTill(url: string, call: Call, owner: Record<string, string>, placeId: string): Promise<TillDevice> {
  const { status, json } = await call("POST", "/v1/till/registers", {
    body: { placeId, name: "Bench" },
    headers: { ...owner, "idempotency-key": randomUUID() },
  });
  if (status !== 201) throw new Error(`no register: ${JSON.stringify(json)}`);
  const disk = mkdtempSync(join(tmpdir(), "weft-bench-till-"));
  let context = await startKept(disk, { baseURL: url, viewport: VIEWPORTS.till, locale: "en" });
  const page = await firstPage(context);
  await openShift(page);
  return {
    page,
    async restartOffline() {
      await context.close();
      context = await startKept(disk, { baseURL: url, viewport: VIEWPORTS.till, locale: "en" });
      await context.setOffline(true);
      return firstPage(context);
    },
    async close() {
      await context.close();
      rmSync(disk, { recursive: true, force: true });
    },
  };
}

async function firstPage(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(PATIENCE_MS);
  return context.pages()[0] ?? context.newPage();
}

async function openShift(page: Page): Promise<void> {
  await page.goto("/till/");
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in as manager" }).click();
  await page.getByRole("button", { name: "Use this device as this register" }).click();
  await page.getByRole("button", { name: "Sign the journal on this till" }).click();
  await page.getByRole("button", { name: "Sign the journal on this till" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Open with/ }).click();
  await page.getByRole("button", { name: "Find customer" }).waitFor();
  await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
  await page.evaluate(KEPT);
}

/** The copies by which it sells without the hub are on its disk. */
const KEPT = `(async () => {
  const db = await new Promise((done, failed) => {
    const opening = indexedDB.open("weft-till-kept");
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const keys = () => new Promise((done) => {
    const asked = db.transaction("kept").objectStore("kept").getAllKeys();
    asked.onsuccess = () => done(asked.result);
  });
  const isThere = (found) => found.includes("prices") && found.some((key) => key.startsWith("catalog "));
  while (!isThere(await keys())) await new Promise((done) => setTimeout(done, 50));
  db.close();
})()`;
