import { addDays, err, ok, type BusinessDate, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx, Signer } from "../../../platform/index.ts";
import type { TillError } from "../errors.ts";
import { entryLeaf, inclusionProof, merkleRoot, registerLeaf, type Chain, type InclusionProof } from "../fiscal/index.ts";

type Heads = { readonly [chain: string]: { readonly seq: number; readonly mark: string } };
type RegisterRow = { registerId: RegisterId; since: Heads; heads: Heads; entries: string };

/** What is signed of a day. */
const sealedText = (day: BusinessDate, root: string): Buffer => Buffer.from(`weft journal ${day} ${root}`);

/**
 * Makes the root of a day over what every register wrote since the day before, and signs it with the hub's key [JRN-12]: what stood in a journal
 * then can be proven to whoever kept the root. A till that was offline is in the root of the day on which it came back. Made once per day.
 */
export async function makeRoot(ctx: Ctx, signer: Signer, day: BusinessDate): Promise<void> {
  // Two hubs at once, or a day that is done: one row per day.
  await sql`select pg_advisory_xact_lock(hashtextextended('till.journal root', 0))`.execute(ctx.db);
  const { rows: made } = await sql`select from till.fiscal_root where day >= ${day}`.execute(ctx.db);
  if (made.length > 0) return;
  const registers: RegisterRow[] = [];
  for (const { registerId, since, heads } of await movedRegisters(ctx)) {
    const entries = await merkleRoot((await leavesBetween(ctx, registerId, since, heads)).map(({ leaf }) => leaf));
    registers.push({ registerId, since, heads, entries });
  }
  const root = await merkleRoot(registers.map(leafOf));
  const { keyId, signature } = await signer.seal(sealedText(day, root));
  await sql`
    insert into till.fiscal_root (day, root, key_id, signature, made_at) values (${day}, ${root}, ${keyId}, ${signature}, ${ctx.now})`.execute(
    ctx.db,
  );
  for (const { registerId, since, heads, entries } of registers)
    await sql`
      insert into till.fiscal_root_register (day, register_id, since, heads, entries)
      values (${day}, ${registerId}, ${JSON.stringify(since)}::jsonb, ${JSON.stringify(heads)}::jsonb, ${entries})`.execute(ctx.db);
}

/** Yesterday's, for the job that runs after midnight everywhere. */
export const dayBefore = (now: Date): BusinessDate => addDays(now.toISOString().slice(0, 10), -1);

export type EntryProof = {
  readonly day: BusinessDate;
  readonly entry: { readonly leaf: string; readonly steps: InclusionProof; readonly root: string };
  readonly register: { readonly leaf: string; readonly steps: InclusionProof; readonly root: string };
  readonly signature: string;
  readonly keyId: string;
  readonly madeAt: Date;
};

type RootRow = { day: BusinessDate; root: string; key_id: string; signature: Buffer; made_at: Date };

/** What proves that an entry is under the root of its day. Errors: `till.no_proof` for one that no day holds yet, or that is not there. */
export async function proofOf(
  ctx: Pick<ReadCtx, "db">,
  registerId: RegisterId,
  chain: Chain,
  seq: number,
): Promise<Result<EntryProof, TillError>> {
  const { rows } = await sql<RootRow>`
    select d.day::text, d.root, d.key_id, d.signature, d.made_at from till.fiscal_root_register r join till.fiscal_root d on d.day = r.day
    where r.register_id = ${registerId} and (r.heads -> ${chain} ->> 'seq')::bigint >= ${seq}
      and coalesce((r.since -> ${chain} ->> 'seq')::bigint, 0) < ${seq}`.execute(ctx.db);
  const [day] = rows;
  if (!day) return err({ code: "till.no_proof" });
  const registers = await registersOf(ctx, day.day);
  const at = registers.findIndex((register) => register.registerId === registerId);
  const register = registers[at];
  if (!register) return err({ code: "till.no_proof" });
  const entries = await leavesBetween(ctx, registerId, register.since, register.heads);
  const place = entries.findIndex((entry) => entry.chain === chain && entry.seq === seq);
  const steps = await inclusionProof(
    entries.map(({ leaf }) => leaf),
    place,
  );
  const above = await inclusionProof(registers.map(leafOf), at);
  const leaf = entries[place]?.leaf;
  if (!steps || !above || leaf === undefined) return err({ code: "till.no_proof" });
  return ok({
    day: day.day,
    entry: { leaf, steps, root: register.entries },
    register: { leaf: leafOf(register), steps: above, root: day.root },
    signature: day.signature.toString("base64url"),
    keyId: day.key_id,
    madeAt: day.made_at,
  });
}

/** Where a register stood at the end of a day, with the path up to the root that the hub signed. */
export type RootOfDay = {
  readonly day: BusinessDate;
  readonly registerId: string;
  readonly heads: Heads;
  readonly entries: string;
  readonly steps: InclusionProof;
  readonly root: string;
  readonly keyId: string;
  readonly signature: string;
};

export async function registerProof(ctx: Pick<ReadCtx, "db">, day: BusinessDate, registerId: string): Promise<RootOfDay | undefined> {
  const { rows } = await sql<Omit<RootRow, "made_at">>`
    select day::text, root, key_id, signature from till.fiscal_root where day = ${day}`.execute(ctx.db);
  const registers = await registersOf(ctx, day);
  const at = registers.findIndex((register) => register.registerId === registerId);
  const [[made], register] = [rows, registers[at]];
  const steps = await inclusionProof(registers.map(leafOf), at);
  if (!made || !register || !steps) return undefined;
  const { heads, entries } = register;
  return { day, registerId, heads, entries, steps, root: made.root, keyId: made.key_id, signature: made.signature.toString("base64url") };
}

const leafOf = ({ registerId, heads, entries }: RegisterRow): string => registerLeaf({ registerId, entries, heads });

async function registersOf(ctx: Pick<ReadCtx, "db">, day: BusinessDate): Promise<RegisterRow[]> {
  const { rows } = await sql<RegisterRow>`
    select register_id as "registerId", since, heads, entries from till.fiscal_root_register where day = ${day} order by register_id::text`.execute(
    ctx.db,
  );
  return rows;
}

/** Registers that wrote something since they were in a root last: per chain where they stood then, and where they stand. */
async function movedRegisters(ctx: Ctx): Promise<Omit<RegisterRow, "entries">[]> {
  const { rows } = await sql<Omit<RegisterRow, "entries">>`
    with head as (
      select r.id as register_id, (
        select jsonb_object_agg(c.chain, jsonb_build_object('seq', e.seq, 'mark', coalesce(e.sig, encode(e.body_hash, 'hex'))))
        from unnest('{T,P,I,B,G,L,A,C,X}'::text[]) as c (chain)
        cross join lateral (select f.seq, f.sig, f.body_hash from till.fiscal_entry f
                             where f.register_id = r.id and f.chain = c.chain order by f.seq desc limit 1) e) as heads
      from till.register r)
    select h.register_id as "registerId", coalesce(b.heads, '{}'::jsonb) as since, h.heads
    from head h
    left join lateral (select p.heads from till.fiscal_root_register p where p.register_id = h.register_id order by p.day desc limit 1) b on true
    where h.heads is not null and h.heads is distinct from b.heads
    order by h.register_id::text`.execute(ctx.db);
  return rows;
}

type Leaf = { readonly chain: Chain; readonly seq: number; readonly leaf: string };

/** The entries of a register between two states of its chains, as leaves in their order. */
async function leavesBetween(ctx: Pick<ReadCtx, "db">, registerId: RegisterId, since: Heads, heads: Heads): Promise<Leaf[]> {
  const { rows } = await sql<{ chain: Chain; seq: number; mark: string }>`
    select e.chain, e.seq::integer, coalesce(e.sig, encode(e.body_hash, 'hex')) as mark
    from jsonb_each(${JSON.stringify(heads)}::jsonb) as h
    join till.fiscal_entry e on e.register_id = ${registerId} and e.chain = h.key
     and e.seq > coalesce((${JSON.stringify(since)}::jsonb -> h.key ->> 'seq')::bigint, 0) and e.seq <= (h.value ->> 'seq')::bigint
    order by e.chain collate "C", e.seq`.execute(ctx.db);
  return rows.map(({ chain, seq, mark }) => ({ chain, seq, leaf: entryLeaf({ chain, seq, mark }) }));
}
