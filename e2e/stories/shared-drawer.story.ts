import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { clarasOffice } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story, VIEWPORTS, type Stage } from "../story.ts";

type Register = { readonly id: string; readonly name: string };

story(
  "Till: two tills share a drawer that the office gave them: the second begins without a count and leaves it to the first, whose count tells the difference of both",
  async (stage) => {
    const office = await clarasOffice(stage);
    const [one, two] = [await newRegister(office, "Counter"), await newRegister(office, "Terrace")];
    await visit(office, "/office/devices");
    await office.getByLabel(`Drawer of ${two.name}`).selectOption({ label: one.name });
    await office.getByText(`${two.name} works on this drawer now.`).waitFor();

    const first = await tillOf(stage, "shared-first", one.name);
    await first.getByText(`Drawer ${one.name}, shared with ${two.name}`).waitFor();
    await first.getByRole("button", { name: /^Open with/ }).click();
    await first.getByRole("link", { name: /^Shift since/ }).waitFor();

    const second = await tillOf(stage, "shared-second", two.name);
    await second.getByRole("button", { name: "Begin on this drawer" }).click();
    await second.getByRole("link", { name: /^Shift since/ }).click();
    await second.getByRole("button", { name: "Put in" }).click();
    await second.getByLabel("Amount").fill("5");
    await second.getByLabel("Reason").fill("Change from the bank");
    await second.getByRole("button", { name: "Note it" }).click();
    await second.getByRole("button", { name: "Close without a count" }).click();
    await second.getByText("Left to the others, who count the drawer.").waitFor();

    await first.getByRole("link", { name: /^Shift since/ }).click();
    await first.getByRole("textbox", { name: "€0.01", exact: true }).fill("10400");
    await first.getByRole("button", { name: "Close with this count" }).click();
    await first.getByText("€1.00 missing").waitFor();
    const { items } = (await askInOffice(office, "GET", `/v1/till/shifts?registerId=${one.id}`)) as {
      items: { expectedCash: { amount: number }; difference: { amount: number } }[];
    }; // by the contract
    assert.deepEqual([items[0]?.expectedCash.amount, items[0]?.difference.amount], [10_500, -100]);
  },
);

/** A register that no other story uses. */
async function newRegister(office: Page, what: string): Promise<Register> {
  const { items } = (await askInOffice(office, "GET", "/v1/till/registers")) as { items: { placeId: string; placeName: string }[] }; // by the contract
  const placeId = items.find(({ placeName }) => placeName.includes("Bellecour"))?.placeId;
  return (await askInOffice(office, "POST", "/v1/till/registers", { placeId, name: `${what} ${Date.now()}` })) as Register; // by the contract
}

/** A device that the owner makes the till of a register. */
async function tillOf(stage: Stage, device: string, register: string): Promise<Page> {
  const till = await stage.device(device, { viewport: VIEWPORTS.till });
  await till.goto("/till/");
  await till.getByLabel("E-mail").fill("clara.vidal@trama.example");
  await till.getByRole("textbox", { name: "Password" }).fill("trama-demo-2026");
  await till.getByRole("button", { name: "Sign in as manager" }).click();
  await till.getByLabel("Register", { exact: true }).selectOption({ label: register });
  await till.getByRole("button", { name: "Use this device as this register" }).click();
  return till;
}
