import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { leave } from "../lib/api.ts";
import { messageWith } from "../lib/outbox.ts";
import { annasOffice, chooseBellecour, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { type Stage, story, VIEWPORTS } from "../story.ts";

/** A phone in German with a mug of the chain in its cart, at the checkout: nobody has been here before. */
async function atGermanCheckout(stage: Stage): Promise<Page> {
  const phone = await stage.device("phone", { viewport: VIEWPORTS.phone, locale: "de-DE" });
  await phone.goto("/shop/");
  await phone
    .getByRole("button", { name: /Ihre Filiale\?|Ändern|Bestätigen/ })
    .first()
    .click();
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: /Bellecour/ })
    .click();
  await phone.getByText("Papierfilter, 100 Stück", { exact: true }).first().click();
  const sheet = phone.getByRole("dialog");
  await sheet.getByRole("button", { name: /^Hinzufügen · / }).click();
  await sheet.waitFor({ state: "hidden" });
  await visit(phone, "/shop/checkout");
  return phone;
}

story("S3 shipped: ordered in German on the phone, packed and sent in the office, followed live, and told by mail", async (stage) => {
  const phone = await atGermanCheckout(stage);
  const email = `mila.${RUN}@example.org`;
  await phone.getByRole("radio", { name: "Nach Hause liefern" }).check();

  await phone.getByLabel("Vor- und Nachname").fill("Mila Probst");
  await phone.getByLabel("Straße und Hausnummer").fill("Webergasse 22");
  await phone.getByLabel("Postleitzahl").fill("1017");
  await phone.getByLabel("Ort", { exact: true }).fill("Berlin");
  await phone.getByLabel("Land").selectOption("DE");
  await phone.getByRole("button", { name: "Diese Adresse verwenden" }).click();
  await phone.getByText("Eine Postleitzahl (Deutschland) sieht so aus: 10115").waitFor();
  await phone.getByLabel("Postleitzahl").fill("10178");
  await phone.getByRole("button", { name: "Diese Adresse verwenden" }).click();
  await phone.getByText("10178 Berlin").waitFor();

  await phone.getByRole("radio", { name: /^Standard, Ausland/ }).waitFor();
  await phone.getByText("Versand", { exact: true }).last().waitFor();
  await phone.getByLabel("E-Mail").fill(email);
  await phone.getByRole("button", { name: /bezahlen$/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByRole("heading", { name: "Wir haben Ihre Bestellung" }).waitFor();
  const number = /W-\d+/.exec(await phone.getByText(/W-\d+/).first().innerText())?.[0] ?? "";
  assert.ok(number, "the order shows its number");
  await phone.getByText("Webergasse 22").waitFor();

  const office = await annasOffice(stage, `/office/shipping?query=${number}`);
  await office.getByRole("link", { name: number }).first().click();
  await office.getByText("10178 Berlin").first().waitFor();
  await office.getByRole("button", { name: "Take it on" }).click();
  await phone.getByRole("heading", { name: /bestätigt/ }).waitFor();
  await office.getByRole("button", { name: "Packed", exact: true }).click();
  await phone.getByRole("heading", { name: "Wird verpackt" }).waitFor();
  await office.getByLabel("Carrier").fill("Colis Test");
  await office.getByLabel("Tracking number").fill(`CT-${RUN}`);
  await office.getByRole("button", { name: "Handed to the carrier" }).click();
  await phone.getByRole("heading", { name: "Unterwegs zu Ihnen" }).waitFor();
  await phone.getByText(`CT-${RUN}`).waitFor();
  await office.getByRole("button", { name: "Delivered", exact: true }).click();
  await phone.getByRole("heading", { name: "Angekommen" }).waitFor();

  assert.match(await messageWith(stage, `Bestellung ${number} ist unterwegs`), new RegExp(`CT-${RUN}`));
});

story("S3 sold out here: the phone has it sent from a place that has it, and pays once for all of it", async (stage) => {
  const office = await annasOffice(stage);
  await leave(office, "GEA-KET", 0);
  const phone = await strangersPhone(stage);
  await chooseBellecour(phone);
  await phone.getByText("Gooseneck kettle", { exact: true }).first().click();
  const sheet = phone.getByRole("dialog");
  await sheet.getByText(/^Sold out at this store\. Sent from another place/).waitFor();
  await sheet.getByRole("button", { name: "Have it sent" }).click();
  await sheet.waitFor({ state: "hidden" });
  await visit(phone, "/shop/checkout");
  await phone.getByRole("radio", { name: "Ship it to me", checked: true }).waitFor();
  await phone.getByLabel("First and last name").fill("Nora Blanc");
  await phone.getByLabel("Street and number").fill("3 rue de la Trame");
  await phone.getByLabel("Postcode").fill("69002");
  await phone.getByLabel("City", { exact: true }).fill("Lyon");
  await phone.getByRole("button", { name: "Use this address" }).click();
  await phone.getByText("69002 Lyon").waitFor();
  await phone.getByLabel("E-mail").fill(`nora.${RUN}@example.org`);
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByText("3 rue de la Trame").waitFor();
  await phone.getByText("France", { exact: true }).waitFor();
  await phone.getByText("free", { exact: true }).waitFor();
});
