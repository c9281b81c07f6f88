import { strict as assert } from "node:assert";
import { codeSentTo, findAtTill, jordisTill, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { story } from "../story.ts";

story("S1 who signs up on the site is known at the till within seconds, by e-mail", async (stage) => {
  const till = await jordisTill(stage);
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "nora.blum@example.com", "Nora");
  const started = performance.now();
  await findAtTill(till, "nora.blum@example.com", /Nora/);
  await till.getByText(/Nora/).first().waitFor();
  assert.ok(performance.now() - started < 5000, "the till knew her within seconds, typing and waiting included");
});

story("S1 who signs up at the till, by a code read back, is known on the site", async (stage) => {
  const till = await jordisTill(stage);
  await till.getByRole("button", { name: "Find customer" }).click();
  await till.getByRole("button", { name: "New customer" }).click();
  await till.getByLabel("First name").fill("Oriol");
  await till.getByLabel("Phone or e-mail").fill("oriol.serra@example.com");
  await till.getByRole("button", { name: "Create" }).click();
  await till.getByLabel("Code read back").waitFor();
  await till.getByLabel("Code read back").fill(await codeSentTo(stage, "oriol.serra@example.com"));
  await till.getByRole("button", { name: "Confirm" }).click();
  await till.getByLabel("Code read back").waitFor({ state: "detached" });
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "oriol.serra@example.com", "");
  await phone.goto("/shop/me");
  const name = phone.getByLabel("First name");
  await name.waitFor();
  assert.equal(await name.inputValue(), "Oriol");
});
