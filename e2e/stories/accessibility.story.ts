import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { fillCartOnPhone, jordisTill, leasPhone } from "../lib/people.ts";
import { story, VIEWPORTS } from "../story.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Violation = {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
};

/** Holds what is on the screen against WCAG 2.2 AA. The page's policy keeps scripts of others out, so axe is evaluated and not loaded. */
async function assertAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(AXE);
  const violations = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then(({ violations }) => violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, such as ${nodes[0]?.html.slice(0, 140)})`);
  assert.deepEqual(told, [], `${what} can be used by everyone`);
}

for (const colorScheme of ["light", "dark"] as const) {
  story(`everyone can use the front door and the shop's screens in German, ${colorScheme}`, async (stage) => {
    const phone = await stage.device("phone", { viewport: VIEWPORTS.phone, colorScheme, locale: "de" });
    for (const path of ["/", "/shop/", "/shop/cart", "/shop/card", "/shop/stores", "/shop/me", "/shop/sign-in", "/shop/orders"]) {
      await phone.goto(path);
      await phone.locator("h1").first().waitFor();
      await assertAccessible(phone, `${path} in ${colorScheme}`);
    }
  });
}

story("everyone can use a filled cart and the checkout", async (stage) => {
  const phone = await leasPhone(stage);
  await fillCartOnPhone(phone, "Double espresso");
  await assertAccessible(phone, "the cart");
  await phone.goto("/shop/checkout");
  await phone.getByRole("heading", { name: "Checkout" }).waitFor();
  await assertAccessible(phone, "the checkout");
});

story("everyone can use the till's screens", async (stage) => {
  const till = await jordisTill(stage);
  await assertAccessible(till, "selling");
  await till.getByRole("button", { name: "Find customer" }).click();
  await assertAccessible(till, "finding a customer");
});

story("everyone can use the office's screens", async (stage) => {
  const desk = await stage.device("desk", { viewport: VIEWPORTS.desk });
  await desk.goto("/");
  await desk.getByRole("link", { name: /Anna/ }).click();
  await desk.waitForURL(/\/office\//);
  for (const path of [
    "/office/",
    "/office/customers",
    "/office/orders",
    "/office/stock",
    "/office/catalog",
    "/office/stores",
    "/office/channels",
    "/office/staff",
    "/office/health",
  ]) {
    await desk.goto(path);
    await desk.locator("h1").first().waitFor();
    await assertAccessible(desk, path);
  }
});
