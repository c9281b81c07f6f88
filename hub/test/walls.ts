import type { ClientBase, Pool } from "pg";
import { MODULES } from "../src/modules.ts";

/** A rule that the schemas keep, and what breaks it, one line each. */
export type Breach = { readonly rule: string; readonly what: string };

/** The distribution column of what grows without end, so that the table can be spread over machines later. */
const DISTRIBUTED: Readonly<Record<string, string>> = {
  "touchpoints.touchpoint": "record_id",
  "touchpoints.message_key": "message_key",
  "messages.outbound": "record_id",
  "insights.seam": "to_record_id",
};

/** Tables that can be rebuilt from facts and `customers.record_customer`, and so may name the computed customer. */
const DERIVED: ReadonlySet<string> = new Set([]);

const LEVELS = new Map<string, number>([["platform", -1], ...MODULES.map(({ name, level }): [string, number] => [name, level])]);
const SCHEMAS = [...LEVELS.keys()];

/** Everything in the database that goes through a wall between modules, or around a rule about facts and growing tables. */
export async function findBreaches(db: Pool | ClientBase): Promise<Breach[]> {
  const found: Breach[] = [];
  for (const rule of [foreignKeys, functions, views, growingTables, computedCustomers, homelessTables]) found.push(...(await rule(db)));
  return found;
}

async function foreignKeys(db: Pool | ClientBase): Promise<Breach[]> {
  const { rows } = await db.query<{ what: string }>(
    `select conrelid::regclass || ' references ' || confrelid::regclass as what
       from pg_constraint k join pg_class a on a.oid = conrelid join pg_class b on b.oid = confrelid
      where contype = 'f' and a.relnamespace <> b.relnamespace`,
  );
  return rows.map(({ what }) => ({ rule: "a foreign key stays inside its schema", what }));
}

/** A function uses its own schema, and of lower modules what they publish: functions and `read_` views. None notifies: that is the sequencer's. */
async function functions(db: Pool | ClientBase): Promise<Breach[]> {
  const { rows } = await db.query<{ schema: string; name: string; source: string }>(
    `select n.nspname as schema, p.proname as name, pg_get_functiondef(p.oid) as source
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any($1) and p.prokind in ('f', 'p')`,
    [SCHEMAS],
  );
  const names = new Set(rows.map((row) => `${row.schema}.${row.name}`));
  return rows.flatMap(({ schema, name, source }) => {
    const code = withoutWords(source);
    const foreign = referencesIn(code).filter(
      (used) => schemaOf(used) !== schema && !(isLower(schemaOf(used), schema) && (names.has(used) || isPublished(used))),
    );
    return [
      ...foreign.map((reference) => ({
        rule: "a function uses its own schema, and lower modules' functions and read_ views",
        what: `${schema}.${name} uses ${reference}`,
      })),
      ...(/\bnotify\b|pg_notify/i.test(code) ? [{ rule: "no transaction of a command notifies", what: `${schema}.${name}` }] : []),
    ];
  });
}

/** Without comments, and without texts of one word: names of errors and events look like tables. Longer texts may be SQL to be executed. */
function withoutWords(source: string): string {
  return source.replaceAll(/--[^\n]*|\/\*.*?\*\/|'[^'\s]*'/gs, "");
}

/** `schema.name`, for the schemas of our modules, wherever it stands in the code. */
function referencesIn(code: string): string[] {
  const pattern = new RegExp(`(?<![\\w.])(?:${SCHEMAS.join("|")})\\.[a-z_][a-z0-9_]*`, "g");
  return [...new Set(code.match(pattern) ?? [])];
}

function schemaOf(reference: string): string {
  return reference.slice(0, reference.indexOf("."));
}

function isPublished(relation: string): boolean {
  return relation.includes(".read_");
}

function isLower(schema: string, than: string): boolean {
  return (LEVELS.get(schema) ?? Infinity) < (LEVELS.get(than) ?? -Infinity);
}

/** A view reads its own tables, and of lower modules what they publish as `read_…`. */
async function views(db: Pool | ClientBase): Promise<Breach[]> {
  const { rows } = await db.query<{ view: string; source: string }>(
    `select distinct v.oid::regclass::text as view, t.oid::regclass::text as source
       from pg_class v join pg_rewrite r on r.ev_class = v.oid join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
       join pg_class t on d.refclassid = 'pg_class'::regclass and t.oid = d.refobjid join pg_namespace n on n.oid = v.relnamespace
      where v.relkind in ('v', 'm') and v.oid <> t.oid and v.relnamespace <> t.relnamespace and n.nspname = any($1)`,
    [SCHEMAS],
  );
  return rows
    .filter(({ view, source }) => !(isLower(schemaOf(source), schemaOf(view)) && isPublished(source)))
    .map(({ view, source }) => ({ rule: "a view reads its own schema and lower modules' read_ views", what: `${view} reads ${source}` }));
}

async function growingTables(db: Pool | ClientBase): Promise<Breach[]> {
  const { rows } = await db.query<{ relation: string; index: string; columns: string[] }>(
    `select i.indrelid::regclass::text as relation, i.indexrelid::regclass::text as index, array_agg(a.attname::text) as columns
       from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
      where i.indisunique and i.indrelid::regclass::text = any($1) group by 1, 2`,
    [Object.keys(DISTRIBUTED)],
  );
  const indexes = rows
    .filter(({ relation, columns }) => !columns.includes(DISTRIBUTED[relation] ?? ""))
    .map(({ relation, index }) => ({
      rule: "a unique index of a growing table holds its distribution column",
      what: `${index} of ${relation}`,
    }));
  const { rows: keys } = await db.query<{ what: string }>(
    `select conrelid::regclass || ' and ' || confrelid::regclass as what from pg_constraint
      where contype = 'f' and (conrelid::regclass::text = any($1) or confrelid::regclass::text = any($1)) and conparentid = 0
      union all select tgrelid::regclass || ', trigger ' || tgname from pg_trigger where not tgisinternal and tgrelid::regclass::text = any($1)`,
    [Object.keys(DISTRIBUTED)],
  );
  return [...indexes, ...keys.map(({ what }) => ({ rule: "a growing table has no foreign key and no trigger", what }))];
}

/** Facts hold the source record: who the customer is, is computed and may change [design rule 13]. */
async function computedCustomers(db: Pool | ClientBase): Promise<Breach[]> {
  const { rows } = await db.query<{ relation: string }>(
    `select a.attrelid::regclass::text as relation from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1) and n.nspname <> 'customers' and a.attname = 'customer_id'`,
    [SCHEMAS],
  );
  return rows
    .filter(({ relation }) => !DERIVED.has(relation))
    .map(({ relation }) => ({ rule: "a fact names the record, never the customer", what: relation }));
}

async function homelessTables(db: Pool | ClientBase): Promise<Breach[]> {
  const { rows } = await db.query<{ what: string }>(
    `select c.oid::regclass::text as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname <> all($1) and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'graphile_worker')
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`,
    [SCHEMAS],
  );
  return rows.map(({ what }) => ({ rule: "every table belongs to a module", what }));
}
