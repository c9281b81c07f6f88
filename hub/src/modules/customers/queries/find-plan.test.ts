import { newId, ok, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { peopleHub, SHOP, type PeopleHub } from "../../../../test/people-hub.ts";
import type { Ctx } from "../../../platform/index.ts";
import { importRecords } from "../commands/import-records.ts";
import { findCustomers } from "./find.ts";

/** So many share the last four digits of their phones, as do a hundred of a million. */
const NAMESAKES = 120;
const PAGE = 21;

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
  const people = Array.from({ length: NAMESAKES }, (_, n) => ({
    id: newId<RecordId>(),
    channelId: SHOP,
    input: { externalId: `end-${n}`, givenName: "Ada", email: `end${n}@example.com`, phone: `+336${1000 + n}4242` },
    verified: [],
    knownSince: new Date(Date.UTC(2025, 0, 1)),
  }));
  await hub.must(async (ctx) => ok(await importRecords(ctx, people)));
  await hub.rows("vacuum analyze");
});
afterAll(() => hub.close());

const cards = { recordOfCard: async () => null, readCardToken: async () => null, claimShownCard: async () => true };

/**
 * How many rows of each table were fetched from their pages, past what the indexes hold; but for the one row that says which generation lives.
 * Few tables here are worth an index, as all are among a million.
 */
async function fetchedBy(text: string): Promise<{ found: number; fetched: Record<string, number> }> {
  return hub.must(async (ctx) => {
    await sql`set local enable_seqscan = off`.execute(ctx.db);
    const options = { channelId: SHOP, channels: [SHOP], limit: PAGE, after: null };
    const before = await fetchesSoFar(ctx);
    const found = await findCustomers(ctx, text, options, cards);
    const after = await fetchesSoFar(ctx);
    const fetched = [...after].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const).filter(([, count]) => count > 0);
    return ok({ found: found.length, fetched: Object.fromEntries(fetched) });
  });
}

/** The connection counts on from what it did before, until it hands its counts in, once a second. */
async function fetchesSoFar(ctx: Pick<Ctx, "db">): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ name: string; fetches: number }>`
    select relname as name, (idx_tup_fetch + seq_tup_read)::integer as fetches from pg_stat_xact_user_tables
     where schemaname = 'customers' and relname <> 'generation'`.execute(ctx.db);
  return new Map(rows.map(({ name, fetches }) => [name, fetches]));
}

it("[IDN-16] the last digits are found in one index, and of those who share them no more are read than the page shows", async () => {
  const { found, fetched } = await fetchedBy("4242");
  expect(found).toBe(PAGE);
  expect(Object.keys(fetched)).toEqual(["source_record"]);
  expect(fetched["source_record"]).toBeLessThanOrEqual(2 * PAGE);
});

it("[IDN-16] who has an address is told by the indexes, and only the record itself is read", async () => {
  const { found, fetched } = await fetchedBy("end7@example.com");
  expect(found).toBe(1);
  expect(Object.keys(fetched)).toEqual(["source_record"]);
});
