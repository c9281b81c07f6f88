import type { Page } from "playwright-core";
import { visit } from "../screens/room.ts";
import { inOutbox, outbox } from "./outbox.ts";
import { VIEWPORTS, type Stage } from "../story.ts";

/** Not the same in any two runs: stories that make people, codes or keys can be played again on a hub that has seen them. */
export const RUN = Date.now().toString(36);

/** Of everybody who works for the demo. */
const DEMO_PASSWORD = "trama-demo-2026";

/** The same as digits, such as for a PIN. */
export const RUN_DIGITS = String(Math.floor(Date.now() / 1000)).slice(-6);

/** Léa's phone with the shop on it. */
export async function leasPhone(stage: Stage, name = "lea-phone"): Promise<Page> {
  const phone = await stage.device(name, { viewport: VIEWPORTS.phone });
  await letIn(phone, "weft_shop", "/v1/demo-sessions", { persona: "lea" });
  await phone.goto("/shop/");
  await phone.locator("main > *").first().waitFor(); // from here on the app follows its address
  return phone;
}

/**
 * Signs a device in as the front door and the office's form do, without their pages: the app is loaded once, and where it is wanted.
 * The walks through the screens go through the door, and `staffsOffice` through the form.
 */
async function letIn(page: Page, app: string, path: string, data: Readonly<Record<string, string>>): Promise<void> {
  const answer = await page.request.post(path, { headers: { "weft-session": app }, data });
  if (!answer.ok()) throw new Error(`${data["persona"] ?? data["email"]} could not sign in: ${await answer.text()}`);
}

/** The phone of somebody whom no channel knows. */
export async function strangersPhone(stage: Stage, name = "phone"): Promise<Page> {
  return stage.device(name, { viewport: VIEWPORTS.phone });
}

/** Jordi's till at Lyon Bellecour, with an open shift. */
export async function jordisTill(stage: Stage, name = "till"): Promise<Page> {
  const till = await stage.device(name, { viewport: VIEWPORTS.till });
  await letIn(till, "weft_till", "/v1/demo-sessions", { persona: "jordi" });
  await till.goto("/till/");
  const open = till.getByRole("button", { name: /^Open with/ });
  const find = till.getByRole("button", { name: "Find customer" });
  await open.or(find).first().waitFor();
  if (await open.isVisible()) await open.click();
  await find.waitFor();
  return till;
}

/** Anna's desk: the office, as the manager of all places, at a page of it. */
export async function annasOffice(stage: Stage, path = "/office/"): Promise<Page> {
  const office = await stage.device("office", { viewport: VIEWPORTS.desk });
  await letIn(office, "weft_office", "/v1/demo-sessions", { persona: "anna" });
  return openOffice(office, path);
}

/** Clara's desk: the office, as the owner, at a page of it. */
export async function clarasOffice(stage: Stage, path = "/office/"): Promise<Page> {
  const office = await stage.device("office", { viewport: VIEWPORTS.desk });
  await letIn(office, "weft_office", "/v1/staff-sessions", { email: "clara.vidal@trama.example", password: DEMO_PASSWORD });
  return openOffice(office, path);
}

async function openOffice(office: Page, path: string): Promise<Page> {
  await office.goto(path);
  await office.getByRole("navigation", { name: "Main" }).waitFor();
  return office;
}

/** The office as whoever of the demo's staff has this address sees it, who signs in by its form. */
export async function staffsOffice(stage: Stage, email: string): Promise<Page> {
  const office = await stage.device("office", { viewport: VIEWPORTS.desk });
  await office.goto("/office/");
  await office.getByLabel("E-mail").fill(email);
  await office.getByRole("textbox", { name: "Password" }).fill(DEMO_PASSWORD);
  await office.getByRole("button", { name: "Sign in", exact: true }).click();
  await office.getByRole("navigation", { name: "Main" }).waitFor();
  return office;
}

/** Chooses Jordi's store on a phone. */
export const chooseBellecour = (phone: Page): Promise<void> => chooseStore(phone, "Bellecour");

/** Chooses a store on a phone by a part of its name. */
export async function chooseStore(phone: Page, name: string): Promise<void> {
  await visit(phone, "/shop/");
  await phone.getByRole("button", { name: /Your store\?|Change/ }).click();
  await phone.getByRole("dialog").getByRole("button", { name }).click();
}

/** Puts one of a product into the cart on a phone, and opens the cart. */
export async function fillCartOnPhone(phone: Page, product: string): Promise<void> {
  await visit(phone, "/shop/");
  await phone.getByText(product, { exact: true }).first().click();
  const sheet = phone.getByRole("dialog");
  await sheet.getByRole("button", { name: /^Add · / }).click();
  await sheet.waitFor({ state: "hidden" });
  await phone.getByRole("link", { name: /^Cart/ }).click();
  await phone.getByRole("button", { name: "Continue at the till or on another device" }).waitFor();
}

/** The total of the cart that a phone shows: what was promised travels with it. */
export async function totalOnPhone(phone: Page): Promise<string> {
  return phone.locator("dl output").first().innerText();
}

/** The hand-over code that a phone shows for its cart: moved with `take`, shared with `join`. */
export async function codeOnPhone(phone: Page, mode: "take" | "join"): Promise<string> {
  await phone.getByRole("button", { name: /^Continue at the till/ }).click();
  await phone.getByRole("radio", { name: mode === "take" ? "Move the cart" : "Share the cart" }).check();
  return shownCode(phone);
}

/** A code of seven letters and digits, as a screen shows it in two groups. */
export async function shownCode(page: Page): Promise<string> {
  const code = page.getByText(/^[34679ACDEFGHJKMNPQRTUVWXY]{4}\s?[34679ACDEFGHJKMNPQRTUVWXY]{3}$/).first();
  await code.waitFor();
  return (await code.innerText()).replaceAll(/\s/g, "");
}

export async function claimAtTill(till: Page, code: string): Promise<void> {
  await till.getByRole("button", { name: "More" }).click();
  await till.getByText("Take the cart from a phone").click();
  await till.getByLabel(/Code on the customer/).fill(code);
  await till.getByRole("button", { name: "Take the cart" }).click();
}

/** Finds a person at the till and opens the candidate that is shown. */
export async function findAtTill(till: Page, typed: string, shown: RegExp): Promise<void> {
  await till.getByRole("button", { name: "Find customer" }).click();
  await till.getByLabel(/Card, phone, e-mail or name/).fill(typed);
  await till.getByRole("button", { name: shown }).first().click();
}

/** Pays the ticket by a card that the sandbox approves. */
export async function payByCard(till: Page): Promise<void> {
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("button", { name: /^Card/ }).click();
  await till.getByText("Card accepted").waitFor();
}

/** The newest code that went to an address. */
export async function codeSentTo(stage: Stage, address: string): Promise<string> {
  return codeSince(stage, address, []);
}

/** The newest code that went to an address, none of `known`, which went there before: those of collections are six digits too. */
function codeSince(stage: Stage, address: string, known: readonly string[]): Promise<string> {
  return inOutbox(stage, `a new code for ${address}`, (message) => {
    const code = codeIn(message, address);
    return code === undefined || known.includes(code) ? undefined : code;
  });
}

const codeIn = (message: string, address: string): string | undefined =>
  message.includes(address) ? /\b\d{6}\b/.exec(message)?.[0] : undefined;

/** Signs somebody in on a phone by the code that was sent to their address. */
export async function signInOnPhone(stage: Stage, phone: Page, address: string, givenName: string): Promise<void> {
  // One may have been read back at a till.
  const known = (await outbox(stage)).flatMap((message) => codeIn(message, address) ?? []);
  await phone.goto("/shop/sign-in");
  await phone.getByLabel("E-mail or phone").fill(address);
  await phone.getByLabel("First name").fill(givenName);
  await phone.getByRole("button", { name: "Send the code" }).click();
  await phone.getByLabel("Six-digit code").waitFor();
  await phone.getByLabel("Six-digit code").fill(await codeSince(stage, address, known));
  const submit = phone.getByRole("button", { name: "Sign in", exact: true });
  // The sixth digit sends the form by itself; the button is for whoever is faster.
  await submit.click({ timeout: 500 }).catch(() => undefined);
  await submit.waitFor({ state: "detached" });
}

/** Pays the cart that the app shows, by a card that the sandbox approves, and sees the order. */
export async function payInApp(phone: Page, product: string): Promise<void> {
  await phone.getByText(product).first().waitFor();
  await phone
    .getByRole("link", { name: "To checkout" })
    .or(phone.getByRole("button", { name: "To checkout" }))
    .first()
    .click();
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByText(product).first().waitFor();
}

/** Makes a customer at the till, who may claim the card that it shows. */
export async function makeAtTill(till: Page, givenName: string, contact: string): Promise<void> {
  await till.getByRole("button", { name: "Find customer" }).click();
  await till.getByRole("button", { name: "New customer" }).click();
  await till.getByLabel("First name").fill(givenName);
  await till.getByLabel("Phone or e-mail").fill(contact);
  await till.getByRole("button", { name: "Create" }).click();
  await till.getByRole("img", { name: "Code to claim the card on the phone" }).waitFor();
}

/** What somebody ordered on a phone. */
type OrderedOnPhone = { readonly id: string; readonly number: string; readonly phone: Page };

/** Léa orders a croissant for collection in Lyon on her phone, paid by card. */
export async function leaOrders(stage: Stage): Promise<OrderedOnPhone> {
  const phone = await leasPhone(stage);
  await chooseBellecour(phone);
  await fillCartOnPhone(phone, "Butter croissant");
  await visit(phone, "/shop/checkout");
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\/./);
  const number = /W-\d+/.exec(await phone.getByText(/^Order W-\d+/).innerText())?.[0];
  const id = /\/shop\/orders\/([0-9a-f-]{36})/.exec(phone.url())?.[1];
  if (!number || !id) throw new Error("the order shows no number, or has no address");
  return { id, number, phone };
}
