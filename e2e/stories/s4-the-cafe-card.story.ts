import { strict as assert } from "node:assert";
import { jordisTill, leasPhone, payByCard } from "../lib/people.ts";
import { readQr, scan } from "../lib/scan.ts";
import { story } from "../story.ts";

story("S4 the card on the phone is scanned at the till, and its points grow on the phone as the sale is paid", async (stage) => {
  const phone = await leasPhone(stage);
  await phone.goto("/shop/card");
  const balance = phone.locator("main output").first();
  await balance.waitFor();
  const before = await balance.innerText();
  const till = await jordisTill(stage);
  await scan(till, await readQr(phone, "QR code of your card"));
  await till.getByText("Léa F.").first().waitFor();
  await till
    .getByRole("button", { name: /Carrot cake/ })
    .first()
    .click();
  await payByCard(till);
  for (let look = 0; look < 40 && (await balance.innerText()) === before; look++) await phone.waitForTimeout(100); // it is pushed
  assert.notEqual(await balance.innerText(), before, "the balance grows");
});

story("S4 the usual is ordered ahead in two taps; what the till marks as sold out is no part of it", async (stage) => {
  const phone = await leasPhone(stage);
  await phone.goto("/shop/");
  const usual = phone.getByRole("region", { name: "Your usual" });
  await usual.getByRole("listitem").first().waitFor();
  const first = await usual.getByRole("listitem").first().innerText();
  await usual.getByRole("button", { name: "Order again" }).click();
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone
    .getByText(first.split("\n")[0] ?? "")
    .first()
    .waitFor();
  const till = await jordisTill(stage);
  await phone.goto("/shop/");
  await usual.getByRole("listitem").first().waitFor();
  const gone = (await usual.getByRole("listitem").first().innerText()).split("\n")[0] ?? "";
  await till.getByRole("button", { name: "More" }).click();
  await till.getByRole("button", { name: "Mark something as sold out" }).click();
  const mark = async (): Promise<void> => {
    await till.getByRole("searchbox").fill(gone); // all that Léa bought before has a say in her usual: it may stand on any page
    await till
      .getByRole("button", { name: new RegExp(`^${gone}`) })
      .first()
      .click();
  };
  await mark();
  await phone.goto("/shop/");
  await usual.getByText(gone, { exact: true }).waitFor({ state: "detached" });
  await phone.getByText("Sold out").first().waitFor();
  await mark();
});
