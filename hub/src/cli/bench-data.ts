import { createHash } from "node:crypto";
import {
  newId,
  ok,
  type CategoryId,
  type ChannelId,
  type EntityId,
  type PlaceId,
  type ProductId,
  type RecordId,
  type Result,
  type StaffId,
  type VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import type pg from "pg";
import { migrationFolders } from "../modules.ts";
import { hashPassword, upsertStaff } from "../modules/access/index.ts";
import { saveCategories, upsertProducts } from "../modules/catalog/index.ts";
import { addKeys, upsertChannels } from "../modules/channels/index.ts";
import type { ImportedRecord } from "../modules/customers/index.ts";
import { enroll, setProgram } from "../modules/loyalty/index.ts";
import { upsertEntities, upsertPlaces } from "../modules/places/index.ts";
import {
  createCode,
  savePriceLists,
  setPrices,
  setTaxRates,
  type CodeId,
  type PriceListId,
  type TaxRateId,
} from "../modules/pricing/index.ts";
import { receiveStock } from "../modules/stock/index.ts";
import { migrate } from "../platform/migrations/index.ts";
import {
  analyzeFilled,
  createLog,
  createSnapshots,
  inTransaction,
  openVault,
  readConfig,
  SYSTEM,
  type Ctx,
  type Log,
} from "../platform/index.ts";
import { whileLoading } from "./bench-load.ts";
import { loadPeople, recordsOf, type BenchChannels } from "./bench-people.ts";
import { withDatabase } from "./with-database.ts";

/** Fixed, so that benches need not be told: they open a hub that nobody else can reach. */
const PUBLISHABLE_KEY = "pk_bench_publishable_0000000000";
const SECRET_KEY = "sk_bench_secret_00000000000000000";
const TILL_SECRET_KEY = "sk_bench_till_0000000000000000000";
const OWNER = { email: "owner@bench.example", password: "a password of the bench" };
const CHUNK = 2000;
const MEMBERS = 10_000;
const STOCK_OF_EACH = 1_000_000;
/** Of 50,000 stores it is measured how they are found, not what they have. */
const STOCKED = 1000;

type Size = { readonly products: number; readonly customers: number; readonly places: number };

/**
 * `node hub/src/cli/bench-data.ts products=1000 customers=1000 places=5`: fills the database of `WEFT_HOME` with a retailer of a stated
 * size for measuring. The same arguments make the same retailer, but for its ids.
 */
async function main(): Promise<void> {
  const size: Size = {
    products: 1000,
    customers: 1000,
    places: 5,
    ...Object.fromEntries(process.argv.slice(2).map((argument) => [argument.split("=")[0], Number(argument.split("=")[1])])),
  };
  const log = createLog("warn");
  await withDatabase(readConfig({ ...process.env, WEFT_DEMO: "0" }, []), log, (pool) => fill(pool, log, size));
}

async function fill(pool: pg.Pool, log: Log, size: Size): Promise<void> {
  await migrate(pool, migrationFolders(), log);
  const snapshots = createSnapshots({ pool, log });
  const must = async <T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>): Promise<void> => {
    const outcome = await inTransaction({ pool, snapshots, log, actor: SYSTEM, requestId: "bench-data" }, async (ctx) => {
      // Thousands of records are worked out between two statements and written by one, on a busy machine for longer than a request may take.
      await sql`select set_config('idle_in_transaction_session_timeout', '0', true), set_config('statement_timeout', '0', true)`.execute(
        ctx.db,
      );
      return command(ctx);
    });
    if (outcome.kind !== "done" || !outcome.result.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
    snapshots.invalidate();
  };
  const entityId = newId<EntityId>();
  const places = Array.from({ length: size.places }, () => newId<PlaceId>());
  const [web, till] = [newId<ChannelId>(), newId<ChannelId>()];
  await must(async (ctx) => {
    await upsertEntities(ctx, [{ id: entityId, name: "Bench SAS", country: "FR", vatId: null, currency: "EUR", timeZone: "Europe/Paris" }]);
    const channel = { entityId, placeId: null, vouches: true, allowedOrigins: [] };
    await upsertChannels(ctx, [
      { ...channel, id: web, kind: "web", name: "Bench shop", code: "shop", app: "shop" },
      { ...channel, id: till, kind: "store", name: "Bench tills", code: "tills", app: null },
      { ...channel, id: newId<ChannelId>(), kind: "office", name: "Bench office", code: "office", app: "office" },
    ]);
    await addKeys(ctx, [
      { channelId: web, kind: "publishable", value: PUBLISHABLE_KEY },
      { channelId: web, kind: "secret", value: SECRET_KEY },
      { channelId: till, kind: "secret", value: TILL_SECRET_KEY },
    ]);
    await setProgram(ctx, { programName: "Bench", points: 1, perMinorUnits: 100, currency: "EUR" });
    return ok(null);
  });
  const stores = places.map((id, n) => placeOf(id, entityId, n));
  for (let from = 0; from < stores.length; from += CHUNK) await must((ctx) => upsertPlaces(ctx, stores.slice(from, from + CHUNK)));
  const passwordHash = await hashPassword(OWNER.password);
  const owner = { name: "Bench Owner", email: OWNER.email, roles: ["owner" as const], placeIds: [], pin: null, locale: "en" as const };
  // No PIN is kept, so nothing is sealed.
  await must((ctx) => upsertStaff(ctx, openVault("bench".padEnd(64)), [{ ...owner, id: newId<StaffId>(), passwordHash }]));
  await addGoods(must, size, places);
  await addCustomers(pool, must, size, { web, till });
  await analyzeFilled(pool, { vacuum: true });
}

type Must = <T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>) => Promise<void>;

const always = { weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]), exceptions: [] };

function placeOf(id: PlaceId, entityId: EntityId, n: number) {
  return {
    id,
    entityId,
    groupId: null,
    kind: "store" as const,
    name: `Store ${n}`,
    code: `s${n}`,
    address: { line1: `${n} Bench Street`, postcode: "69002", city: "Lyon", country: "FR" },
    ...positionOf(n),
    timeZone: "Europe/Paris",
    dayEnd: 0,
    phone: null,
    hours: always,
    services: [],
    status: "active" as const,
    settings: {},
  };
}

/** So many stand in a row as neighbors; further ones are scattered evenly over Europe, by the two fractions that repeat least in a plane. */
const IN_A_ROW = 1000;

function positionOf(n: number): { readonly latitude: number; readonly longitude: number } {
  if (n < IN_A_ROW) return { latitude: 45.7 + n / 100, longitude: 4.8 + n / 100 };
  return { latitude: 36 + 24 * ((n * 0.754_877_666_2) % 1), longitude: -9 + 34 * ((n * 0.569_840_290_9) % 1) };
}

const WORDS = ["oat", "cedar", "linen", "amber", "river", "stone", "maple", "north", "cloud", "ember", "velvet", "copper"];

/** A word for a number that repeats like words in a catalog do: the same seed, the same word. */
function word(seed: string): string {
  return WORDS[createHash("md5").update(seed).digest().readUInt8(0) % WORDS.length] ?? "oat";
}

async function addGoods(must: Must, size: Size, places: readonly PlaceId[]): Promise<void> {
  const category = newId<CategoryId>();
  const list = newId<PriceListId>();
  await must(async (ctx) => {
    await saveCategories(ctx, [{ id: category, parentId: null, code: "all", name: { en: "All" }, position: 1, icon: null }]);
    await setTaxRates(ctx, {
      classes: [{ code: "goods", name: "Goods" }],
      rates: [{ id: newId<TaxRateId>(), zone: { kind: "country", country: "FR" }, taxClass: "goods", numerator: 20, denominator: 100 }],
      roundingPolicies: [],
    });
    await savePriceLists(ctx, [{ id: list, name: "All", currency: "EUR", taxIncluded: true, priority: 0, scope: {} }]);
    return createCode(ctx, {
      id: newId<CodeId>(),
      code: "BENCH10",
      benefit: { kind: "percentage", rate: { numerator: 10, denominator: 100 } },
      scope: {},
      combinable: false,
    });
  });
  for (let start = 0; start < size.products; start += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, size.products - start) }, (_, n) => start + n);
    const variants = numbers.map(() => newId<VariantId>());
    await must((ctx) =>
      upsertProducts(
        ctx,
        numbers.map((n, at) => ({
          id: newId<ProductId>(),
          slug: `product-${n}`,
          name: { en: `${word(`a${n}`)} ${word(`b${n}`)} ${n}`, fr: `${word(`c${n}`)} produit ${n}` },
          description: { en: `Number ${n}` },
          categoryId: category,
          pictureUrl: null,
          allergens: [],
          taxClass: "goods",
          prepSeconds: 0,
          unit: "piece" as const,
          isTracked: true,
          isActive: true,
          soldEverywhere: true,
          popularity: size.products - n,
          position: n,
          variants: [{ id: variants[at] ?? newId<VariantId>(), sku: `SKU-${n}`, name: { en: "" }, position: 0, barcodes: [] }],
          optionGroupIds: [],
        })),
      ),
    );
    await must((ctx) =>
      setPrices(
        ctx,
        variants.map((variantId, at) => ({
          listId: list,
          variantId,
          minQuantity: 1,
          unitPrice: {
            amount: 100 + (((numbers[at] ?? 0) * 37) % 4900),
            scale: 0,
            currency: "EUR",
            per: { quantity: 1, unit: "piece" as const },
          },
        })),
      ),
    );
    for (const placeId of places.slice(0, STOCKED))
      await must(async (ctx) =>
        ok(
          await receiveStock(
            ctx,
            variants.map((variantId) => ({ entryId: newId(), variantId, placeId, quantity: STOCK_OF_EACH, safety: 0 })),
            "bench",
          ),
        ),
      );
  }
}

/** In chunks, the first thousands of them members of the loyalty program. */
async function addCustomers(pool: pg.Pool, must: Must, size: Size, channels: BenchChannels): Promise<void> {
  const members: RecordId[] = [];
  let n = 0;
  await whileLoading(pool, (client) =>
    loadPeople(client, () => {
      const from = n;
      const people: ImportedRecord[][] = [];
      for (; n < Math.min(from + CHUNK, size.customers); n++) people.push(recordsOf(n, channels, new Date()));
      if (from < MEMBERS) members.push(...people.flatMap(([account]) => account?.id ?? []));
      if (from > 0 && from % 50_000 === 0) process.stdout.write(`  ${from.toLocaleString("en")} customers\n`);
      return people;
    }),
  );
  await analyzeFilled(pool);
  for (let from = 0; from < members.length; from += CHUNK)
    await must(async (ctx) => ok(await enroll(ctx, members.slice(from, from + CHUNK))));
}

await main();
