import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { messageWith } from "../lib/outbox.ts";
import { annasOffice, findAtTill, jordisTill, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story, type Stage } from "../story.ts";

const OFFERS_BY_MAIL = "Offers, E-mail";

story(
  "S8 a yes at the counter and a no by the link of a mail hold on every channel at once, and the next offer does not leave",
  async (stage) => {
    const email = "ines.moreau@example.com";
    const phone = await customerOnPhone(stage, email, "Inès");
    const till = await jordisTill(stage);
    await findAtTill(till, email, /Inès/);
    await sayAtTill(till, "Offers by e-mail", "Yes");
    const ticked = phone.getByRole("checkbox", { name: OFFERS_BY_MAIL });
    await visit(phone, "/shop/me/messages");
    await until(() => ticked.isChecked(), "the phone shows the yes of the counter");
    const office = await customerInOffice(stage, email, /Inès/);
    await office.getByText("Offers · E-mail").first().waitFor();

    await writeOffer(office, "Beans at half price");
    const link = await linkInMail(stage, "Beans at half price");
    const mail = await stage.device("mail");
    await mail.goto(link);
    await mail.getByRole("button", { name: "No more of this: Offers" }).click();
    await mail.getByText("Done. You get no more of these.").waitFor();
    await office.locator("li").filter({ hasText: "Offers · E-mail" }).getByText("No", { exact: true }).waitFor();
    await until(async () => !(await ticked.isChecked()), "the phone shows the no of the mail without being asked");
    await openTerms(till);
    await till.getByRole("group", { name: "Offers by e-mail" }).getByRole("button", { name: "No", pressed: true }).waitFor();
    await till.getByRole("dialog").getByRole("button", { name: "Close" }).click();

    await writeOffer(office, "Mugs at half price");
    await messageWith(stage, "Mugs at half price", "suppressed");
  },
);

story("S8 who says no on the phone is not written to from the office, and is again after a yes said at the counter", async (stage) => {
  const email = "odile.garnier@example.com";
  const phone = await customerOnPhone(stage, email, "Odile");
  await visit(phone, "/shop/me/messages");
  const box = phone.getByRole("checkbox", { name: OFFERS_BY_MAIL });
  await box.click();
  await until(async () => (await box.isEnabled()) && (await box.isChecked()), "the yes is kept");
  await box.click();
  await until(async () => (await box.isEnabled()) && !(await box.isChecked()), "the no is kept");
  const office = await customerInOffice(stage, email, /Odile/);
  await writeOffer(office, "Tea at half price");
  await messageWith(stage, "Tea at half price", "suppressed");
  const till = await jordisTill(stage);
  await findAtTill(till, email, /Odile/);
  await sayAtTill(till, "Offers by e-mail", "Yes");
  await until(() => box.isChecked(), "the phone shows the yes of the counter without being asked");
  await writeOffer(office, "Cups at half price");
  await linkInMail(stage, "Cups at half price");
});

async function customerOnPhone(stage: Stage, email: string, name: string): Promise<Page> {
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, name);
  return phone;
}

/** Two taps: the cashier opens the questions, and taps what they hear. */
async function sayAtTill(till: Page, question: string, answer: "Yes" | "No"): Promise<void> {
  await openTerms(till);
  const asked = till.getByRole("group", { name: question });
  await asked.getByRole("button", { name: answer, exact: true }).click();
  await asked.getByRole("button", { name: answer, exact: true, pressed: true }).waitFor();
  await till.getByRole("dialog").getByRole("button", { name: "Close" }).click();
}

async function openTerms(till: Page): Promise<void> {
  await till.getByRole("region", { name: "Customer" }).getByRole("button", { name: "Messages from us" }).click();
}

async function customerInOffice(stage: Stage, email: string, name: RegExp): Promise<Page> {
  const office = await annasOffice(stage);
  await office.locator("h1").first().waitFor();
  await office.keyboard.press("Control+k");
  await office.getByPlaceholder("Customer, order, product, page").fill(email);
  await office.getByRole("button", { name: name }).first().click();
  await office.getByRole("button", { name: "Write to them" }).waitFor();
  return office;
}

async function writeOffer(office: Page, subject: string): Promise<void> {
  await office.getByRole("button", { name: "Write to them" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("Subject").fill(subject);
  await dialog.getByRole("textbox", { name: "Text" }).fill("Until Sunday, in every store.");
  await dialog.getByRole("button", { name: "Send" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** The way to their terms that a mail which left carries: a whole address, because a mail is read anywhere. */
async function linkInMail(stage: Stage, subject: string): Promise<string> {
  const text = await messageWith(stage, subject, "/shop/preferences/");
  const link = /https?:\/\/\S+\/shop\/preferences\/[\w-]{22}/.exec(text)?.[0];
  assert.ok(link, `the mail has a whole address: ${text}`);
  return link;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let look = 0; look < 200; look++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(what);
}
