import { strict as assert } from "node:assert";
import { jordisTill, leasPhone, payByCard } from "../lib/people.ts";
import { readQr, scan } from "../lib/scan.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

story(
  "S4 the card on the phone is scanned at the till: its points grow on the phone as a sale is paid, and go as a reward is taken for them",
  async (stage) => {
    const phone = await leasPhone(stage);
    await visit(phone, "/shop/card");
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
    const shown = async (): Promise<number> => Number((await balance.innerText()).replaceAll(/\D/g, ""));
    const pushed = async (is: (points: number) => boolean): Promise<number> => {
      for (let look = 0; look < 200 && !is(await shown()); look++) await phone.waitForTimeout(100); // nothing is loaded again
      return shown();
    };
    const start = Number(before.replaceAll(/\D/g, ""));
    const grown = await pushed((points) => points > start);
    assert.ok(grown > start, "the balance grows");
    await till.getByRole("button", { name: "Next customer" }).click();
    await scan(till, await readQr(phone, "QR code of your card"));
    await till.getByText("Léa F.").first().waitFor();
    for (const name of [/Carrot cake/, /Butter croissant/]) await till.getByRole("button", { name }).first().click();
    await till
      .getByRole("group", { name: "Rewards for their points" })
      .getByRole("button", { name: /A free pastry/ })
      .click();
    await payByCard(till);
    assert.ok((await pushed((points) => points < grown)) < grown, "the reward is paid from the balance that the phone shows");
  },
);

story(
  "S4 the nearest store is found, the usual ordered ahead in two taps and started by arrival; what the till marks as sold out is no part of it",
  async (stage) => {
    const phone = await leasPhone(stage);
    await phone.context().grantPermissions(["geolocation"]);
    await phone.context().setGeolocation({ latitude: 45.757, longitude: 4.832 });
    await visit(phone, "/shop/stores");
    await phone.getByRole("button", { name: "Near me" }).click();
    await phone
      .getByText(/In your hands about/)
      .first()
      .waitFor();
    await visit(phone, "/shop/");
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
    await phone.getByRole("button", { name: "I’m on my way" }).click();
    await phone.getByText("The store knows that you are on your way.").waitFor();
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
  },
);
