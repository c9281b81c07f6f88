import type pg from "pg";
import { foldText, hashOf, normalizeEmail, normalizePhone } from "./modules/customers/index.ts";

/** A column that still holds a value of an erased person. */
export type Remnant = { readonly column: string; readonly rows: number };

/** Countries whose way to write phone numbers is tried on values without a prefix. */
const PHONE_COUNTRIES = ["FR", "DE", "ES", "GB"];

/** The forms in which the hub may hold a value: as given, folded, normalized, its digits, and the hash it is compared by. */
export function formsOf(value: string): { readonly texts: string[]; readonly bytes: Buffer[] } {
  const email = normalizeEmail(value);
  const phones = PHONE_COUNTRIES.flatMap((country) => normalizePhone(value, country) ?? []);
  const digits = value.replaceAll(/\D/g, "");
  const texts = [
    value.trim().toLowerCase(),
    foldText(value.trim()),
    ...(email ? [email] : []),
    ...phones,
    ...(digits.length >= 7 ? [digits] : []),
  ];
  const hashes = [
    ...(email ? [hashOf("email", email)] : []),
    ...phones.map((phone) => hashOf("phone", phone)),
    hashOf("card", value.trim()),
  ];
  return { texts: [...new Set(texts)].filter(Boolean), bytes: [...texts.map((text) => Buffer.from(text)), ...hashes] };
}

/** Searches every text, json and bytea column of every schema for these values in all their forms [IDN-15]. */
export async function findRemnants(pool: pg.Pool, values: readonly string[]): Promise<Remnant[]> {
  const forms = values.map(formsOf);
  const texts = forms.flatMap((form) => form.texts);
  const bytes = forms.flatMap((form) => form.bytes);
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0"); // a whole table is read, however large
    const found: Remnant[] = [];
    for (const table of await searchedTables(client)) found.push(...(await searchTable(client, table, texts, bytes)));
    return found;
  } finally {
    client.release(true); // with its setting
  }
}

type Table = { readonly name: string; readonly texts: readonly string[]; readonly bytes: readonly string[] };

async function searchedTables(client: pg.PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select format('%I.%I', n.nspname, c.relname) as name,
           coalesce(array_agg(format('%I', a.attname) order by a.attnum) filter (where t.typname <> 'bytea'), '{}') as texts,
           coalesce(array_agg(format('%I', a.attname) order by a.attnum) filter (where t.typname = 'bytea'), '{}') as bytes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
       and (t.typname in ('text', 'varchar', 'bpchar', 'citext', 'name', 'json', 'jsonb', 'bytea', '_text', '_varchar', 'tsvector'))
     group by 1 order by 1`);
  return rows;
}

async function searchTable(
  client: pg.PoolClient,
  { name, texts: textColumns, bytes: byteColumns }: Table,
  texts: string[],
  bytes: Buffer[],
): Promise<Remnant[]> {
  const inText = (column: string) =>
    `count(*) filter (where exists (select from unnest($1::text[]) f where strpos(lower(${column}::text), f) > 0))`;
  const inBytes = (column: string) =>
    `count(*) filter (where exists (select from unnest($2::bytea[]) f where position(f in ${column}) > 0))`;
  const counts = [...textColumns.map(inText), ...byteColumns.map(inBytes)];
  // Both lists are named in every statement, so that it has the same two parameters whatever columns a table has.
  const { rows } = await client.query<{ counts: number[] }>({
    text: `select array[${counts.join(", ")}]::int[] as counts from ${name} where $1::text[] is not null and $2::bytea[] is not null`,
    values: [texts, bytes],
  });
  return [...textColumns, ...byteColumns].flatMap((column, n) => {
    const count = rows[0]?.counts[n] ?? 0;
    return count > 0 ? [{ column: `${name}.${column}`, rows: count }] : [];
  });
}
