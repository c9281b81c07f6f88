import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { play, switchTo, tapNext, visit, WIDE } from "../lib/tour.ts";
import { story, VIEWPORTS, type DeviceOptions, type Stage } from "../story.ts";

const visitor = (stage: Stage, viewport: DeviceOptions["viewport"] = WIDE) => stage.device("visitor", { viewport });
const phoneOf = (page: Page) => page.frameLocator('iframe[title="Phone"]');
const tillOf = (page: Page) => page.frameLocator('iframe[title="Till"]');
/** A strand of the thread in a state. */
const strand = (page: Page, name: string, state: "carried" | "lost") =>
  page.locator(`li[data-state=${state}]`, { hasText: name }).waitFor();

/** Money on a screen, in cents. */
const cents = (text: string): number => Number(/€\s?(\d+[.,]\d\d)/.exec(text)?.[1]?.replace(/[.,]/, "") ?? Number.NaN);
const whatHappened = (page: Page) => page.getByRole("navigation").getByRole("button", { name: "What happened" }).click();

story("the tour at Multi: nobody at the till knows the visitor, nothing is offered there, and there are two balances", async (stage) => {
  const page = await visit(await visitor(stage), "Multi");
  await play(page, /Sign up/, 2);
  await tillOf(page).getByText("Nobody fits").waitFor();
  await strand(page, "Identity", "lost");
  await play(page, /2 · Cart/, 3);
  await tillOf(page).getByText("Nobody fits").waitFor();
  await strand(page, "Cart", "lost");
  await play(page, /Collect/, 1);
  await phoneOf(page).getByText("Collection at this store is not offered").waitFor();
  assert.equal(await phoneOf(page).getByRole("button", { name: "To checkout" }).isEnabled(), false);
  await play(page, /4 · Points/, 2);
  await tillOf(page).getByText("50 points").waitFor();
  await phoneOf(page).getByText("100").first().waitFor();
  await play(page, /5 · Return/, 1);
  await tillOf(page)
    .getByText(/cannot be found|No order/)
    .waitFor();
  await whatHappened(page);
  await page
    .getByRole("cell", { name: /Cart Lost/ })
    .first()
    .waitFor();
  await page.getByRole("columnheader", { name: /each channel works/ }).waitFor();
  // Two channels that know nothing of each other may still promise the same time.
  assert.equal(await page.getByRole("cell", { name: /(Identity|Cart|Price|Order|Points) Carried/ }).count(), 0);
});

story("the tour at Cross: found by the card, the cart by its code, the mug by its code, points shown and not taken", async (stage) => {
  const page = await visit(await visitor(stage), "Cross");
  await play(page, /Sign up/, 2);
  await strand(page, "Identity", "carried");
  await play(page, /2 · Cart/, 3);
  await tillOf(page).getByText("Cappuccino").first().waitFor();
  await strand(page, "Price", "carried");
  await play(page, /Collect/, 3);
  await strand(page, "Order", "carried");
  await play(page, /4 · Points/, 1);
  await tillOf(page)
    .getByRole("button", { name: /Find customer/ })
    .waitFor({ state: "detached" });
  await strand(page, "Points", "lost");
  assert.equal(await tillOf(page).locator('[data-tour="reward"]').count(), 0, "points of another home are not offered to pay with");
  await play(page, /5 · Return/, 1);
  await tillOf(page)
    .getByText(/is store credit now/)
    .first()
    .waitFor();
  await whatHappened(page);
  await page.getByRole("columnheader", { name: /^Cross/ }).waitFor();
  await page.getByRole("cell", { name: /Order Carried/ }).waitFor();
});

story("the tour at Omni: there within a second, one cart on both, the order at the counter, one balance that pays", async (stage) => {
  const page = await visit(await visitor(stage), "Omni");
  await play(page, /Sign up/, 3);
  await strand(page, "Identity", "carried");
  await strand(page, "Points", "carried");
  await play(page, /2 · Cart/, 4);
  await phoneOf(page).getByText("Butter croissant").first().waitFor();
  await strand(page, "Cart", "carried");
  await play(page, /Collect/, 4);
  await strand(page, "Order", "carried");
  await phoneOf(page).getByText("was taken off your order").waitFor();
  await play(page, /4 · Points/, 0, { isWhole: false });
  const pay = tillOf(page).getByRole("button", { name: /^Pay/ });
  await pay.getByText(/€[1-9]/).waitFor(); // what is rung up by itself
  const before = cents(await pay.innerText());
  await tapNext(page);
  await page.locator("p[data-over]").waitFor();
  await tillOf(page).getByText("Discount", { exact: true }).waitFor();
  assert.ok(cents(await pay.innerText()) < before, "the points make it cheaper");
  await tillOf(page)
    .getByText(/1\d\d points/)
    .first()
    .waitFor();
  await play(page, /5 · Return/, 1);
  await tillOf(page)
    .getByText(/The card’s bank/)
    .first()
    .waitFor();
  await whatHappened(page);
  await page
    .getByRole("row", { name: /^2 · Cart/ })
    .getByRole("cell", { name: /Cart Carried/ })
    .waitFor();
});

story(
  "the tour leads on by itself: the same scene on the next level, then the next scene, and back to what happened on a reload",
  async (stage) => {
    const page = await visit(await visitor(stage), "Multi");
    const next = page.locator('[data-tour="next"]');
    for (const [taps, leads] of [
      [2, "The same at Cross"],
      [2, "The same at Omni"],
      [3, "Next: 2 · Cart"],
    ] as const) {
      for (let tap = 0; tap < taps; tap++) await tapNext(page);
      await page.locator("p[data-over]").waitFor();
      await strand(page, "Identity", leads.endsWith("Cross") ? "lost" : "carried");
      assert.equal(await next.innerText(), leads);
      await next.click();
      await next.waitFor({ state: "detached" });
    }
    await page.getByRole("radio", { name: "Multi", checked: true }).waitFor();
    await page.waitForURL(/scene=cart/);
    await page.reload();
    await page.getByRole("button", { name: "2 · Cart", exact: true }).and(page.locator("[aria-current=step]")).waitFor();
    await whatHappened(page);
    await page.getByRole("cell", { name: /Identity Lost/ }).waitFor();
    await page
      .getByRole("cell", { name: /Identity Carried/ })
      .nth(1)
      .waitFor();
    await page.getByRole("button", { name: "Play 3 · Collect at Cross" }).click();
    await page.getByRole("radio", { name: "Cross", checked: true }).waitFor();
    await page.getByText("Put it into the cart on the phone.").waitFor();
  },
);

story("the tour on a narrow screen shows one app at a time, and a level is switched and back while a scene is replayed", async (stage) => {
  const page = await visit(await visitor(stage, VIEWPORTS.phone), "Multi");
  await play(page, /Sign up/, 2);
  await strand(page, "Identity", "lost");
  await switchTo(page, "Omni");
  await play(page, /Sign up/, 3);
  await strand(page, "Identity", "carried");
  await page.getByRole("button", { name: "Phone", exact: true }).click();
  await phoneOf(page).getByRole("heading", { name: /Hello/ }).waitFor();
  await page.getByRole("button", { name: "Begin anew" }).click();
  await page.getByRole("radio", { name: "Multi", checked: true }).waitFor();
});

story("the tour in two tabs is one stage: it goes on where it was played last, and comes back with a tap", async (stage) => {
  const first = await visit(await visitor(stage), "Multi");
  const second = await visit(await first.context().newPage(), "Cross");
  await first.getByText("The tour goes on in another tab").waitFor();
  assert.equal(await first.locator("iframe").count(), 0, "one visitor has one phone and one till");
  await first.getByRole("button", { name: "Go on here" }).click();
  await first.locator("iframe").first().waitFor();
  await first.getByRole("radio", { name: "Multi", checked: true }).waitFor();
  await second.getByText("The tour goes on in another tab").waitFor();
});
