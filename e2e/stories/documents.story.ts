import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";
import { annasOffice, chooseBellecour, fillCartOnPhone, leasPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

story("Shop: an order is confirmed, invoiced and credited in writing, with the amounts that the page shows", async (stage) => {
  const phone = await leasPhone(stage);
  await chooseBellecour(phone);
  await fillCartOnPhone(phone, "Butter croissant");
  await visit(phone, "/shop/checkout");
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\/./);
  const id = /\/shop\/orders\/([0-9a-f-]{36})/.exec(phone.url())?.[1];
  const total = await phone.locator("main dl dd").first().innerText();
  assert.match(total, /^€\d+\.\d{2}$/);

  assert.match(await fileOf(phone, "Confirmation (PDF)"), new RegExp(`Order confirmation[^]*Butter croissant[^]*Total ${escaped(total)}`));
  const invoice = await fileOf(phone, /^Invoice INV-FR-/);
  assert.match(
    invoice,
    new RegExp(`Trama France SAS[^]*FR00000000000[^]*Butter croissant[^]*Total ${escaped(total)}[^]*Paid: card ${escaped(total)}`),
  );
  const number = /INV-FR-\d{4}-\d{6}/.exec(invoice)?.[0];

  const office = await annasOffice(stage, `/office/orders?open=${id}`);
  await office.getByRole("button", { name: "Cancel order" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Ordered twice");
  await dialog.getByRole("button", { name: "Cancel order" }).click();
  const credited = await fileOf(office, /^Credit note CRN-FR-/);
  assert.match(credited, new RegExp(`Credits invoice ${number}[^]*Butter croissant[^]*Total credited ${escaped(total)}`));
});

const escaped = (text: string): string => text.replaceAll(/[.$]/g, String.raw`\$&`);

/** The text of the PDF that this button gives. */
async function fileOf(page: Page, name: string | RegExp): Promise<string> {
  const button = page.getByRole("button", { name });
  await button.waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const bytes = await readFile(await file.path());
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return text;
}
