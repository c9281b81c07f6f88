import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { filesHub, OLD_SHOP, type FilesHub } from "../../test/files-hub.ts";
import { publishNotice } from "../modules/customers/index.ts";
import { importFile } from "./import-files.ts";

let hub: FilesHub;
let folder: string;
beforeAll(async () => {
  hub = await filesHub();
  folder = await mkdtemp(join(tmpdir(), "weft-import-"));
  for (const version of ["2019", "2024"])
    await hub.must((ctx) =>
      publishNotice(ctx, { version, channelIds: [OLD_SHOP], coversJoining: true, objectionDays: 30, address: null, isForEarlier: false }),
    );
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

/** Imports a file of one person from the command line. */
async function take(externalId: string, notice: string | null) {
  const path = join(folder, `${externalId}.csv`);
  await writeFile(path, `id,name\n${externalId},Somebody\n`);
  const wishes = { kind: "customers", path, channel: "old-shop", map: {}, dateOrder: undefined, verified: [] } as const;
  return importFile(hub.around, hub.vault, { ...wishes, because: null, confirmedBecause: null, notice }, () => {});
}

const noticeOf = async (externalId: string): Promise<unknown> =>
  (
    await hub.rows<{ version: string | null }>(
      "select n.version from customers.source_record r left join customers.notice n on n.id = r.notice_id where r.external_id = $1",
      [externalId],
    )
  )[0]?.version;

it("[IMP-13] a file given on the command line is collected under the notice in force, a version that is named, or none", async () => {
  for (const [externalId, notice] of [
    ["C-1", null],
    ["C-2", "2019"],
    ["C-3", "none"],
  ] as const)
    // prettier-ignore
    expect(await take(externalId, notice)).toMatchObject({ state: "done", created: 1 });
  expect(await Promise.all(["C-1", "C-2", "C-3"].map(noticeOf))).toEqual(["2024", "2019", null]);
});

it("[IMP-13] a version that the channel never showed is refused before anything is imported, with those that it has shown", async () => {
  await expect(take("C-4", "1999")).rejects.toThrow('never showed a notice "1999". It has shown: 2024, 2019.');
  expect(await noticeOf("C-4")).toBeUndefined();
});
