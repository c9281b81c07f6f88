import { strict as assert } from "node:assert";
import { annasOffice, fillCartOnPhone, findAtTill, jordisTill, payByCard, payInApp, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { story } from "../story.ts";

story("S10 what somebody does on every channel stands on one timeline, newest first, while they do it", async (stage) => {
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "clotilde.roux@example.com", "Clotilde");
  const office = await annasOffice(stage);
  await office.locator("h1").first().waitFor();
  await office.keyboard.press("Control+k");
  await office.getByPlaceholder("Customer, order, product, page").fill("clotilde.roux@example.com");
  await office
    .getByRole("button", { name: /Clotilde/ })
    .first()
    .click();
  const entries = office
    .getByRole("main")
    .locator("ol > li")
    .filter({ has: office.locator("time") });
  const told = (what: string) => entries.filter({ hasText: what }).first().waitFor();
  await told("Signed in");

  await fillCartOnPhone(phone, "Double espresso");
  await told("Began a cart");
  await payInApp(phone, "Double espresso");
  await told("Ordered");
  await told("Message");

  const till = await jordisTill(stage);
  await findAtTill(till, "clotilde.roux@example.com", /Clotilde/);
  await told("Opened at the till");
  await till
    .getByRole("button", { name: /Carrot cake/ })
    .first()
    .click();
  await payByCard(till);
  await told("Bought in the store");

  const times = await Promise.all((await entries.locator("time").all()).map((each) => each.getAttribute("datetime").then(String)));
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b.localeCompare(a)),
    "the newest comes first",
  );
  const order = ["Bought in the store", "Opened at the till", "Ordered", "Began a cart", "Signed in"];
  const words = await entries.allInnerTexts();
  const places = order.map((what) => words.findIndex((text) => text.includes(what)));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    `in the order of the day: ${words.join(" | ")}`,
  );
});
