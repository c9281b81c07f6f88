import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { underTheHubs } from "../lib/database.ts";
import { clarasOffice, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story, type Stage } from "../story.ts";

story("S8 a request about personal data is taken down, answered before it is due, and keeps the proof of each step", async (stage) => {
  const office = await fileInOffice(stage, `petra.${RUN}@example.com`, "Petra");
  await office.getByRole("button", { name: "More actions" }).click();
  await office.getByRole("menuitem", { name: "Take down a request" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("In their words").fill("What do you keep about me?");
  await dialog.getByRole("button", { name: "Take down a request" }).click();
  await office.getByText(/^Taken down: due on /).waitFor();

  await visit(office, "/office/privacy?part=requests");
  await office.getByRole("row", { name: /Petra/ }).getByRole("link").click();
  const beside = office.locator("aside").last();
  await beside.getByText("What do you keep about me?").waitFor();
  const due = await factOf(beside, "Due");
  const days = (Date.parse(due) - Date.now()) / 86_400_000;
  assert.ok(days > 26 && days < 32, `an answer is due within a month, and not at once: ${due}`);
  await beside.getByLabel("What is done now").selectOption({ label: "Identity checked" });
  await beside.getByLabel("Note").fill("She showed her card at the counter");
  await beside.getByRole("button", { name: "Keep" }).click();
  await beside.getByText("She showed her card at the counter").waitFor();
  await beside.getByLabel("What is done now").selectOption({ label: "Answered" });
  await beside.getByLabel("Note").fill("Her data was handed over as a file");
  await beside.getByRole("button", { name: "Keep" }).click();
  await office.getByRole("row", { name: /Petra/ }).waitFor({ state: "detached" });

  await office.goto("/office/privacy?part=requests&state=closed");
  await office
    .getByRole("row", { name: /Petra.*Answered/ })
    .getByRole("link")
    .click();
  const proof = office.locator("aside").last().locator("ol > li");
  await proof.filter({ hasText: "Her data was handed over as a file" }).filter({ hasText: "Clara Vidal" }).waitFor();
  assert.deepEqual(await proof.locator("span").first().innerText(), "Received");
  assert.equal(await proof.count(), 3);
});

story("S8 a notice is published for one channel, and stands in the list with what it says", async (stage) => {
  const version = `note-${RUN}`;
  const office = await clarasOffice(stage, "/office/privacy?part=notices");
  await office.getByRole("button", { name: "Publish a version" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("Version").fill(version);
  // Of one channel that nobody else collects people on: everybody carries the words of their own.
  await dialog.getByLabel("Channel").first().click({ force: true });
  await office.getByRole("option", { name: "Trama by e-mail" }).click();
  await office.keyboard.press("Escape");
  await dialog.getByLabel("It says that files of several channels become one").check();
  await dialog.getByRole("button", { name: "Publish a version" }).click();
  const row = office.getByRole("row", { name: new RegExp(version) });
  await row.getByText("Says it").waitFor();
  await row.getByText("Trama by e-mail").waitFor();
});

story("S8 what is old enough goes by itself, and the office shows how much went and when", async (stage) => {
  const office = await clarasOffice(stage);
  await underTheHubs(stage, async (query) => {
    await query(
      "insert into access.attempt (subject, failures, last_at) select 'story ' || n, 1, now() - interval '3 days' from generate_series(1, 7) n",
    );
    await query("select jobs.add_job('access.tidy_up')");
  });
  const row = office.getByRole("row", { name: /^Security.*wrong tries/i }).filter({ hasText: "1 day" });
  await visit(office, "/office/privacy?part=retention");
  await row.waitFor();
  await until(async () => {
    await office.reload();
    await row.waitFor();
    return Number(await row.getByRole("cell").nth(2).innerText()) >= 7;
  }, "the row says what its job deleted");
  assert.doesNotMatch(await row.getByRole("cell").nth(3).innerText(), /–/, "and when it last ran");
});

story("S8 who opened a customer's file is on the record, and is found from that customer", async (stage) => {
  const office = await fileInOffice(stage, `renate.${RUN}@example.com`, "Renate");
  await office.getByRole("button", { name: "More actions" }).click();
  await office.getByRole("menuitem", { name: "Who opened this file" }).click();
  await office.waitForURL(/\/office\/audit\?subject=/);
  await office
    .getByRole("row", { name: /Clara Vidal.*Opened the file.*Allowed/ })
    .first()
    .waitFor();
});

story("S8 a list of people that leaves the office as a file stands among the files sent out, with who took it", async (stage) => {
  const office = await clarasOffice(stage, "/office/customers?query=Fontaine");
  await office.getByRole("link", { name: /Léa/ }).first().waitFor();
  const download = office.waitForEvent("download");
  await office.getByRole("button", { name: "Export as seen (CSV)" }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^Customers \d{4}-\d\d-\d\d\.csv$/);
  assert.match(await readFile(await file.path(), "utf8"), /Léa Fontaine/);
  await visit(office, "/office/privacy?part=exports");
  await office
    .getByRole("row", { name: /List: customers found.*Clara Vidal/ })
    .first()
    .waitFor();
});

/** Somebody new, who signed in on a phone, opened by the owner in the office. */
async function fileInOffice(stage: Stage, email: string, name: string): Promise<Page> {
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, name);
  const office = await clarasOffice(stage);
  await office.keyboard.press("Control+k");
  await office.getByPlaceholder("Customer, order, product, page").fill(email);
  await office
    .getByRole("button", { name: new RegExp(name) })
    .first()
    .click();
  await office.getByRole("heading", { level: 1, name }).waitFor();
  return office;
}

/** What stands beside a name in a list of facts. */
async function factOf(part: Locator, name: string): Promise<string> {
  return part
    .locator("dl > div")
    .filter({ has: part.page().getByText(name, { exact: true }) })
    .locator("dd")
    .innerText();
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let look = 0; look < 200; look++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(what);
}
