import { strict as assert } from "node:assert";
import { story, VIEWPORTS } from "../story.ts";

story("a sheet that the keyboard opened keeps it, closes by Escape and gives it back", async (stage) => {
  const phone = await stage.device("phone", { viewport: VIEWPORTS.phone });
  await phone.goto("/shop/");
  const product = phone.getByRole("link", { name: /^Cappuccino/ }).first();
  await product.focus();
  await phone.keyboard.press("Enter");
  const sheet = phone.getByRole("dialog");
  await sheet.getByRole("button", { name: /^Add · / }).waitFor();
  for (let step = 0; step < 30; step++) {
    await phone.keyboard.press("Tab");
    const isInside = await phone.evaluate<boolean>(
      "document.activeElement === document.body || document.activeElement?.closest('dialog') !== null",
    );
    assert.ok(isInside, "the focus stays in the sheet");
  }
  await phone.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  assert.match(await phone.evaluate<string>("document.activeElement?.textContent ?? ''"), /Cappuccino/, "the focus is where it was");
});
