import type { Page } from "playwright-core";
import { play, switchTo, visit, WIDE } from "../lib/tour.ts";
import { story, VIEWPORTS, type DeviceOptions, type Stage } from "../story.ts";

const visitor = (stage: Stage, viewport: DeviceOptions["viewport"] = WIDE) => stage.device("visitor", { viewport });
const phoneOf = (page: Page) => page.frameLocator('iframe[title="Phone"]');
const tillOf = (page: Page) => page.frameLocator('iframe[title="Till"]');
/** A strand of the thread in a state. */
const strand = (page: Page, name: string, state: "carried" | "lost") =>
  page.locator(`li[data-state=${state}]`, { hasText: name }).waitFor();

story("the tour at Multi: nobody at the till knows the visitor, the cart is not there, and there are two balances", async (stage) => {
  const page = await visit(await visitor(stage), "Multi");
  await play(page, /Sign up/, 2);
  await tillOf(page).getByText("Nobody fits").waitFor();
  await strand(page, "Identity", "lost");
  await play(page, /2 · Cart/, 3);
  await tillOf(page).getByText("Nobody fits").waitFor();
  await strand(page, "Cart", "lost");
  await play(page, /Collect/, 0);
  await play(page, /4 · Points/, 2);
  await tillOf(page).getByText("50 points").waitFor();
  await phoneOf(page).getByText("100").first().waitFor();
  await page.getByRole("button", { name: "What happened" }).click();
  await page.getByRole("cell", { name: /lost/ }).first().waitFor();
  await page
    .getByText(/^Multi: each channel works/)
    .last()
    .waitFor();
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
  if ((await tillOf(page).locator('[data-tour="reward"]').count()) > 0) throw new Error("points of another home were offered to pay with");
});

story("the tour at Omni: there within a second, one cart on both, the order at the counter, one balance that pays", async (stage) => {
  const page = await visit(await visitor(stage), "Omni");
  await play(page, /Sign up/, 3);
  await strand(page, "Identity", "carried");
  await strand(page, "Points", "carried");
  await play(page, /2 · Cart/, 4);
  await phoneOf(page).getByText("Butter croissant").first().waitFor();
  await strand(page, "Cart", "carried");
  await play(page, /Collect/, 3);
  await strand(page, "Order", "carried");
  await play(page, /4 · Points/, 2);
  await tillOf(page)
    .getByText(/1\d\d points/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "What happened" }).click();
  await page
    .getByRole("cell", { name: /carried/ })
    .first()
    .waitFor();
});

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
  await page.getByRole("radio", { name: "Multi" }).waitFor();
});
