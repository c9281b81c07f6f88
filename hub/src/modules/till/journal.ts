import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { businessDate, type Id, type RegisterId, type StaffId } from "@weft/kernel";
import { documentPlace, type DocumentPlace } from "../places/index.ts";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import { numberOf } from "./fiscal/index.ts";
import { leaveUnsigned, ticketFactsOf } from "./journal/unsigned.ts";
import type { KnownRegister } from "./queries/registers.ts";

/** What the hub writes itself: T sales and returns, B bills before payment, C copies, L everything else that must be known, X training [JRN-4]. */
export type Chain = "T" | "B" | "C" | "L" | "X";

export type NewEntry = {
  readonly kind: string;
  /** Of the command that it is about. */
  readonly commandId: string;
  /** By the till's clock. */
  readonly at: Date;
  readonly operatorId: StaffId | null;
  /** The whole document, without personal values [JRN-3]. */
  readonly document: Readonly<Record<string, unknown>>;
};

type JournalEntryId = Id<"journal entry">;

/** Before the first entry of a chain. */
const GENESIS = "0".repeat(64);

/** Where a ticket stands. A register that signs gives it its number with its entry, so until that is here there is none [JRN-9]. */
export type TicketPlace<Own extends Chain = "T"> = {
  readonly chain: Own | "X";
  readonly seq: number | null;
  readonly number: string | null;
};

/** The entry of a ticket with its number, or its document for the register to sign. */
export function writeTicketEntry(ctx: Ctx, register: KnownRegister, entry: NewEntry): Promise<TicketPlace> {
  return writeNumbered(ctx, register, "T", entry, () => ticketFactsOf(entry.document, entry.commandId));
}

/** The entry of a bill before payment with its number, or its document for the register to sign. */
export function writeBillEntry(ctx: Ctx, register: KnownRegister, entry: NewEntry): Promise<TicketPlace<"B">> {
  return writeNumbered(ctx, register, "B", entry, () => entry.document);
}

async function writeNumbered<Own extends "T" | "B">(
  ctx: Ctx,
  register: KnownRegister,
  own: Own,
  entry: NewEntry,
  toSign: () => NewEntry["document"],
): Promise<TicketPlace<Own>> {
  const chain = register.training ? "X" : own;
  if (register.keyId !== null) {
    await leaveUnsigned(ctx, register, { ...entry, document: toSign() });
    return { chain, seq: null, number: null };
  }
  const seq = await writeEntry(ctx, register, chain, (next) => ({
    ...entry,
    document: { ...entry.document, number: numberOf(register.code, chain, next) },
  }));
  return { chain, seq, number: numberOf(register.code, chain, seq) };
}

/** Writes to the log chain, or leaves it to be signed; a training register writes everything to its own chain [JRN-4]. */
export async function writeLog(ctx: Ctx, register: KnownRegister, entry: NewEntry): Promise<void> {
  if (register.keyId !== null) return leaveUnsigned(ctx, register, entry);
  await writeEntry(ctx, register, register.training ? "X" : "L", () => entry);
}

/** Writes to the chain of copies, or leaves it to be signed. */
export async function writeCopy(ctx: Ctx, register: KnownRegister, entry: NewEntry): Promise<void> {
  if (register.keyId !== null) return leaveUnsigned(ctx, register, entry);
  await writeEntry(ctx, register, register.training ? "X" : "C", () => entry);
}

/**
 * Writes the next entry of a register's chain [JRN-1] and answers with its number. The caller holds the register's row, so numbers have no gap
 * and no branch. `build` gets the number, because documents carry it.
 */
async function writeEntry(ctx: Ctx, register: KnownRegister, chain: Chain, build: (seq: number) => NewEntry): Promise<number> {
  const last = await lastEntry(ctx, register.id, chain);
  const seq = (last?.seq ?? 0) + 1;
  const { kind, at, operatorId, document } = build(seq);
  const place = await placeOf(ctx, register);
  const previousHash = last?.bodyHash ?? GENESIS;
  const body = sealed({
    registerId: register.id,
    chain,
    seq,
    previousHash,
    kind,
    at: at.toISOString(),
    operatorId,
    entityId: place.entityId,
    placeId: place.placeId,
    document,
  });
  await ctx.db
    .insertInto("till.fiscal_entry")
    .values({
      register_id: register.id,
      chain,
      seq,
      id: ctx.newId<JournalEntryId>(),
      kind,
      at,
      received_at: ctx.now,
      entity_id: place.entityId,
      place_id: place.placeId,
      channel_id: register.channelId ?? ctx.actor.channelId,
      business_date: businessDate(at, place.timeZone, place.dayEnd),
      time_zone: place.timeZone,
      operator_id: operatorId,
      body: body.text,
      body_hash: body.hash,
      prev_hash: Buffer.from(previousHash, "hex"),
    })
    .execute();
  return seq;
}

/** Canonical JSON (RFC 8785) and its SHA-256. */
export function sealed(body: Readonly<Record<string, unknown>>): { readonly text: string; readonly hash: Buffer } {
  const text = canonicalize(body);
  if (text === undefined) throw new Error("a journal entry is an object of plain values");
  return { text, hash: createHash("sha256").update(text).digest() };
}

async function lastEntry(
  ctx: Pick<Ctx, "db">,
  registerId: RegisterId,
  chain: Chain,
): Promise<{ seq: number; bodyHash: string } | undefined> {
  const row = await ctx.db
    .selectFrom("till.fiscal_entry")
    .select(["seq", "body_hash"])
    .where("register_id", "=", registerId)
    .where("chain", "=", chain)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { seq: row.seq, bodyHash: row.body_hash.toString("hex") };
}

async function placeOf(ctx: Ctx, register: KnownRegister): Promise<DocumentPlace> {
  const place = await documentPlace(ctx, register.placeId);
  if (!place) throw new Error(`place ${register.placeId} of register ${register.id} is unknown`);
  return place;
}

/** What is wrong with an entry: its content, its link to the one before, or its number. */
export type Defect = { readonly chain: Chain; readonly seq: number; readonly defect: "hash" | "chain" | "sequence" };

/** Recomputes every entry that the hub wrote for a register from its content and names each that fails [JRN-5]; it goes on after a failure. */
export async function verifyJournal(ctx: Pick<ReadCtx, "db">, registerId: RegisterId): Promise<Defect[]> {
  const rows = await ctx.db
    .selectFrom("till.fiscal_entry")
    .select(["chain", "seq", "body", "body_hash", "prev_hash"])
    .where("register_id", "=", registerId)
    .where("sig", "is", null)
    .orderBy("chain")
    .orderBy("seq")
    .execute();
  const defects: Defect[] = [];
  let before = { chain: "", seq: 0, hash: GENESIS };
  for (const row of rows) {
    if (row.chain !== before.chain) before = { chain: row.chain, seq: 0, hash: GENESIS };
    const chain = row.chain as Chain; // the column's check
    const body = row.body as Record<string, unknown>; // written by `writeEntry`
    const hash = row.body_hash.toString("hex");
    if (row.seq !== before.seq + 1 || body["seq"] !== row.seq) defects.push({ chain, seq: row.seq, defect: "sequence" });
    if (row.prev_hash?.toString("hex") !== before.hash || body["previousHash"] !== before.hash)
      defects.push({ chain, seq: row.seq, defect: "chain" });
    if (sealed(body).hash.toString("hex") !== hash) defects.push({ chain, seq: row.seq, defect: "hash" });
    before = { chain: row.chain, seq: row.seq, hash };
  }
  return defects;
}
