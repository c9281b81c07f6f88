import type { BrowserContext, Page } from "playwright-core";

/** A machine that does much else beside a thousand kills may take long for a page. */
const PATIENCE_MS = 60_000;
/** A page is killed at any moment from the tap that pays until the receipt is asked for. */
const LATEST_MS = 120;

/**
 * Sells once, and kills the page of the till at a random moment of it, `kills` times over on one device. Whatever a kill left behind, the same
 * ticket is gone on with until it is paid: a cashier cannot tell. Every second time the network is away. Answers how many kills came before the
 * sale was kept.
 */
export async function sellAndKill(context: BrowserContext, kills: number, chance: () => number): Promise<{ readonly early: number }> {
  let early = 0;
  for (let kill = 0; kill < kills; kill++) {
    const page = await open(context);
    await page
      .getByRole("button", { name: /^Carrot cake/ })
      .first()
      .click();
    await page.getByRole("button", { name: /^Pay/ }).getByText("€4.50").waitFor();
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.getByRole("heading", { name: "Payment" }).waitFor();
    await context.setOffline(kill % 2 === 1);
    const tap = page.getByRole("button", { name: /^Exact/ }).click({ noWaitAfter: true });
    await Promise.race([tap.catch(() => undefined), later(chance() * LATEST_MS)]);
    await later(chance() * LATEST_MS);
    await page.close({ runBeforeUnload: false });
    const next = await open(context);
    if ((await hasTicket(next)) && (await pay(next))) early += 1;
    await next.close();
    await context.setOffline(false);
  }
  return { early };
}

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto("/till/");
  await page.getByRole("button", { name: "Find customer" }).waitFor();
  return page;
}

/** Whether the ticket of before is still to be paid: it shows its total, or it is empty. */
async function hasTicket(page: Page): Promise<boolean> {
  const total = page.getByRole("button", { name: /^Pay/ }).getByText("€4.50");
  const empty = page.getByText("Nothing on the ticket").first();
  await total.or(empty).first().waitFor();
  return total.isVisible();
}

/** False where the sale reached the disk after all, while the next page began: the till says so then, and books nothing twice. */
async function pay(page: Page): Promise<boolean> {
  await page.getByRole("button", { name: /^Pay/ }).click();
  await page.getByRole("button", { name: /^Exact/ }).click();
  const paid = page.getByText("€4.50 paid");
  await paid.or(page.getByText("This ticket was paid before")).first().waitFor();
  return paid.isVisible();
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type Counted = { readonly sales: number; readonly total: number };

/** What the hub has of the open shift of a device's register, once everything is sent. */
export async function countedAtHub(context: BrowserContext): Promise<Counted> {
  const page = await open(context);
  await page.getByText(/to send/).waitFor({ state: "detached" });
  const counted = await page.evaluate<Counted>(`(async () => {
    const ask = async (path) => (await fetch(path, { headers: { "weft-session": "weft_till" } })).json();
    const { device } = await ask("/v1/session");
    const { items } = await ask("/v1/till/shifts?limit=1&registerId=" + device.registerId);
    return { sales: items[0].sales.count, total: items[0].sales.total.amount };
  })()`);
  await page.close();
  return counted;
}
