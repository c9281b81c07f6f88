import type pg from "pg";
import { migrationFolders } from "../modules.ts";
import { analyzeFilled, createLog, readConfig } from "../platform/index.ts";
import { migrate } from "../platform/migrations/index.ts";
import { whileLoading, withoutIndexes } from "./bench-load.ts";
import { withDatabase } from "./with-database.ts";

const CHUNK = 1_000_000;
/** Over so long a time they are spread, evenly: most partitions that a shop in its second year has. */
const MONTHS = 22;
const FREQUENT = 100;

/**
 * `node hub/src/cli/bench-touchpoints.ts count=8000000`: writes touchpoints of the customers of a bench data set into the database of
 * `WEFT_HOME`, with their message keys, as intake would have left them. In order of time, as they would have come.
 */
async function main(): Promise<void> {
  const [, given] = process.argv[2]?.split("=") ?? [];
  const count = Number(given);
  const log = createLog("warn");
  await withDatabase(readConfig({ ...process.env, WEFT_DEMO: "0" }, []), log, async (pool) => {
    await migrate(pool, migrationFolders(), log);
    await whileLoading(pool, (client) => load(client, count));
    await analyzeFilled(pool, { vacuum: true });
  });
}

async function load(client: pg.Client, count: number): Promise<void> {
  const { rowCount } = await client.query(
    `create temp table whose as select row_number() over (order by r.id) - 1 as n, r.id, r.channel_id, coalesce(c.customer_id, r.id) as customer_id
       from customers.source_record r left join customers.record_customer c on c.record_id = r.id`,
  );
  await client.query("analyze whose");
  await withoutIndexes(client, ["touchpoints.touchpoint", "touchpoints.message_key"], async () => {
    for (let from = 0; from < count; from += CHUNK) {
      await writeChunk(client, { from, size: Math.min(CHUNK, count - from), count, records: rowCount ?? 0 });
      process.stdout.write(`  ${(from + CHUNK).toLocaleString("en")} touchpoints\n`);
    }
  });
}

type Chunk = { readonly from: number; readonly size: number; readonly count: number; readonly records: number };

/**
 * The n-th touchpoint is of a customer who is drawn by a fixed multiplication, and every fiftieth of one of the first hundred, who come all
 * the time; so the same count makes the same touchpoints but for their ids.
 */
async function writeChunk(client: pg.Client, { from, size, count, records }: Chunk): Promise<void> {
  await client.query(
    `with made as materialized (
       select uuidv7() as id, 'bench-' || n as message_id, n,
              date_trunc('second', now()) - make_interval(months => ${MONTHS}) + (n::float8 / $3) * (now() - (now() - make_interval(months => ${MONTHS}))) as at,
              case when n % 50 = 0 then n / 50 % least($4::bigint, ${FREQUENT}) else n * 7919 % $4::bigint end as who
         from generate_series($1::bigint, $1::bigint + $2::bigint - 1) as n
     ), theirs as materialized (
       select made.*, w.id as record_id, w.channel_id, w.customer_id from made join whose w on w.n = made.who
     ), keys as (
       insert into touchpoints.message_key (message_key, record_id, occurred_at, id)
       select (lpad(to_hex(floor(extract(epoch from at) / 3600)::bigint), 8, '0') || left(md5(channel_id || E'\\n' || message_id), 24))::uuid, record_id, at, id
         from theirs
     )
     insert into touchpoints.touchpoint (record_id, occurred_at, id, channel_id, message_id, kind, name, received_at, sent_at, original_at, fingerprint, payload, customer_id_then)
     select record_id, at, id, channel_id, message_id, 'track', 'Product Viewed', at, at, at, hashtext(message_id),
            format('{"properties": {"sku": "SKU-%s", "price": %s, "position": %s}, "context": {"library": {"name": "bench", "version": "1"}, "locale": "fr"}}',
                   n % 1000, n % 4900, n % 20)::jsonb, customer_id
       from theirs`,
    [from, size, count, records],
  );
}

await main();
