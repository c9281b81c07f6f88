import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { annasOffice, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { story } from "../story.ts";

/** What a button of the page puts into the folder for downloads. */
async function fileFrom(phone: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const coming = phone.waitForEvent("download");
  await phone.getByRole("button", { name: button }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

/** How much the buttons of the page's last part ask for attention, by their words: two that look alike are equally near. */
async function looksOfChoices(phone: Page): Promise<readonly { readonly name: string; readonly looks: string }[]> {
  return phone.evaluate(`[...document.querySelectorAll("section:last-of-type button")].map((button) => {
    const { backgroundColor, borderTopWidth, color, fontSize, fontWeight } = getComputedStyle(button);
    const looks = [backgroundColor, borderTopWidth, color, fontSize, fontWeight, button.getBoundingClientRect().height].join(" ");
    return { name: button.innerText, looks };
  })`);
}

story("S8 own data: what is known and from where, a file for the eye and one for a machine, and erased on every channel", async (stage) => {
  const email = `nora.${RUN}@example.org`;
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, "Nora");
  await phone.goto("/shop/me/data");
  const known = phone.getByRole("region", { name: "What is known, and from where" });
  const row = known.getByRole("listitem").filter({ hasText: email });
  await row.getByText(/^from Website, /).waitFor();
  await known.getByRole("listitem").filter({ hasText: "First name" }).filter({ hasText: "Nora" }).waitFor();

  const machine = await fileFrom(phone, "Download my data");
  assert.equal(machine.name, "my-data.json");
  assert.match(JSON.stringify(JSON.parse(machine.text)), new RegExp(email));
  const page = await fileFrom(phone, "Download to read");
  assert.equal(page.name, "my-data.html");
  assert.match(page.text, new RegExp(email));

  await phone.getByRole("button", { name: "Erase my data" }).click();
  const dialog = phone.getByRole("dialog");
  await dialog.getByRole("button", { name: "Keep my data" }).click();
  await dialog.waitFor({ state: "hidden" });
  await known.waitFor();
  await phone.getByRole("button", { name: "Erase my data" }).click();
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await phone.waitForURL(/\/shop\/$/);
  await phone.goto("/shop/me/data");
  await phone.getByRole("main").getByRole("link", { name: "Sign in" }).waitFor();
  const office = await annasOffice(stage);
  const found = (await askInOffice(office, "GET", `/v1/customers?query=${encodeURIComponent(email)}`)) as { items: unknown[] }; // by the contract
  assert.deepEqual(found.items, [], "nobody in the office finds them any more");
});

story("S8 cookies: no is as near as yes, is kept, and nothing is measured", async (stage) => {
  const phone = await strangersPhone(stage);
  const measured: string[] = [];
  phone.on("request", (request) => (new URL(request.url()).pathname === "/v1/b" ? measured.push(request.url()) : undefined));
  await phone.goto("/shop/cookies");
  await phone.getByText("You have not chosen: nothing is measured.").waitFor();
  const [no, yes, ...others] = await looksOfChoices(phone);
  assert.deepEqual([no?.name, yes?.name, others], ["Do not measure", "Allow measuring", []]);
  assert.equal(no?.looks, yes?.looks, "both look the same");
  await phone.getByRole("button", { name: "Do not measure" }).click();
  await phone.getByText("You said no: nothing is measured.").waitFor();
  await phone.goto("/shop/");
  await phone.getByRole("heading", { level: 1 }).waitFor();
  await phone.goto("/shop/cookies");
  await phone.getByRole("button", { name: "Do not measure", pressed: true }).waitFor();
  assert.deepEqual(measured, [], "no page was told");
});
