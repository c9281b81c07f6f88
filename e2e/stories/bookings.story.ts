import type { Page } from "playwright-core";
import { chooseBellecour, findAtTill, jordisTill, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

const TIME = /^\d{2}:\d{2}$|^\d{1,2}:\d{2}\s[AP]M$/;

/** The first time of a week ahead, so that it is the same at every hour of the day. */
async function chooseTime(phone: Page, service: RegExp): Promise<void> {
  await visit(phone, "/shop/book");
  await phone.getByLabel("Store").selectOption({ label: "Lyon Bellecour" });
  await phone.getByRole("radio", { name: service }).check();
  await phone.getByRole("button", { name: "Later days" }).click();
  await phone.getByRole("button", { name: TIME }).first().click();
}

async function orderByCard(phone: Page): Promise<void> {
  await phone.getByRole("link", { name: "To checkout" }).click();
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
}

story("Advice: booked on the phone, seen at the till with its customer, canceled there, and the phone is told", async (stage) => {
  const phone = await strangersPhone(stage, "advised");
  await chooseBellecour(phone);
  await signInOnPhone(stage, phone, `advised-${RUN}@example.com`, `Adele${RUN}`);
  await chooseTime(phone, /^Brewing advice/);
  await phone.getByLabel("What is it about? (optional)").fill("A grinder that is too loud");
  await phone.getByRole("button", { name: "Book", exact: true }).click();
  const booked = phone.getByRole("listitem").filter({ hasText: "A grinder that is too loud" });
  await booked.getByRole("link", { name: "Another time" }).waitFor();

  const till = await jordisTill(stage);
  await findAtTill(till, `advised-${RUN}@example.com`, new RegExp(`Adele${RUN}`));
  await till.getByRole("button", { name: "Appointments" }).click();
  const dialog = till.getByRole("dialog", { name: "Appointments" });
  await dialog.getByText("Brewing advice", { exact: true }).first().waitFor();
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await dialog.getByText("Nothing booked ahead.").waitFor();
  await booked.getByText("Canceled").waitFor();
});

story("Advice: a workshop is paid on the phone and seen at the till; the adviser's proposal is finished at home", async (stage) => {
  const phone = await strangersPhone(stage, "proposed");
  await chooseBellecour(phone);
  await signInOnPhone(stage, phone, `proposed-${RUN}@example.com`, `Paola${RUN}`);
  await chooseTime(phone, /^Latte art workshop/);
  await phone.getByRole("button", { name: /^Into the cart · €35/ }).click();
  await phone.getByText(/^Held for you until/).waitFor();
  await orderByCard(phone);
  await visit(phone, "/shop/bookings");
  await phone.getByRole("listitem").filter({ hasText: "Latte art workshop" }).getByRole("link", { name: "Paid with an order" }).waitFor();

  const till = await jordisTill(stage);
  await findAtTill(till, `proposed-${RUN}@example.com`, new RegExp(`Paola${RUN}`));
  await till.getByRole("button", { name: "Appointments" }).click();
  const dialog = till.getByRole("dialog", { name: "Appointments" });
  await dialog.getByText(/^Paid\. The money goes back/).waitFor();
  await till.keyboard.press("Escape");
  await till
    .getByRole("button", { name: /^Carrot cake/ })
    .first()
    .click();
  await till.getByRole("button", { name: "Propose this ticket" }).click();
  await till.getByLabel("A word with it (optional)").fill("Goes well with the course");
  await till.getByRole("button", { name: "Propose it", exact: true }).click();
  await till.getByText(/^Proposed\./).waitFor();

  await phone.goto("/shop/cart");
  const proposal = phone.getByRole("region", { name: "Proposed to you" });
  await proposal.getByText("Goes well with the course").waitFor();
  await proposal.getByRole("link", { name: "Look at it" }).click();
  await phone.getByRole("button", { name: "Take all of it into my cart" }).click();
  await phone.getByText("Carrot cake").first().waitFor();
  await orderByCard(phone);
});
