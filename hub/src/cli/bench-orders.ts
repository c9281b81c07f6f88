import { asId, newId, ok, type CartId, type DeviceId, type PlaceId, type RegisterId, type Result, type StaffId } from "@weft/kernel";
import type pg from "pg";
import { migrationFolders } from "../modules.ts";
import { openCart, type CartError } from "../modules/carts/index.ts";
import { completeSale, saleActorOf, type CheckoutError } from "../modules/checkout/index.ts";
import { createSandboxProvider } from "../modules/integrations/index.ts";
import {
  analyzeFilled,
  ANONYMOUS,
  createLog,
  createSnapshots,
  inTransaction,
  openVault,
  readConfig,
  type Actor,
  type Log,
} from "../platform/index.ts";
import { migrate } from "../platform/migrations/index.ts";
import { whileLoading, withoutIndexes } from "./bench-load.ts";
import { withDatabase } from "./with-database.ts";

/** Sold by the real commands; every other order is a copy of one of these. */
const SOLD = 500;
const COPIES_AT_ONCE = 20;
/** So long a time all orders are spread over, so that indexes by time and by id stand as they would in a shop's second year. */
const DAYS = 500;

/** What a sale writes of its own: a copy has other ids in all of it. */
const TABLES = [
  "carts.cart",
  "carts.cart_line",
  "carts.cart_holder",
  "carts.cart_operation",
  "orders.orders",
  "orders.order_line",
  "orders.contribution",
  "payments.tender",
  "fulfillment.fulfillment",
  "fulfillment.fulfillment_line",
  "fulfillment.step",
] as const;

/**
 * `node hub/src/cli/bench-orders.ts count=100000`: writes orders with their carts, tenders, fulfillments and stock movements into the database of
 * a bench data set: some hundred are sold at tills by the real commands, the others are copies of those with ids and times of their own.
 */
async function main(): Promise<void> {
  const count = Number(process.argv[2]?.split("=")[1]);
  const log = createLog("warn");
  await withDatabase(readConfig({ ...process.env, WEFT_DEMO: "0" }, []), log, async (pool) => {
    await migrate(pool, migrationFolders(), log);
    await sellSome(pool, log);
    await whileLoading(pool, (client) => copyAll(client, Math.max(0, Math.ceil(count / SOLD) - 1)));
    await analyzeFilled(pool, { vacuum: true });
  });
}

async function sellSome(pool: pg.Pool, log: Log): Promise<void> {
  const snapshots = createSnapshots({ pool, log });
  const deps = { vault: openVault("bench".padEnd(64)), provider: createSandboxProvider(pool) };
  const places = await pool.query<{ id: PlaceId; channel: NonNullable<Actor["channelId"]> }>(
    "select p.id, c.id as channel from places.place p, channels.channel c where c.kind = 'store' order by p.id",
  );
  const { rows: goods } = await pool.query<{ sku: string }>("select sku from catalog.variant order by sku");
  for (let n = 0; n < SOLD; n++) {
    const at = places.rows[n % places.rows.length];
    if (!at) throw new Error("the data set has no tills");
    const actor = cashierAt(at.id, at.channel);
    const operations = [0, 1, 2].map((line) => {
      const sku = goods[(n * 7 + line * 131) % goods.length]?.sku ?? "";
      return { id: newId(), kind: "add" as const, sku, quantity: 1, options: [] };
    });
    const outcome = await inTransaction(
      { pool, snapshots, log, actor, requestId: "bench-orders" },
      async (ctx): Promise<Result<null, CartError | CheckoutError>> => {
        const opened = await openCart(ctx, { placeId: at.id, fulfillment: "take_away", operations, isTicket: true });
        if (!opened.ok) return opened;
        const seller = saleActorOf(ctx, at.channel);
        if (!seller) throw new Error("a till has a channel");
        const { id, totals } = opened.value.cart;
        const fulfillment = { kind: "take_away" as const, placeId: null, dining: "take_away" as const, dueAt: null };
        const request = {
          cartId: asId<CartId>(id),
          fulfillment,
          tenders: [{ kind: "cash" as const }],
          expectedTotal: totals.total,
          contact: null,
        };
        const sold = await completeSale(ctx, deps, request, { mode: "live", at: ctx.now, actor: seller });
        return sold.ok ? ok(null) : sold;
      },
    );
    if (outcome.kind !== "done" || !outcome.result.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  }
}

function cashierAt(placeId: PlaceId, channelId: NonNullable<Actor["channelId"]>): Actor {
  const staff = {
    id: newId<StaffId>(),
    name: "Bench Cashier",
    roles: ["cashier" as const],
    placeIds: [placeId],
    sessionId: newId<never>(),
  };
  const device = { id: newId<DeviceId>(), kind: "till" as const, placeId, registerId: newId<RegisterId>() };
  return { ...ANONYMOUS, kind: "staff", credential: "bench", channelId, placeId, staff, device };
}

/** An id of an earlier time: the rest of it stays, so that a copy has another one in every place where the first had it. */
const EARLIER = `
  create function pg_temp.earlier(p_id uuid, p_ms bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex((('x' || left(replace(p_id::text, '-', ''), 12))::bit(48)::bigint - p_ms) & 281474976710655), 12, '0')
            || substr(replace(p_id::text, '-', ''), 13))::uuid
  $$`;

async function copyAll(client: pg.Client, copies: number): Promise<void> {
  await client.query(EARLIER);
  const sources = [
    ...TABLES.map((table) => ({ table, where: "true" })),
    { table: "stock.movement", where: "cause_type = 'order'" },
    { table: "customers.source_record", where: "id in (select record_id from carts.cart)" },
    { table: "customers.customer", where: "id in (select record_id from carts.cart)" },
    { table: "customers.record_customer", where: "record_id in (select record_id from carts.cart)" },
    { table: "customers.record_person", where: "record_id in (select record_id from carts.cart)" },
  ];
  for (const { table, where } of sources) await client.query(`create temp table ${tempOf(table)} as select * from ${table} where ${where}`);
  const statements: string[] = [];
  for (const { table } of sources) statements.push(await copyOf(client, table));
  const step = Math.floor((DAYS * 86_400_000) / Math.max(1, copies));
  await withoutIndexes(
    client,
    sources.map(({ table }) => table),
    async () => {
      for (let from = 1; from <= copies; from += COPIES_AT_ONCE) {
        const to = Math.min(copies, from + COPIES_AT_ONCE - 1);
        for (const statement of statements) await client.query(statement, [from, to, step]);
        process.stdout.write(`  ${((to + 1) * SOLD).toLocaleString("en")} orders\n`);
      }
    },
  );
  await client.query(`update stock.level l set on_hand = m.units
    from (select variant_id, place_id, sum(quantity)::integer as units from stock.movement group by 1, 2) m
   where m.variant_id = l.variant_id and m.place_id = l.place_id`);
}

const tempOf = (table: string): string => table.replace(".", "_");

type Column = { readonly name: string; readonly type: string; readonly isOwn: boolean; readonly isUnique: boolean };

/** The statement that writes copies `$1` to `$2` of the rows of a table, each `$3` milliseconds earlier than the one before. */
async function copyOf(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
            a.attname ~ '^(id|cart_id|order_id|record_id|customer_id|person_id|line_id|order_line_id|fulfillment_id|operation_id|cause_id|tender_id|intent_id)$' as "isOwn",
            exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique and a.attnum = any (i.indkey)) as "isUnique"
       from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
      order by a.attnum`,
    [table],
  );
  const values = rows.map(({ name, type, isOwn, isUnique }) => {
    const value = `t."${name}"`;
    if (type === "uuid") return isOwn ? `pg_temp.earlier(${value}, k * $3::bigint)` : value;
    if (type === "timestamp with time zone") return `${value} - k * $3::bigint * interval '1 millisecond'`;
    if (type === "date") return `${value} - (k * $3::bigint / 86400000)::integer`;
    if (isUnique && type === "text") return table === "orders.orders" ? "nextval('orders.number')::text" : value;
    if (isUnique && type === "bytea") return `sha256(${value} || k::text::bytea)`;
    return value;
  });
  const names = rows.map(({ name }) => `"${name}"`).join(", ");
  return `insert into ${table} (${names}) select ${values.join(", ")} from ${tempOf(table)} t, generate_series($1::bigint, $2::bigint) as k`;
}

await main();
