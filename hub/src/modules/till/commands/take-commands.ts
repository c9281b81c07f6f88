import { createHash } from "node:crypto";
import { TillCommand, type TillCommandAnswerView } from "@weft/contracts";
import canonicalize from "canonicalize";
import { isId, ok, type CodedError, type RegisterId, type Result } from "@weft/kernel";
import pg from "pg";
import { BusyError, inTransaction, type Ctx, type Surroundings } from "../../../platform/index.ts";
import { CURRENT_SCHEMA, upgradeCommand, type AnyCommand } from "../domain/index.ts";
import { TILL_PROBLEMS, type TillError } from "../errors.ts";
import { lockRegister, type KnownRegister } from "../queries/registers.ts";
import { operatorOf, type Done, type TillDeps } from "./context.ts";
import { execute } from "./execute.ts";

type Answer = TillCommandAnswerView;
/** What every command must say of itself to be put in its place. */
type Head = { readonly id: string; readonly seq: number; readonly raw: AnyCommand; readonly hash: Buffer };
type Problems = Readonly<Record<string, { readonly status: number; readonly title: string }>>;

/** A sale that is older than this when it arrives has happened: the goods are gone, whatever the stock or the price says now. */
const HAPPENED_AFTER_MS = 120_000;
/** What only a live sale can be refused for: the goods are in the customer's hand [TIL-9]. */
const GOODS_IN_HAND: ReadonlySet<string> = new Set(["stock.insufficient"]);
const NO_ID = "00000000-0000-0000-0000-000000000000";

/**
 * Takes the outbox of a register, one command after the other, each in its own transaction [TIL-1]: a repeated command gets its first
 * answer, a gap is refused with the number that is expected, and what cannot be read goes to quarantine and stops nothing.
 * A command that waits for a payment provider ends the list without an answer: it and what follows are sent again.
 */
export async function takeCommands(
  deps: TillDeps,
  problems: Problems,
  around: Surroundings,
  commands: readonly AnyCommand[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const raw of commands) answers.push(await takeCommand(deps, problems, around, raw));
  return answers;
}

async function takeCommand(deps: TillDeps, problems: Problems, around: Surroundings, raw: AnyCommand): Promise<Answer> {
  const head = headOf(raw);
  const registerId = around.actor.device?.registerId;
  if (!registerId) return refused(idOf(raw), 0, { code: "till.other_register" }, problems);
  if (!head) return quarantineHeadless(deps, around, raw);
  if (raw["registerId"] !== registerId) return refused(head.id, head.seq, { code: "till.other_register" }, problems);
  const attempt = (mode: "live" | "recorded") => inOwn(around, (ctx) => attemptCommand(ctx, deps, problems, registerId, head, mode));
  try {
    const live = await attempt("live");
    if (live.ok) return live.value;
    const again = mayBeRecorded(raw, live.error) ? await attempt("recorded") : live;
    if (again.ok) return again.value;
    return await inOwnOk(around, (ctx) => keepAnswer(ctx, registerId, head, refused(head.id, head.seq, again.error, problems), problems));
  } catch (error) {
    if (!isOurFault(error)) throw error;
    around.log.error({ err: error, commandId: head.id }, "a till command could not be executed and waits in quarantine");
    return inOwnOk(around, (ctx) => quarantineCommand(ctx, deps, registerId, head, "till.failed", String(error), problems));
  }
}

/** One try in the transaction that is open. `err` undoes everything, and the caller keeps the refusal in a second transaction. */
async function attemptCommand(
  ctx: Ctx,
  deps: TillDeps,
  problems: Problems,
  registerId: RegisterId,
  head: Head,
  mode: "live" | "recorded",
): Promise<Result<Answer, CodedError>> {
  const place = await placeOfCommand(ctx, registerId, head);
  if (place.kind === "answered") return ok(place.answer);
  if (place.kind === "refused") return ok(refused(head.id, head.seq, place.error, problems));
  const upgraded = upgradeCommand(head.raw);
  const parsed = upgraded && TillCommand.safeParse(upgraded);
  if (!parsed?.success) {
    const reason = parsed
      ? parsed.error.issues.map(({ path, message }) => `${path.join("/")}: ${message}`).join("; ")
      : `schema ${String(head.raw["schema"])}`;
    return ok(await quarantineCommand(ctx, deps, registerId, head, "till.unreadable", reason.slice(0, 500), problems));
  }
  const command = parsed.data;
  const { operator, actor } = await operatorOf(ctx, command.staffId, command.id);
  const done = await execute({ ctx: { ...ctx, actor }, deps, register: place.register, command, at: new Date(command.at), operator, mode });
  if (!done.ok) return done;
  const answer = done.value.refused ? refused(head.id, head.seq, done.value.refused, problems) : answered(head, done.value);
  await storeCommand(ctx, registerId, head, answer);
  return ok(answer);
}

type Place =
  | { readonly kind: "next"; readonly register: KnownRegister }
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly error: TillError };

/** Where a command stands in its register's row: known, next, or out of turn. The register is locked from here on. */
async function placeOfCommand(ctx: Ctx, registerId: RegisterId, head: Head): Promise<Place> {
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
      : { kind: "refused", error: { code: "till.command_conflict" } };
  }
  if (head.seq <= register.lastSeq) return { kind: "refused", error: { code: "till.command_conflict" } };
  if (head.seq !== register.lastSeq + 1)
    return { kind: "refused", error: { code: "till.out_of_order", expectedSeq: register.lastSeq + 1 } };
  return { kind: "next", register };
}

async function keepAnswer(ctx: Ctx, registerId: RegisterId, head: Head, answer: Answer, problems: Problems): Promise<Answer> {
  const place = await placeOfCommand(ctx, registerId, head);
  if (place.kind === "answered") return place.answer;
  if (place.kind === "refused") return refused(head.id, head.seq, place.error, problems);
  await storeCommand(ctx, registerId, head, answer);
  return answer;
}

async function storeCommand(ctx: Ctx, registerId: RegisterId, head: Head, answer: Answer): Promise<void> {
  const { raw, id, seq, hash } = head;
  const at = typeof raw["at"] === "string" && !Number.isNaN(Date.parse(raw["at"])) ? new Date(raw["at"]) : null;
  const staffId = typeof raw["staffId"] === "string" && isId(raw["staffId"]) ? raw["staffId"] : null;
  await ctx.db
    .insertInto("till.command")
    .values({
      command_id: id,
      register_id: registerId,
      seq,
      schema: typeof raw["schema"] === "number" ? Math.trunc(raw["schema"]) : CURRENT_SCHEMA,
      kind: String(raw["kind"]).slice(0, 60),
      at,
      received_at: ctx.now,
      staff_id: staffId,
      body_hash: hash,
      outcome: answer.outcome,
      answer: JSON.stringify(answer),
    })
    .execute();
  await ctx.db.updateTable("till.register").set({ last_seq: seq, last_seen_at: ctx.now }).where("id", "=", registerId).execute();
}

/** Never dropped, never in the way: the command is kept with its reason, and the next one may come. */
async function quarantineCommand(
  ctx: Ctx,
  deps: TillDeps,
  registerId: RegisterId,
  head: Head,
  reason: string,
  detail: string,
  problems: Problems,
): Promise<Answer> {
  const place = await placeOfCommand(ctx, registerId, head);
  if (place.kind === "answered") return place.answer;
  if (place.kind === "refused") return refused(head.id, head.seq, place.error, problems);
  await deps.quarantine(ctx, { kind: "till.command", reason, detail, raw: JSON.stringify(head.raw) });
  const error: TillError = { code: "till.command_unreadable", reason: detail };
  const answer: Answer = { ...refused(head.id, head.seq, error, problems), outcome: "quarantined" };
  await storeCommand(ctx, registerId, head, answer);
  return answer;
}

/** One that does not even say its id and number takes no place in the row. */
function quarantineHeadless(deps: TillDeps, around: Surroundings, raw: AnyCommand): Promise<Answer> {
  return inOwnOk(around, async (ctx) => {
    await deps.quarantine(ctx, { kind: "till.command", reason: "till.unreadable", detail: "no id or number", raw: JSON.stringify(raw) });
    const error: TillError = { code: "till.command_unreadable", reason: "no id or number" };
    return { ...refused(idOf(raw), 0, error, TILL_PROBLEMS), outcome: "quarantined" };
  });
}

function headOf(raw: AnyCommand): Head | undefined {
  const { id, seq } = raw;
  if (typeof id !== "string" || !isId(id) || typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1 || seq > 2_147_483_647)
    return undefined;
  return {
    id,
    seq,
    raw,
    hash: createHash("sha256")
      .update(canonicalize(raw) ?? "")
      .digest(),
  };
}

const idOf = (raw: AnyCommand): string => (typeof raw["id"] === "string" && isId(raw["id"]) ? raw["id"] : NO_ID);

function mayBeRecorded(raw: AnyCommand, { code }: CodedError): boolean {
  if (raw["kind"] !== "sale.complete") return false;
  const age = Date.now() - Date.parse(String(raw["at"]));
  return GOODS_IN_HAND.has(code) || (age > HAPPENED_AFTER_MS && code === "cart.total_changed");
}

function answered({ id, seq }: Head, done: Done): Answer {
  return {
    id,
    seq,
    outcome: "done",
    problem: null,
    orderId: done.orderId ?? null,
    receiptNumber: done.receiptNumber ?? null,
    shift: done.shift ?? null,
  };
}

function refused(id: string, seq: number, error: CodedError, problems: Problems): Answer {
  const row = problems[error.code] ?? { status: 409, title: error.code };
  return {
    id,
    seq,
    outcome: "refused",
    problem: { type: "about:blank", ...row, ...error },
    orderId: null,
    receiptNumber: null,
    shift: null,
  };
}

async function inOwn<T, E>(around: Surroundings, run: (ctx: Ctx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  const outcome = await inTransaction(around, run);
  if (outcome.kind !== "done") throw new Error("a command without an idempotency key is never replayed");
  return outcome.result;
}

async function inOwnOk<T>(around: Surroundings, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  const result = await inOwn(around, async (ctx) => ok<T>(await run(ctx)));
  if (result.ok) return result.value;
  throw new Error("unreachable: the command answers no error");
}

/** Whether trying again would fail again: a bug of ours or data that no row takes; not a database that is away or busy. */
function isOurFault(error: unknown): boolean {
  if (error instanceof BusyError) return false;
  if (error instanceof pg.DatabaseError) return /^(22|23|42|P0)/.test(error.code ?? "");
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}
