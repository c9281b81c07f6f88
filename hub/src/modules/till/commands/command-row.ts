import { createHash } from "node:crypto";
import type { TillCommandAnswerView } from "@weft/contracts";
import canonicalize from "canonicalize";
import { isId, type CodedError, type RegisterId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { CURRENT_SCHEMA, type AnyCommand } from "../domain/index.ts";
import type { TillError } from "../errors.ts";
import { lockRegister, type KnownRegister } from "../queries/registers.ts";
import type { Done, TillDeps } from "./context.ts";

export type Answer = TillCommandAnswerView;
export type ProblemTable = Readonly<Record<string, { readonly status: number; readonly title: string }>>;
/** What every command must say of itself to be put in its place. */
export type Head = { readonly id: string; readonly seq: number; readonly raw: AnyCommand; readonly hash: Buffer };

const NO_ID = "00000000-0000-0000-0000-000000000000";
const MOST_SEQ = 2_147_483_647; // the column is an integer

export function headOf(raw: AnyCommand): Head | undefined {
  const { id, seq } = raw;
  if (typeof id !== "string" || !isId(id) || typeof seq !== "number" || !Number.isSafeInteger(seq)) return undefined;
  if (seq < 1 || seq > MOST_SEQ) return undefined;
  return {
    id,
    seq,
    raw,
    hash: createHash("sha256")
      .update(canonicalize(raw) ?? "")
      .digest(),
  };
}

export const idOf = (raw: AnyCommand): string => (typeof raw["id"] === "string" && isId(raw["id"]) ? raw["id"] : NO_ID);

export type PlaceInRow =
  | { readonly kind: "next"; readonly register: KnownRegister }
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly error: TillError; readonly register?: KnownRegister };

/** Where a command stands in its register's row: known, next, or out of turn [TIL-2]. The register is locked from here on. */
export async function placeInRow(ctx: Ctx, registerId: RegisterId, head: Head): Promise<PlaceInRow> {
  const register = await lockRegister(ctx, registerId);
  if (!register) return { kind: "refused", error: { code: "till.register_unknown" } };
  const known = await ctx.db
    .selectFrom("till.command")
    .select(["body_hash", "answer", "register_id"])
    .where("command_id", "=", head.id)
    .executeTakeFirst();
  if (known) {
    const isSame = known.register_id === registerId && known.body_hash.equals(head.hash);
    // The answer was written by `storeCommand`.
    return isSame
      ? { kind: "answered", answer: known.answer as unknown as Answer }
      : { kind: "refused", error: { code: "till.command_conflict" }, register };
  }
  const expectedSeq = register.lastSeq + 1;
  if (head.seq === expectedSeq) return { kind: "next", register };
  return { kind: "refused", error: { code: "till.out_of_order", expectedSeq }, register };
}

/** Keeps the answer with its command, and moves the register on. */
export async function storeCommand(
  ctx: Ctx,
  registerId: RegisterId,
  { raw, id, seq, hash }: Head,
  answer: Answer,
  unsent: number,
): Promise<void> {
  const { at, staffId, schema, kind } = raw;
  await ctx.db
    .insertInto("till.command")
    .values({
      command_id: id,
      register_id: registerId,
      seq,
      schema: typeof schema === "number" && Math.abs(schema) < MOST_SEQ ? Math.trunc(schema) : CURRENT_SCHEMA,
      kind: typeof kind === "string" ? kind.slice(0, 60) : "",
      at: typeof at === "string" && !Number.isNaN(Date.parse(at)) ? new Date(at) : null,
      received_at: ctx.now,
      staff_id: typeof staffId === "string" && isId(staffId) ? staffId : null,
      body_hash: hash,
      outcome: answer.outcome,
      answer: JSON.stringify(answer),
    })
    .execute();
  await ctx.db.updateTable("till.register").set({ last_seq: seq, last_seen_at: ctx.now, unsent }).where("id", "=", registerId).execute();
}

/** Never dropped, never in the way: the command is kept with its reason, and the next one may come. */
export async function putInQuarantine(
  ctx: Ctx,
  deps: TillDeps,
  head: Pick<Head, "id" | "seq" | "raw">,
  because: { readonly reason: string; readonly detail: string },
  problems: ProblemTable,
): Promise<Answer> {
  const { device, channelId } = ctx.actor;
  const context = { registerId: device?.registerId ?? null, deviceId: device?.id ?? null, commandId: head.id };
  await deps.quarantine(ctx, { kind: "till.command", channelId, ...because, raw: JSON.stringify(head.raw), context });
  const error: TillError = { code: "till.command_unreadable", reason: because.detail };
  return { ...refused(head, error, problems), outcome: "quarantined" };
}

export function answered({ id, seq }: Pick<Head, "id" | "seq">, done: Done): Answer {
  const { orderId = null, receiptNumber = null, shift = null, practiced, sold } = done;
  const kept = { ...(practiced && { practiced }), ...(sold && { sold }) };
  return { id, seq, outcome: "done", problem: null, orderId, receiptNumber, shift, ...kept };
}

export function refused({ id, seq }: Pick<Head, "id" | "seq">, error: CodedError, problems: ProblemTable): Answer {
  const row = problems[error.code] ?? { status: 409, title: error.code };
  const problem = { type: "about:blank", ...row, ...error };
  return { id, seq, outcome: "refused", problem, orderId: null, receiptNumber: null, shift: null };
}
