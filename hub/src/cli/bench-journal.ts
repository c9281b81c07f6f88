import { newId, ok, type EntityId, type PlaceId, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { migrationFolders } from "../modules.ts";
import { upsertEntities, upsertPlaces } from "../modules/places/index.ts";
import { addRegisters } from "../modules/till/commands/registers.ts";
import {
  appendTicket,
  keyIdOf,
  makeKey,
  openBook,
  publicKeyOf,
  signerOf,
  type Act,
  type FiscalEntry,
  type RegisterBook,
  type Signer,
} from "../modules/till/fiscal/index.ts";
import { identityOf } from "../modules/till/journal/identity.ts";
import { keepEntries } from "../modules/till/journal/rows.ts";
import { readRegister, type KnownRegister } from "../modules/till/queries/registers.ts";
import { analyzeFilled, createLog, createSnapshots, dbOn, inTransaction, readConfig, SYSTEM, type Ctx } from "../platform/index.ts";
import { migrate } from "../platform/migrations/index.ts";
import { whileLoading } from "./bench-load.ts";
import { withDatabase } from "./with-database.ts";

/** The legal entity that `npm run archive` is then asked for. */
const ENTITY = "Bench SAS";
const REGISTERS = 10;
/** Entries of one transaction. */
const BATCH = 500;
const CLOSED_ALWAYS = { weekly: [[], [], [], [], [], [], []], exceptions: [] };

/** `node hub/src/cli/bench-journal.ts TICKETS`: registers that signed so many tickets over a year, with their closings, in the database of `WEFT_HOME`. */
async function main(tickets: number): Promise<void> {
  const log = createLog("warn");
  await withDatabase(readConfig(process.env, []), log, async (pool) => {
    await migrate(pool, migrationFolders(), log);
    const around = { pool, log, snapshots: createSnapshots({ pool, log }), actor: SYSTEM, requestId: "bench" };
    const must = async <T>(run: (ctx: Ctx) => Promise<Result<T, unknown>>): Promise<T> => {
      const outcome = await inTransaction(around, run);
      if (outcome.kind !== "done" || !outcome.result.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
      return outcome.result.value;
    };
    const [entityId, placeId] = [newId<EntityId>(), newId<PlaceId>()];
    await must(async (ctx) => {
      await upsertEntities(ctx, [{ id: entityId, name: ENTITY, country: "FR", vatId: null, currency: "EUR", timeZone: "Europe/Paris" }]);
      const address = { line1: "1 rue du Banc", postcode: "69001", city: "Lyon", country: "FR" };
      const place = {
        id: placeId,
        entityId,
        groupId: null,
        kind: "store",
        name: "Bench",
        code: "bench",
        address,
        latitude: 45,
        longitude: 4,
        timeZone: "Europe/Paris",
        dayEnd: 0,
        phone: null,
        hours: CLOSED_ALWAYS,
        services: [],
        settings: {},
      } as const;
      return upsertPlaces(ctx, [place]);
    });
    around.snapshots.invalidate();
    await whileLoading(pool, async () => {
      for (let n = 0; n < REGISTERS; n++) {
        const id = newId<RegisterId>();
        await must((ctx) => addRegisters(ctx, [{ id, placeId, name: `Bench ${n}`, training: false }]));
        const register = await readRegister({ db: dbOn(pool) }, id);
        if (!register) throw new Error("the register was just added");
        await fill(register, Math.ceil(tickets / REGISTERS), { db: dbOn(pool), snapshots: around.snapshots }, must);
      }
    });
    await analyzeFilled(pool);
  });
}

type Must = <T>(run: (ctx: Ctx) => Promise<Result<T, unknown>>) => Promise<T>;

async function fill(register: KnownRegister, tickets: number, ctx: Pick<Ctx, "db" | "snapshots">, must: Must): Promise<void> {
  const pair = await makeKey();
  const publicKey = await publicKeyOf(pair.publicKey);
  const signer = signerOf(await keyIdOf(publicKey), pair.privateKey);
  await must(async ({ db }) => {
    await sql`
      insert into till.register_key (register_id, key_id, public_key, from_journal_seq, lost, enrolled_at)
      values (${register.id}, ${signer.keyId}, ${JSON.stringify(publicKey)}::jsonb, 1, false, now())`.execute(db);
    await sql`update till.register set key_id = ${signer.keyId} where id = ${register.id}`.execute(db);
    return ok(null);
  });
  const begin = Date.parse("2025-01-01T08:00:00Z");
  const act = (n: number): Act => ({
    at: new Date(begin + Math.floor((n / tickets) * 364 * 86_400_000)),
    operator: null,
    softwareVersion: "bench",
  });
  const opened = await openBook(await identityOf(ctx, register), publicKey, act(0), signer);
  let book = opened.book;
  const entries = [...opened.entries];
  for (let n = 0; n < tickets; n++) {
    const next = await ticket(book, n, act(n), signer);
    book = next.book;
    entries.push(...next.entries);
    if (entries.length >= BATCH || n === tickets - 1) {
      const batch = entries.splice(0);
      await must(async (ctx) => ok(await keepEntries(ctx, register, book.register, batch)));
    }
  }
}

/** Two lines in two rates, every fiftieth one comes back. */
function ticket(
  book: RegisterBook,
  n: number,
  act: Act,
  signer: Signer,
): Promise<{ readonly entries: readonly FiscalEntry[]; readonly book: RegisterBook }> {
  const sign = n % 50 === 49 ? -1 : 1;
  const [food, goods] = [sign * (211 + (n % 90)), sign * (1200 + (n % 700))];
  const taxed = (gross: number, percent: number) => {
    const net = Math.round((gross * 100) / (100 + percent));
    return { net, tax: gross - net, gross };
  };
  const total = food + goods;
  const taxes = [
    { rate: "11/200", ...taxed(food, 5.5) },
    { rate: "1/5", ...taxed(goods, 20) },
  ];
  const lines = [
    { sku: "CAP-200", name: "Cappuccino", options: ["Oat milk"], quantity: sign, unit: "piece", discount: 0, total: food, rate: "11/200" },
    { sku: "MUG-01", name: "Mug", options: [], quantity: sign, unit: "piece", discount: 0, total: goods, rate: "1/5" },
  ];
  const tenders = [{ kind: n % 3 === 0 ? "card" : "cash", state: sign < 0 ? "refunded" : "captured", amount: total }];
  const document = {
    currency: "EUR",
    shiftId: book.register.registerId,
    orderNumber: `B${n}`,
    customerReference: newId(),
    lines,
    total,
    taxes,
    tenders,
  };
  return appendTicket(book, { kind: sign < 0 ? "return" : "sale", document }, act, signer);
}

await main(Number(process.argv[2] ?? 1000));
