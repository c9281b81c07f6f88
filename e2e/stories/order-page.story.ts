import { underTheHubs } from "../lib/database.ts";
import { annasOffice, jordisTill, leaOrders } from "../lib/people.ts";
import { scan } from "../lib/scan.ts";
import { visit } from "../screens/room.ts";
import { story, type Stage } from "../story.ts";

story("Office: the page of an order has its goods and why at this price, its payment, every step and who helped", async (stage) => {
  const { id, number, phone } = await leaOrders(stage);
  const office = await annasOffice(stage, `/office/orders?open=${id}`);
  const page = office.getByRole("complementary").filter({ hasText: number });
  await page.getByText(/1 × Butter croissant/).waitFor();
  await page.getByText("Why this price").first().click();
  await page.getByText(/^VAT /).first().waitFor();
  await page.getByText("Received", { exact: true }).waitFor();
  const till = await jordisTill(stage);
  await visit(till, "/till/collections");
  const card = till.locator("main li").filter({ hasText: number }).first();
  await card.getByRole("button", { name: "Start", exact: true }).click();
  await card.getByRole("button", { name: "Ready", exact: true }).click();
  const steps = page.getByRole("listitem");
  // The office follows without being touched.
  await steps.filter({ hasText: "Ready" }).first().waitFor();
  await scan(till, await phone.locator("main output").first().innerText());
  await till.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await till.getByText("Handed over").waitFor();
  await steps.filter({ hasText: "Handed over" }).filter({ hasText: "Jordi" }).first().waitFor();
  await steps.filter({ hasText: "Hand-over" }).filter({ hasText: "Jordi" }).waitFor();
  await page.getByText("Closed", { exact: true }).waitFor();
  await page.getByRole("link", { name: /Léa/ }).click();
  await office.getByRole("heading", { name: "Léa Fontaine" }).waitFor();
});

story(
  "Office: what a part of the hub could not take in waits among the failed events, and is taken in once it is mended",
  async (stage) => {
    const { id, number } = await leaOrders(stage);
    await breakTimelineFor(stage, id);
    try {
      const office = await annasOffice(stage, `/office/orders?open=${id}`);
      await office.getByRole("button", { name: "Cancel order" }).click();
      const dialog = office.getByRole("dialog");
      await dialog.getByLabel("Reason").fill("Ordered twice");
      await dialog.getByRole("button", { name: "Cancel order" }).click();
      await office.getByText(`Order ${number} is canceled.`).waitFor();
      await untilGivenUp(stage, id);
      await visit(office, "/office/failed-events");
      const subject = `Order ${id.slice(-6)}`;
      const row = office.getByRole("row").filter({ hasText: subject });
      await row.getByText("Customers’ timelines").waitFor();
      await row.getByRole("link").first().click();
      const beside = office.getByRole("complementary").filter({ hasText: subject });
      await beside.getByText("database error P0001").waitFor();
      await mendTimeline(stage);
      await beside.getByRole("button", { name: "Process again" }).click();
      await row.waitFor({ state: "detached" });
      await office.goto("/office/failed-events?state=replayed");
      await row.waitFor();
      await visit(office, "/office/customers?query=Fontaine");
      await office.getByRole("link", { name: /Léa/ }).first().click();
      await office
        .locator(`a[href*="${id}"]`)
        .filter({ hasText: /canceled/ })
        .waitFor();
    } finally {
      await mendTimeline(stage);
    }
  },
);

/** From now on the database refuses the entry that this order was canceled, and no other. */
async function breakTimelineFor(stage: Stage, orderId: string): Promise<void> {
  await underTheHubs(stage, async (query) => {
    await query(`create or replace function touchpoints.story_refuses() returns trigger language plpgsql as $$
      begin raise exception 'refused by a story'; end $$`);
    await query(`create trigger story_refuses before insert on touchpoints.touchpoint for each row
      when (new.kind = 'order_canceled' and new.reference_id = '${orderId}') execute function touchpoints.story_refuses()`);
  });
}

async function mendTimeline(stage: Stage): Promise<void> {
  await underTheHubs(stage, (query) => query("drop function if exists touchpoints.story_refuses() cascade"));
}

/** The hub tries again after one second, five, thirty, two minutes; each wait is cut short until nothing but a person can help. */
async function untilGivenUp(stage: Stage, orderId: string): Promise<void> {
  await underTheHubs(stage, async (query) => {
    for (let look = 0; look < 240; look++) {
      const [letter] = await query("select state from platform.dead_letter where subject = $1", [`order/${orderId}`]);
      if (letter?.["state"] === "waiting") return;
      await query("update platform.dead_letter set next_try_at = now() where subject = $1 and state = 'retrying' and next_try_at > now()", [
        `order/${orderId}`,
      ]);
      await new Promise((resolve) => setTimeout(resolve, 250)); // the hub's own turns decide when it tries
    }
    throw new Error("the event was not given up");
  });
}
