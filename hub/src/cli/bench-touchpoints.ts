import type pg from "pg";
import { migrationFolders } from "../modules.ts";
import { analyzeFilled, createLog, readConfig, statement } from "../platform/index.ts";
import { migrate } from "../platform/migrations/index.ts";
import { withDatabase } from "./with-database.ts";

const CHUNK = 200_000;
/** Over so long a time they are spread, evenly: most partitions that a shop in its second year has. */
const MONTHS = 22;

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
    await pool.query(
      "create unlogged table public.bench_record as select row_number() over (order by id) - 1 as n, id, channel_id from customers.source_record",
    );
    await pool.query("create index on public.bench_record (n)");
    for (let from = 0; from < count; from += CHUNK) {
      await writeChunk(pool, from, Math.min(CHUNK, count - from), count);
      if (from > 0 && from % (5 * CHUNK) === 0) process.stdout.write(`  ${from.toLocaleString("en")} touchpoints\n`);
    }
    await pool.query("drop table public.bench_record");
    await analyzeFilled(pool, { vacuum: true });
  });
}

/** The n-th touchpoint is of a customer who is drawn by a fixed multiplication, so that the same count makes the same touchpoints but for their ids. */
async function writeChunk(pool: pg.Pool, from: number, size: number, count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin; set local statement_timeout = 0; set local synchronous_commit = off");
    await statement(
      client,
      `with made as (
         select uuidv7() as id, 'bench-' || n as message_id, n,
                date_trunc('second', now()) - make_interval(months => ${MONTHS}) + (n::float8 / $3) * (now() - (now() - make_interval(months => ${MONTHS}))) as at,
                (n * 7919) % (select count(*) from public.bench_record) as who
           from generate_series($1::bigint, $1::bigint + $2::bigint - 1) as n
       ), whose as (
         select made.*, r.id as record_id, r.channel_id from made join public.bench_record r on r.n = made.who
       ), keys as (
         insert into touchpoints.message_key (message_key, record_id, occurred_at, id)
         select (lpad(to_hex(floor(extract(epoch from at) / 3600)::bigint), 8, '0') || left(md5(channel_id || E'\\n' || message_id), 24))::uuid, record_id, at, id
           from whose order by 1
       )
       insert into touchpoints.touchpoint (record_id, occurred_at, id, channel_id, message_id, kind, name, received_at, sent_at, original_at, fingerprint, payload, customer_id_then)
       select record_id, at, id, channel_id, message_id, 'track', 'Product Viewed', at, at, at, hashtext(message_id),
              jsonb_build_object('properties', jsonb_build_object('sku', 'SKU-' || n % 1000, 'price', n % 4900, 'position', n % 20),
                                 'context', jsonb_build_object('library', jsonb_build_object('name', 'bench', 'version', '1'), 'locale', 'fr')), record_id
         from whose order by at`,
      [from, size, count],
    );
    await client.query("commit");
  } finally {
    client.release();
  }
}

await main();
