import { newId, type EntityId } from "@weft/kernel";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { jobContext } from "./job-context.ts";
import { FRANCE, saleHub, type SaleHub } from "./sale-hub.ts";
import { signedRegister, type SignedRegister } from "./signed-register.ts";
import { createSandboxTse } from "../src/modules/integrations/index.ts";
import { dsfinvkZip } from "../src/modules/till/country/germany/export.ts";
import { tseOfTicket } from "../src/modules/till/country/germany/on-receipt.ts";
import { signTickets } from "../src/modules/till/country/germany/sign-tickets.ts";
import type { Tse } from "../src/modules/till/country/germany/tse.ts";

let hub: SaleHub;
let register: SignedRegister;
beforeAll(async () => {
  hub = await saleHub();
  register = await signedRegister(hub);
  await register.ticket("2026-03-02T08:00:00Z", 1200);
  await register.ticket("2026-03-02T09:00:00Z", 600);
}, 60_000);
afterAll(() => hub.close());

const signed = () =>
  hub.rows<{ seq: number; process: string; transaction: { number: number; signatureCounter: number } | null; error: string | null }>(
    "select seq::int, process, transaction, error from till.tse_signature where register_id = $1 order by seq",
    [register.id],
  );

it("[ARC-6] a ticket that the device does not sign is recorded with the error, and the next one is signed", async () => {
  const broken: Tse = { ...createSandboxTse(hub.pool), start: () => Promise.reject(new Error("TSE antwortet nicht")) };
  await signTickets(jobContext(hub, new Date()), broken, register.id);
  expect(await signed()).toMatchObject([
    { seq: 1, error: "TSE antwortet nicht", transaction: null },
    { seq: 2, error: "TSE antwortet nicht" },
  ]);
  await register.ticket("2026-03-02T10:00:00Z", 300);
  const sandbox = createSandboxTse(hub.pool);
  await signTickets(jobContext(hub, new Date()), sandbox, register.id);
  await signTickets(jobContext(hub, new Date()), sandbox, register.id);
  const [, , third, ...more] = await signed();
  expect(more).toEqual([]);
  expect(third).toMatchObject({ seq: 3, error: null, transaction: { number: 1 } });
  expect(third?.process).toMatch(/^Beleg\^0\.00_0\.00_/);
});

it("[ARC-9] a receipt says what the device said: the transaction with its code, that it failed and why, or that it is still waited for", async () => {
  const at = (seq: number) => tseOfTicket(hub, { register: register.code, chain: "T", seq, kind: "sale" });
  expect(await at(1)).toEqual({ state: "failed", error: "TSE antwortet nicht" });
  const said = await at(3);
  expect(said).toMatchObject({ state: "signed", transaction: 1 });
  const parts = said.state === "signed" ? said.code.split(";") : [];
  expect(parts).toHaveLength(12);
  expect(parts.slice(0, 5)).toEqual(["V0", register.code, "Kassenbeleg-V1", expect.stringMatching(/^Beleg\^/), "1"]);
  expect(await at(99)).toEqual({ state: "waiting" });
});

it("[ARC-6] without a device every ticket says that none is connected", async () => {
  await register.ticket("2026-03-02T11:00:00Z", 400);
  await signTickets(jobContext(hub, new Date()), null, register.id);
  expect((await signed()).at(-1)).toMatchObject({ seq: 4, error: "Keine technische Sicherheitseinrichtung verbunden" });
});

it("[ARC-7] is of a German legal entity only, and of closed shifts", async () => {
  const ctx = { db: hub.db, snapshots: hub.around.snapshots };
  const period = { from: "2026-01-01", until: "2026-12-31" };
  expect(await dsfinvkZip(ctx, { entityId: FRANCE, period, tse: null, softwareVersion: "1.0.0" })).toMatchObject({
    error: { code: "till.not_its_country" },
  });
  expect(await dsfinvkZip(ctx, { entityId: newId<EntityId>(), period, tse: null, softwareVersion: "1.0.0" })).toMatchObject({
    error: { code: "till.entity_unknown" },
  });
  await sql`update places.legal_entity set country = 'DE' where id = ${FRANCE}`.execute(hub.db);
  hub.around.snapshots.invalidate();
  expect(await dsfinvkZip(ctx, { entityId: FRANCE, period, tse: null, softwareVersion: "1.0.0" })).toMatchObject({
    error: { code: "till.nothing_to_archive" },
  });
  await hub.rows(
    `insert into till.drawer_shift (id, drawer_id, business_date, opened_at, closed_at)
     values ($1, $1, '2026-03-02', '2026-03-02T07:00:00Z', '2026-03-02T18:00:00Z')`,
    [register.id],
  );
  await hub.rows(
    `insert into till.shift (id, register_id, drawer_shift_id, entity_id, place_id, business_date, time_zone, currency, opened_at, opened_by_name, float_amount, closed_at, closed_by_name, expected, counted)
     select gen_random_uuid(), id, id, entity_id, place_id, '2026-03-02', 'Europe/Berlin', 'EUR', '2026-03-02T07:00:00Z', 'Jordi', 0, '2026-03-02T18:00:00Z', 'Jordi', 0, 0
       from till.register where id = $1`,
    [register.id],
  );
  const made = await dsfinvkZip(ctx, { entityId: FRANCE, period, tse: createSandboxTse(hub.pool), softwareVersion: "1.0.0" });
  if (!made.ok) throw new Error(made.error.code);
  const parts: Buffer[] = [];
  for await (const part of made.value) parts.push(part as Buffer); // bytes of the ZIP
  const text = Buffer.concat(parts).toString("latin1");
  for (const file of ["index.xml", "transactions.csv", "lines.csv", "cashpointclosing.csv", "LIESMICH.txt"]) expect(text).toContain(file);
});
