import { businessDate as dateOf, type EntityId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Signer as HubSigner } from "../../../platform/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { emptyBook } from "../fiscal/book.ts";
import { add, eventDraft, type Draft } from "../fiscal/entry.ts";
import {
  FROM_NOTHING,
  JET,
  type Act,
  type ArchiveDocument,
  type Base,
  type Document,
  type FiscalEntry,
  type Head,
  type JetCode,
  type PublicKey,
  type RegisterBook,
  type RegisterIdentity,
  type Signer,
} from "../fiscal/index.ts";

/** What the hub writes its own journal with: its key, and the version that it is. */
export type HubJournal = { readonly signer: HubSigner; readonly softwareVersion: string };

/** What the hub's own journal calls itself where a register has its code. */
export const HUB_CODE = "HUB";

/**
 * Writes what left the house into the hub's own journal of a legal entity [ARC-5]: an archive on chain A, an export or a reading on chain L.
 * It has the form of a register's journal and is signed by the hub's key, so that archives hold it too and the same verifier reads it.
 */
export async function writeHubEntry(
  ctx: Ctx,
  { signer: hub, softwareVersion }: HubJournal,
  entityId: EntityId,
  drafts: (book: RegisterBook) => readonly Draft[],
): Promise<void> {
  const entity = (await ctx.snapshots.current(placesSnapshot)).entities.get(entityId);
  if (!entity) throw new Error(`legal entity ${entityId} is unknown`);
  // One after the other: two archives of one entity may end together.
  await sql`select pg_advisory_xact_lock(hashtextextended('till.hub_entry ' || ${entityId}, 0))`.execute(ctx.db);
  const register = identityOf(entityId, entity.timeZone);
  const signer = signerOf(hub);
  const act: Act = { at: ctx.now, operator: ctx.actor.staff?.id ?? null, softwareVersion };
  const { base, date, version } = await whereItStands(ctx, entityId);
  const book = { ...emptyBook(register, base, dateOf(ctx.now, register.timeZone, register.dayEnd), signer.keyId, softwareVersion) };
  // A clock that went back joins the day that is there.
  const businessDate = date !== null && date > book.day.key ? date : book.day.key;
  const opening = eventDraft(book, JET.initialization, "journal of the hub opened", {
    register,
    signingKey: { keyId: signer.keyId, publicKey: publicKeyOf(hub), lost: false },
  });
  let appended: { entries: readonly FiscalEntry[]; book: RegisterBook } = { entries: [], book };
  const updated = eventDraft(book, JET.newVersion, `version ${softwareVersion}`, { from: version, to: softwareVersion });
  const first = base.journal.seq === 0 ? [opening] : version === softwareVersion ? [] : [updated];
  for (const draft of [...first, ...drafts(book)]) appended = await add(appended, { ...draft, businessDate }, act, signer);
  for (const entry of appended.entries)
    await sql`
      insert into till.hub_entry (entity_id, journal_seq, chain, seq, business_date, at, entry)
      values (${entityId}, ${entry.journalSeq}, ${entry.chain}, ${entry.seq}, ${entry.businessDate}, ${ctx.now}, ${JSON.stringify(entry)}::jsonb)`.execute(
      ctx.db,
    );
}

/** An event of the hub: an archive that is read, an export that is taken. */
export const hubEvent =
  (code: JetCode, message: string, detail: Document) =>
  (book: RegisterBook): readonly Draft[] => [eventDraft(book, code, message, detail)];

/** That an archive was made [R10]: on chain A, and as an event. */
export const archiveMade =
  (document: ArchiveDocument) =>
  (book: RegisterBook): readonly Draft[] => [
    { chain: "A", type: "archive", body: () => ({ document }) },
    eventDraft(book, JET.archiveMade, `archive ${document.from} to ${document.to}`, { archiveId: document.archiveId }),
  ];

/** The entries of the hub's own journal of a legal entity up to a day. */
export async function hubEntries(
  ctx: Pick<Ctx, "db">,
  entityId: EntityId,
  { from, until }: { readonly from: string; readonly until: string },
): Promise<FiscalEntry[]> {
  const { rows } = await sql<{ entry: FiscalEntry }>`
    select entry from till.hub_entry where entity_id = ${entityId} and business_date between ${from} and ${until} order by journal_seq`.execute(
    ctx.db,
  );
  return rows.map(({ entry }) => entry);
}

/** The last entry of each chain, and of all with the version that wrote it, before a day; without a day, as they are. */
export async function whereItStands(
  ctx: Pick<Ctx, "db">,
  entityId: EntityId,
  before: string | null = null,
): Promise<{ readonly base: Base; readonly date: string | null; readonly version: string | null }> {
  const { rows } = await sql<{ chain: "A" | "L"; seq: number; sig: string; journal_seq: number; date: string; version: string }>`
    select distinct on (chain) chain, seq::float8, entry ->> 'sig' as sig, journal_seq::float8, business_date as date, entry ->> 'softwareVersion' as version
      from till.hub_entry where entity_id = ${entityId} and (${before}::date is null or business_date < ${before}::date)
     order by chain, seq desc`.execute(ctx.db);
  const last = rows.toSorted((a, b) => b.journal_seq - a.journal_seq)[0];
  if (!last) return { base: FROM_NOTHING, date: null, version: null };
  const heads: Partial<Record<"A" | "L", Head>> = Object.fromEntries(rows.map(({ chain, seq, sig }) => [chain, { seq, sig }]));
  return { base: { heads, journal: { seq: last.journal_seq, sig: last.sig } }, date: last.date, version: last.version };
}

/** The hub stands in the journal as a register of the legal entity itself: it is at no place. */
export const identityOf = (entityId: EntityId, timeZone: string): RegisterIdentity => ({
  entityId,
  placeId: entityId,
  registerId: entityId,
  code: HUB_CODE,
  timeZone,
  dayEnd: 0,
  training: false,
});

export function publicKeyOf({ publicKeys: { keys } }: HubSigner): PublicKey {
  const { x, y } = keys[0] ?? {};
  if (x === undefined || y === undefined) throw new Error("the hub has no signing key");
  return { kty: "EC", crv: "P-256", x, y };
}

function signerOf(hub: HubSigner): Signer {
  return { keyId: hub.publicKeys.keys[0]?.kid ?? "", sign: async (bytes) => (await hub.seal(bytes)).signature };
}
