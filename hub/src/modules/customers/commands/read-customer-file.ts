import type { ChannelId, CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { components, type Attributes, type LinkPair } from "../domain/index.ts";
import { cellsOf } from "../domain/matching/index.ts";
import type { RowChunk, Start } from "../matching/match-file.ts";

/** What was read of the customer file: whose the rows are, and what is known of pairs of them. Filled while it is read. */
export type FileRead = {
  readonly ids: RecordId[];
  readonly versions: number[];
  start: Omit<Start, "thresholds">;
};

const PAGE = 5_000;
/** Circles of channels are one byte of a record. */
const MOST_CIRCLES = 255;

type Row = {
  readonly id: RecordId;
  readonly attributes: Attributes;
  readonly version: number;
  readonly channelId: ChannelId;
  readonly circle: string;
  readonly customerId: CustomerId;
};

/**
 * Reads every known record that likeness may join [IDN-24], in pages, without a lock: what changes meanwhile is compared by itself later.
 * Records in one group are one person already, by what was proved or judged; what only likeness joined is looked at anew. Records of
 * people who objected, and of channels in a circle of their own, as of a visitor of the tour, are not read.
 */
export async function* readFile(ctx: Pick<ReadCtx, "db">, file: FileRead, told: (done: number) => Promise<void>): AsyncGenerator<RowChunk> {
  const groups = await groupsWithoutLikeness(ctx);
  const circles = new Map<string, number>();
  const groupNumbers = new Map<string, number>();
  const at = new Map<string, number>();
  for (let after: RecordId | null = null; ;) {
    const rows: readonly Row[] = await readPage(ctx, after);
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    const taken = rows.filter(({ circle }) => numberOf(circles, circle) < MOST_CIRCLES);
    for (const { id, version } of taken) {
      at.set(id, file.ids.push(id) - 1);
      file.versions.push(version);
    }
    yield {
      rows: taken.map(cellsOf),
      circles: taken.map(({ circle }) => numberOf(circles, circle)),
      groups: taken.map(({ id, customerId }) => numberOf(groupNumbers, groups.get(id) ?? customerId)),
    };
    await told(file.ids.length);
  }
  file.start = { apart: await pairsAt(ctx, at, "must_not_link"), joined: await pairsAt(ctx, at, "model") };
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name) ?? numbers.size;
  numbers.set(name, known);
  return known;
}

async function readPage({ db }: Pick<ReadCtx, "db">, after: RecordId | null): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select r.id, r.attributes, r.version, r.channel_id as "channelId", customers.customer_of(r.id) as "customerId",
           case when coalesce(l.level, 'linked') = 'linked' and not customers.lacks_notice(r.id, r.notice_id, r.channel_id) then 'linked' else r.channel_id::text end as circle
      from customers.source_record r left join channels.read_level l on l.channel_id = r.channel_id
     where (${after}::uuid is null or r.id > ${after}::uuid) and r.state = 'known' and l.circle is null
       and not exists (select from customers.objection o where o.record_id in (select customers.person_records_of(r.id)))
     order by r.id limit ${PAGE}`.execute(db);
  return rows;
}

/** Of customers whom likeness joined: for each record the group that the other links make. */
async function groupsWithoutLikeness({ db }: Pick<ReadCtx, "db">): Promise<Map<RecordId, string>> {
  const { rows } = await sql<LinkPair & { isLike: boolean }>`
    with joined as (select distinct customers.customer_of(a_record) as customer from customers.link where kind = 'model' and state = 'active'),
         member as materialized (select r as id from joined, lateral customers.records_of(joined.customer) r)
    select id as a, id as b, true as "isLike" from member
    union all
    select l.a_record, l.b_record, false from customers.link l join member on member.id = l.a_record
     where l.state = 'active' and l.kind not in ('model', 'must_not_link')`.execute(db);
  const records = rows.flatMap(({ a, isLike }) => (isLike ? [a] : []));
  const groups = components(records, rows.filter(({ isLike }) => !isLike)); // prettier-ignore
  return new Map(groups.flatMap((group) => group.map((id) => [id, `group ${group[0]}`] as const)));
}

/** Pairs with a link of a kind, as rows of the file; a pair whose person objected since is not among them. */
async function pairsAt({ db }: Pick<ReadCtx, "db">, at: ReadonlyMap<string, number>, kind: string): Promise<[number, number][]> {
  const { rows } = await sql<LinkPair>`
    select a_record as a, b_record as b from customers.link where kind = ${kind} and state = 'active' order by id`.execute(db);
  return rows.flatMap(({ a, b }): [number, number][] => {
    const [x, y] = [at.get(a), at.get(b)];
    return x === undefined || y === undefined ? [] : [[x, y]];
  });
}
