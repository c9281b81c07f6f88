import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { messageWith } from "../lib/outbox.ts";
import { annasOffice, clarasOffice, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story, type Stage } from "../story.ts";

const OFFERS_BY_MAIL = "Offers, E-mail";

story("S8 quiet hours said in the shop hold an offer back, which leaves when it is morning where the customer is", async (stage) => {
  const email = `quiet.${RUN}@example.com`;
  const phone = await agreedOnPhone(stage, email, "Noor");
  await phone.getByLabel("Quiet hours").selectOption({ label: "My own hours" });
  await setTime(phone, "From", -2);
  await setTime(phone, "Until", 4);
  const office = await annasOffice(stage);
  const subject = `Night offer ${RUN}`;
  await writeOffer(office, email, subject);
  // What they ask for themselves is sent at night, too: by then the offer had its turn long ago.
  await signInOnPhone(stage, await strangersPhone(stage, "other-phone"), email, "Noor");
  assert.match(await messageWith(stage, subject), /queued/, "the offer waits");
  await travel(phone, 8);
  await messageWith(stage, subject, "/shop/preferences/");
});

story("S8 where a yes is confirmed from the mailbox, nothing is sent before its button was pressed", async (stage) => {
  const clara = await clarasOffice(stage);
  const france = await confirmsMail(clara, true);
  try {
    const email = `twice.${RUN}@example.com`;
    const phone = await agreedOnPhone(stage, email, "Ottilie");
    await phone.getByText("We sent you a mail: tap its button to confirm.").waitFor();
    const [early, late] = [`Too early ${RUN}`, `Confirmed ${RUN}`];
    await writeOffer(clara, email, early);
    await messageWith(stage, early, "suppressed");
    const mail = await stage.device("mail");
    await mail.goto(await linkIn(stage, email, "confirm"));
    await mail.getByRole("button", { name: "Yes, write to me" }).click();
    await mail.getByText("Thank you. It is confirmed.").waitFor();
    await phone.getByText("We sent you a mail: tap its button to confirm.").waitFor({ state: "detached" });
    assert.ok(await phone.getByRole("checkbox", { name: OFFERS_BY_MAIL }).isChecked(), "the phone shows the yes without being asked");
    await writeOffer(clara, email, late);
    await messageWith(stage, late, "/shop/preferences/");
  } finally {
    await askInOffice(clara, "PUT", `/v1/consent-rules/${france}`, { asksTwice: null });
  }
});

story("S8 a mail program that opens the link to unsubscribe changes nothing, and its one click holds everywhere", async (stage) => {
  const email = `oneclick.${RUN}@example.com`;
  const phone = await agreedOnPhone(stage, email, "Piet");
  const ticked = phone.getByRole("checkbox", { name: OFFERS_BY_MAIL });
  const office = await annasOffice(stage);
  const [first, second] = [`First ${RUN}`, `Second ${RUN}`];
  await writeOffer(office, email, first);
  await messageWith(stage, first, "/shop/preferences/");
  const token = (await linkIn(stage, email, "preferences")).split("/").at(-1) ?? "";

  const mail = await stage.device("mail");
  await mail.goto(`/v1/unsubscribes/${token}`);
  await mail.getByRole("button", { name: "No more of this: Offers" }).waitFor();
  assert.ok(await ticked.isChecked(), "whoever looks has said nothing");
  const clicked = await mail.request.post(`/v1/unsubscribes/${token}`, { form: { "List-Unsubscribe": "One-Click" }, maxRedirects: 0 });
  assert.equal(clicked.status(), 204, "no sign-in, no page, no redirect");
  await phone.getByRole("checkbox", { name: OFFERS_BY_MAIL, checked: false }).waitFor();
  await writeOffer(office, email, second);
  await messageWith(stage, second, "suppressed");
});

/** Somebody new, who said yes to offers by mail on their phone and looks at their terms. */
async function agreedOnPhone(stage: Stage, email: string, name: string): Promise<Page> {
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, name);
  await visit(phone, "/shop/me/messages");
  await phone.getByRole("checkbox", { name: OFFERS_BY_MAIL }).click();
  await phone.getByRole("checkbox", { name: OFFERS_BY_MAIL, checked: true, disabled: false }).waitFor();
  return phone;
}

/** Types a time so many hours from now on the phone's clock, and waits until it is kept. */
async function setTime(phone: Page, label: string, hours: number): Promise<void> {
  const time = await phone.evaluate((ahead) => {
    const at = new Date(Date.now() + ahead * 3_600_000);
    return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  }, hours);
  const kept = phone.waitForResponse((answer) => answer.url().endsWith("/preferences") && answer.request().method() === "PUT");
  await phone.getByLabel(label, { exact: true }).fill(time);
  await phone.getByLabel(label, { exact: true }).blur();
  assert.ok((await kept).ok(), `${label} ${time} is kept`);
}

/** The same hours on the clock of a place so many hours further east: where the customer is now. */
async function travel(phone: Page, hours: number): Promise<void> {
  await phone.evaluate(async (east) => {
    const headers = { "weft-session": "weft_shop", "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    const known = (await (await fetch("/v1/customers/me/consents", { headers })).json()) as { preferences: { quietHours: object } }; // by the contract
    const offset = Math.round(-new Date().getTimezoneOffset() / 60) + east;
    const there = offset > 14 ? offset - 24 : offset;
    // The signs of these zones are those of POSIX: behind Greenwich is plus.
    const timeZone = `Etc/GMT${there > 0 ? "-" : "+"}${Math.abs(there)}`;
    const quietHours = { ...known.preferences.quietHours, timeZone };
    const answer = await fetch("/v1/customers/me/preferences", { method: "PUT", headers, body: JSON.stringify({ quietHours }) });
    if (!answer.ok) throw new Error(await answer.text());
  }, hours);
}

/** Whether France, whose company has the shop, confirms a yes by mail; answers the company. */
async function confirmsMail(office: Page, asksTwice: boolean): Promise<string> {
  await visit(office, "/office/terms");
  const rule = office.getByRole("listitem").filter({ hasText: "(FR)" }).getByRole("switch");
  await rule.waitFor();
  if ((await rule.isChecked()) !== asksTwice) await rule.click({ force: true });
  await office.getByRole("listitem").filter({ hasText: "(FR)" }).getByRole("switch", { checked: asksTwice, disabled: false }).waitFor();
  const rules = (await askInOffice(office, "GET", "/v1/consent-rules")) as { items: { entityId: string; country: string }[] }; // by the contract
  return rules.items.find(({ country }) => country === "FR")?.entityId ?? "";
}

async function writeOffer(office: Page, email: string, subject: string): Promise<void> {
  const { items } = (await askInOffice(office, "GET", `/v1/customers?query=${email}`)) as { items: { id: string }[] }; // by the contract
  const offer = { kind: "email", topic: "offers", subject, text: "Until Sunday, in every store." };
  await askInOffice(office, "POST", `/v1/customers/${items[0]?.id}/messages`, offer);
}

/** The newest link of a kind in a mail to an address: a whole one, because a mail is read anywhere. */
async function linkIn(stage: Stage, email: string, kind: "confirm" | "preferences"): Promise<string> {
  const text = await messageWith(stage, email, `/shop/${kind}/`);
  const link = new RegExp(String.raw`https?://\S+/shop/${kind}/[\w-]{22}`).exec(text)?.[0];
  assert.ok(link, `the mail has a whole address: ${text}`);
  return link;
}
