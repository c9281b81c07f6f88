import { strict as assert } from "node:assert";
import { jordisTill, leasPhone, strangersPhone } from "../lib/people.ts";
import { readQr } from "../lib/scan.ts";
import { story } from "../story.ts";

story(
  "Till: the code after a sale opens its receipt on any phone, and one customer makes the purchase theirs, with its points",
  async (stage) => {
    const till = await jordisTill(stage);
    await till
      .getByRole("button", { name: /^Carrot cake/ })
      .first()
      .click();
    await till.getByRole("button", { name: /^Pay/ }).first().click();
    await till.getByRole("button", { name: /^Exact/ }).click();
    const address = await readQr(till, "Receipt on your phone");
    assert.match(address, /\/r\/[\w-]{22}$/);
    // Its number is there as soon as the hub has the sale.
    await till
      .getByText(/-\d{6}$/)
      .first()
      .waitFor();

    const phone = await strangersPhone(stage);
    const answer = await phone.goto(address);
    assert.match(answer?.headers()["content-security-policy"] ?? "", /^default-src 'none'/);
    await phone.getByText("Carrot cake").waitFor();
    await phone.getByRole("img", { name: "Bring something back" }).waitFor();
    assert.doesNotMatch(await phone.locator("body").innerText(), /Jordi/);
    const pdf = await phone.request.get(`${address}/receipt.pdf`);
    assert.equal(pdf.headers()["content-type"], "application/pdf");
    const other = await phone.goto(`${address.slice(0, -6)}AAAAAA`);
    assert.equal(other?.status(), 404);
    await phone.getByRole("heading", { name: "Not arrived yet" }).waitFor();
    await phone.goto(address);

    const lea = await leasPhone(stage);
    await lea.goto(address);
    await lea.getByRole("link", { name: "Add to my purchases" }).click();
    await lea.getByRole("button", { name: "Add it" }).click();
    await lea.getByText(/The purchase is in your account, with \d+ point/).waitFor();
    await lea.getByRole("button", { name: "Look at the purchase" }).click();
    await lea.waitForURL(/\/shop\/orders\//);
    await lea.getByText("Carrot cake").first().waitFor();
    await phone.reload();
    await phone.getByText(/Points earned: \d+/).waitFor();
    assert.equal(await phone.getByRole("link", { name: "Add to my purchases" }).count(), 0, "it is somebody's now");
  },
);
