import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { clarasOffice, RUN } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

const LAURA = `laura.${RUN}@example.com`;

/** As Excel of a German office saves it: semicolons, dots in dates, and letters of the old code. */
const GERMAN = Buffer.from(
  [
    "Kundennr.;Vorname;Nachname;E-Mail;Geburtsdatum;Straße;PLZ;Ort;Land;Newsletter;Notiz",
    `G-${RUN}-1;Laura;Grünwald;${LAURA};03.04.1980;Lindenstr. 5;10115;Berlin;Deutschland;ja;"mag =Müsli; ohne Zucker"`,
    `G-${RUN}-2;Jörg;Späth;joerg.${RUN}@example.com;17.12.1983;Am Markt 1;80331;München;Deutschland;nein;`,
    `G-${RUN}-3;Heike;Krause;heike.${RUN}(at)example.com;01.02.1975;;;;;;`,
  ].join("\r\n"),
  "latin1",
);

story("Office: a German spreadsheet is looked at, put right, imported, and its one bad line comes back as a file", async (stage) => {
  const office = await clarasOffice(stage);
  await give(office, { name: `Kunden ${RUN}.csv`, mimeType: "text/csv", buffer: GERMAN });

  // What the hub found by itself: the separator, the letters, the columns, and what is wrong.
  await office.getByRole("heading", { name: `Kunden ${RUN}.csv` }).waitFor();
  const column = (name: string) => office.getByRole("combobox", { name: `${name} is`, exact: true });
  assert.equal(await column("Geburtsdatum").inputValue(), "birthDate");
  assert.equal(await column("Newsletter").inputValue(), "optInEmail");
  assert.equal(await column("Notiz").inputValue(), "trait");
  await office.getByText("3 lines looked at; 1 cannot be taken").waitFor();
  const preview = office.getByRole("table", { name: "The first lines, as they will be" });
  await preview.getByRole("cell", { name: "1980-04-03" }).waitFor();
  await preview.getByRole("cell", { name: "Grünwald" }).waitFor();
  await preview.getByText(/This is no e-mail address/).waitFor();

  // A column that is of no use is left out, and the preview follows.
  await column("Notiz").selectOption({ label: "Leave out" });
  await preview.getByText("mag =Müsli").waitFor({ state: "detached" });
  await office.getByRole("button", { name: "Import", exact: true }).click();
  await office.getByText("It ended on").waitFor();
  for (const [figure, value] of [
    ["New", "2"],
    ["Put aside", "1"],
  ] as const)
    assert.equal(await office.locator("dl").filter({ hasText: figure }).locator("dd").first().textContent(), value, figure);

  const download = office.waitForEvent("download");
  await office.getByRole("button", { name: "Download them" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  assert.match(text, new RegExp(`4;email_invalid;[^\r\n]*;G-${RUN}-3;Heike`));

  // The customer is there, with what the file said and nothing proved.
  await visit(office, `/office/customers?query=${encodeURIComponent(LAURA)}`);
  await office.getByRole("link", { name: /Laura Grünwald/ }).click();
  await office.getByText("Lindenstr. 5").first().waitFor();
});

story("Office: the owner takes the customers as a file, and the audit says so", async (stage) => {
  const office = await clarasOffice(stage, "/office/exports");
  const download = office.waitForEvent("download");
  await office.getByRole("button", { name: "Download", exact: true }).click();
  const text = await readFile(await (await download).path(), "utf8");
  assert.match(text, /^\uFEFFcustomerId,externalId,givenName,familyName,email/);
  assert.ok(text.split("\r\n").length > 20);
  await office.getByText(/^Done: /).waitFor();
  await visit(office, "/office/audit");
  await office.getByText("Exported customers as a file").first().waitFor();
});

async function give(office: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await visit(office, "/office/imports");
  await office.getByRole("button", { name: "Give a file" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.locator('input[type="file"]').setInputFiles(file);
  await dialog.getByRole("button", { name: "Look into it" }).click();
  await dialog.waitFor({ state: "detached" });
}
