import type { CustomerId } from "@weft/kernel";
import { sql } from "kysely";
import { trailing, type Ctx } from "../../../platform/index.ts";
import { isLiving, LIVING } from "../living.ts";

/** What is computed of customers: the field that is shown, from which record and by which rule, and the words of their names. */
export type Profiles = {
  readonly fields: readonly {
    readonly customer: CustomerId;
    readonly field: string;
    readonly value: unknown;
    readonly record: string;
    readonly rule: string;
    readonly at: string;
  }[];
  readonly words: readonly { readonly customer: CustomerId; readonly seen: string; readonly words: readonly string[] }[];
};

/**
 * Writes profiles into the generation that is shown, in place; `touched` are all whose old ones may have to go. Nothing here is waited for:
 * each statement answers nothing, and the next one sees what it wrote.
 */
export async function writeLivingProfiles(ctx: Pick<Ctx, "db">, touched: readonly CustomerId[], profiles: Profiles): Promise<void> {
  await writeFields(ctx, touched, profiles);
  await addToDictionary(ctx, profiles);
  await writeWords(ctx, touched, profiles);
  await writePairs(ctx, touched, profiles);
}

/** The fields as rows of a query. */
export const fieldRows = ({ fields }: Profiles) => sql`
  select * from jsonb_to_recordset(${JSON.stringify(fields)}::jsonb)
    as f (customer uuid, field text, value jsonb, record uuid, rule text, at timestamptz)`;

/** Each word of a customer's names. */
export const wordRows = ({ words }: Profiles) => {
  const single = words.flatMap(({ customer, seen, words: own }) => own.map((word) => ({ word, customer, seen })));
  return sql`select * from jsonb_to_recordset(${JSON.stringify(single)}::jsonb) as w (word text, customer uuid, seen timestamptz)`;
};

/** Each word with each other of the same customer. */
export const pairRows = ({ words }: Profiles) => {
  const pairs = words.flatMap(({ customer, words: own }) =>
    own.flatMap((word) => own.filter((other) => other !== word).map((other) => ({ word, other, customer }))),
  );
  return sql`select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as w (word text, other text, customer uuid)`;
};

/** Words that nobody had yet. */
export async function addToDictionary(ctx: Pick<Ctx, "db">, { words }: Profiles): Promise<void> {
  const all = [...new Set(words.flatMap(({ words: own }) => own))];
  await trailing(
    ctx,
    sql`
    insert into customers.name_word (word) select w from unnest(${all}::text[]) w order by w on conflict do nothing`,
  );
}

// Each statement changes the row that is shown, whichever generation wrote it, and inserts what has none. A switch that is being built hears
// whose profile changed meanwhile, and builds theirs again.
async function writeFields(ctx: Pick<Ctx, "db">, touched: readonly CustomerId[], profiles: Profiles): Promise<void> {
  await trailing(
    ctx,
    sql`
    with wanted as (${fieldRows(profiles)}), gone as (
      delete from customers.profile_field p where p.customer_id = any (${[...touched]}::uuid[]) and ${isLiving("p")}
         and not exists (select from wanted where wanted.customer = p.customer_id and wanted.field = p.field)
    ), changed as (
      update customers.profile_field p set value = wanted.value, from_record = wanted.record, rule = wanted.rule, at = wanted.at from wanted
       where p.customer_id = wanted.customer and p.field = wanted.field and ${isLiving("p")}
         and (p.value, p.from_record, p.rule, p.at) is distinct from (wanted.value, wanted.record, wanted.rule, wanted.at)
    ), heard as (
      insert into customers.level_change_touched (record_id) select unnest(${[...touched].toSorted()}::uuid[])
       where exists (select from customers.level_change where state = 'building') on conflict do nothing
    )
    insert into customers.profile_field as p (customer_id, field, value, from_record, rule, at, generation)
    select customer, field, value, record, rule, at, ${LIVING} from wanted
     where not exists (select from customers.profile_field p where p.customer_id = wanted.customer and p.field = wanted.field and ${isLiving("p")})
     order by customer, field
    on conflict (customer_id, field, generation) do update
       set value = excluded.value, from_record = excluded.from_record, rule = excluded.rule, at = excluded.at`,
  );
}

async function writeWords(ctx: Pick<Ctx, "db">, touched: readonly CustomerId[], profiles: Profiles): Promise<void> {
  await trailing(
    ctx,
    sql`
    with wanted as (${wordRows(profiles)}), gone as (
      delete from customers.name_index n where n.customer_id = any (${[...touched]}::uuid[]) and ${isLiving("n")}
         and not exists (select from wanted where wanted.customer = n.customer_id and wanted.word = n.word)
    ), changed as (
      update customers.name_index n set last_seen = wanted.seen from wanted
       where n.word = wanted.word and n.customer_id = wanted.customer and ${isLiving("n")} and n.last_seen <> wanted.seen
    )
    insert into customers.name_index (word, customer_id, last_seen, generation) select word, customer, seen, ${LIVING} from wanted
     where not exists (select from customers.name_index n where n.word = wanted.word and n.customer_id = wanted.customer and ${isLiving("n")})
    on conflict (word, customer_id, generation) do update set last_seen = excluded.last_seen`,
  );
}

async function writePairs(ctx: Pick<Ctx, "db">, touched: readonly CustomerId[], profiles: Profiles): Promise<void> {
  await trailing(
    ctx,
    sql`
    with wanted as (${pairRows(profiles)}), gone as (
      delete from customers.name_pair n where n.customer_id = any (${[...touched]}::uuid[]) and ${isLiving("n")}
         and not exists (select from wanted where wanted.customer = n.customer_id and wanted.word = n.word and wanted.other = n.other)
    )
    insert into customers.name_pair (word, other, customer_id, generation) select word, other, customer, ${LIVING} from wanted
     where not exists (select from customers.name_pair n
                        where n.word = wanted.word and n.other = wanted.other and n.customer_id = wanted.customer and ${isLiving("n")})
    on conflict do nothing`,
  );
}
