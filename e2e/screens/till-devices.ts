import type { Page } from "playwright-core";
import { start, sell, pay, payExact } from "./till-steps.ts";
import type { Words } from "./words.ts";

export async function openSettings(page: Page, say: Words): Promise<void> {
  await start(page);
  await page.getByRole("button", { name: say("till.strip.settings") }).click();
}

/** A scanner that was connected once and is not plugged in. */
export async function missScanner(page: Page, say: Words): Promise<void> {
  const scanner = JSON.stringify({ vendorId: 1, productId: 1, name: "Voyager 1450g" });
  await page.evaluate((kept) => localStorage.setItem("weft.till.scanner", kept), scanner);
  // Read when the till starts.
  await page.goto("/till/");
  await openSettings(page, say);
  await page.getByText(say("till.scanner.unplugged", { name: "Voyager 1450g" })).waitFor();
}

/** The bridge of the demo with its printer and its card terminal. */
export async function pairDevices(page: Page, say: Words): Promise<void> {
  const own = page.getByLabel(say("till.terminal.own"));
  const pair = page.getByRole("button", { name: say("till.print.bridge_demo") });
  await own.or(pair).first().waitFor();
  if (await pair.isVisible()) {
    await pair.click();
    await page.getByRole("button", { name: "Comptoir" }).click();
  }
  await own.selectOption({ index: 1 });
}

/** Whatever lies over the screen is gone. */
async function sellAnew(page: Page): Promise<void> {
  await page.goto("/till/");
  await sell(page);
}

/** A receipt that the bridge does not take. */
export async function failToPrint(page: Page, say: Words): Promise<void> {
  await page.goto("/till/");
  await openSettings(page, say);
  await pairDevices(page, say);
  await sellAnew(page);
  await pay(page);
  await page.route("**/bridge/printers/**", (route) => route.abort("internetdisconnected"));
  await payExact(page, say);
  await page.getByRole("button", { name: say("till.paid.paper") }).click();
  await page.getByRole("button", { name: say("till.print.again") }).waitFor();
}

/** A receipt that was printed before. */
export async function printCopy(page: Page, say: Words): Promise<void> {
  await page.unroute("**/bridge/printers/**");
  await sellAnew(page);
  await pay(page);
  await payExact(page, say);
  await page.getByRole("button", { name: say("till.paid.paper") }).click();
  await page.getByText(say("till.print.state.done")).waitFor();
  await page.getByRole("link", { name: say("till.print.look") }).click();
  await page.getByRole("button", { name: say("till.receipt.print"), exact: true }).click();
  await page.getByText(say("till.print.copy_text")).waitFor();
}

/** The terminal is asked, and has not said anything yet. */
export async function payAtTerminal(page: Page, say: Words): Promise<void> {
  await page.route("**/bridge/terminals/**/payments", (route) =>
    route.fulfill({ json: paymentAt("in_flight", route.request().postData()) }),
  );
  await page.route("**/bridge/terminals/**/payments/*", (route) => route.fulfill({ json: paymentAt("in_flight", null) }));
  await sellAnew(page);
  await pay(page);
  await page.locator("section[aria-labelledby=card-title] button").first().click();
  await page.getByText(say("till.terminal.in_flight")).waitFor();
}

/** Nobody knows how it ended, and the terminal cannot say it. */
export async function loseTerminal(page: Page, say: Words): Promise<void> {
  await page.unroute("**/bridge/terminals/**/payments/*");
  await page.evaluate(() => localStorage.removeItem("weft.till.terminal_payment"));
  await page.route("**/bridge/terminals/**/payments/**", (route) => route.fulfill({ json: paymentAt("unknown", null) }));
  await sellAnew(page);
  await pay(page);
  await page.locator("section[aria-labelledby=card-title] button").first().click();
  await page.getByRole("button", { name: say("till.terminal.inquire") }).click();
  await page.getByText(say("till.terminal.still_unknown")).waitFor();
}

/** What the bridge would say of a payment that this page asked for. */
function paymentAt(state: string, asked: string | null): object {
  const { id = "", amount = 0 }: { id?: string; amount?: number } = asked === null ? {} : (JSON.parse(asked) as object); // this page wrote it
  return { id, amount, state, reason: null, receiptNumber: null };
}

const eur = (amount: number) => ({ amount, currency: "EUR" });

export const TICKET_SHOWN = {
  kind: "ticket",
  lines: [
    { id: "1", name: "Cappuccino", detail: "Oat milk", quantity: 2, total: eur(840) },
    { id: "2", name: "Butter croissant", detail: "", quantity: 1, total: eur(190) },
  ],
  discount: eur(-100),
  total: eur(930),
};

export const PAID_SHOWN = { kind: "paid", total: eur(930), change: eur(70), receipt: "https://example.com/r/AAAAAAAAAAAAAAAAAAAAAA" };

/** The customer's screen, and a till that has no devices any more. */
export async function openDisplay(page: Page, say: Words): Promise<void> {
  await page.unroute("**/bridge/terminals/**/payments");
  await page.unroute("**/bridge/terminals/**/payments/**");
  await page.evaluate(() => {
    for (const name of ["printer", "scanner", "bridge", "terminal", "terminal_payment"]) localStorage.removeItem(`weft.till.${name}`);
  });
  await page.goto("/till/display");
  await page.getByText(say("till.display.welcome")).waitFor();
}

/** As the till would say it, from another window. */
export async function showOnDisplay(page: Page, shown: { readonly kind: string }): Promise<void> {
  const message = { kind: "show", shown, locale: (await page.locator("html").getAttribute("lang")) ?? "en" };
  await page.evaluate((told) => {
    const channel = new BroadcastChannel("weft-till-display");
    channel.postMessage(told);
    channel.close();
  }, message);
  await page.locator(`main[data-kind=${shown.kind}]`).waitFor();
}

/** As if another till had the key of this register: the demo's registers sign nowhere. */
export async function findSignedElsewhere(page: Page, say: Words): Promise<void> {
  const state = "**/v1/till/state?*";
  await page.route(state, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), keyId: "0".repeat(64) } });
  });
  await page.goto("/till/");
  await page.getByRole("heading", { name: say("till.sign.elsewhere_title") }).waitFor();
  await page.unroute(state);
}

/** A till of which this browser has kept nothing, outside of a demo: as after its storage was cleared. */
export async function findEmptied(page: Page, say: Words): Promise<void> {
  const [session, state, config] = ["**/v1/session", "**/v1/till/state?*", "**/v1/apps/till"];
  const registerId = crypto.randomUUID();
  const own = await page.evaluate<string>(`fetch("/v1/session", { headers: { "weft-session": "weft_till" } })
    .then((response) => response.json()).then(({ device }) => device.registerId)`);
  const change = (url: string, change: (answer: Readonly<Record<string, unknown>>) => object) =>
    page.route(url, async (route) => {
      const asked = route.request().url().replace(registerId, own);
      const answer = await route.fetch({ url: asked });
      await route.fulfill({ response: answer, json: change(await answer.json()) });
    });
  // Both are objects by the contract.
  await change(session, ({ device, ...rest }) => ({ ...rest, device: { ...(device as object), registerId } }));
  await change(state, ({ register, ...rest }) => ({
    ...rest,
    lastSeq: 412,
    register: { ...(register as object), id: registerId, lastSeq: 412 },
  }));
  await change(config, (rest) => ({ ...rest, demo: false }));
  await page.goto("/till/");
  await page.getByRole("heading", { name: say("till.emptied.title") }).waitFor();
  for (const url of [session, state, config]) await page.unroute(url);
}
