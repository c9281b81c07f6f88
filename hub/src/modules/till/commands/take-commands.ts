import { ok, type CodedError, type RegisterId, type Result } from "@weft/kernel";
import { inTransaction, type Ctx, type Surroundings } from "../../../platform/index.ts";
import type { AnyCommand } from "../domain/index.ts";
import { keepBranch } from "../journal/take-entries.ts";
import {
  answered,
  headOf,
  idOf,
  placeInRow,
  putInQuarantine,
  refused,
  storeCommand,
  type Answer,
  type Head,
  type PlaceInRow,
  type ProblemTable,
} from "./command-row.ts";
import { operatorOf, type CommandContext, type Done, type TillDeps } from "./context.ts";
import { writeTicketOfExchange } from "./exchanges.ts";
import { execute } from "./execute.ts";
import { isOutage } from "./outage.ts";
import { mayCome } from "../kiosk/acts.ts";
import { isPractice } from "../queries/practice.ts";
import { askOutside, asksOutside, type Asked } from "./outside-cards.ts";
import { practice } from "./practice.ts";
import { readCommand } from "./read-command.ts";
import { reopenTicket } from "./reopen-ticket.ts";
import { writeTicketOf } from "./sales.ts";
import { entriesIn, withJournal } from "./with-journal.ts";

/** A sale that is older than this when it arrives has happened: the goods are gone, whatever the price says now. */
const HAPPENED_AFTER_MS = 120_000;

/** One command on its way through, with all that its transactions need. */
type Taking = {
  readonly deps: TillDeps;
  readonly problems: ProblemTable;
  readonly around: Surroundings;
  readonly registerId: RegisterId;
  readonly head: Head;
  /** How many the till still has after this one. */
  readonly unsent: number;
  /** The ticket of this sale was opened again just now. */
  readonly isReopened?: true;
  /** Not even its entries can be taken: they stay with the command in quarantine. */
  readonly isWithoutEntries?: true;
};

/**
 * Takes the outbox of a register, one command after the other, each in its own transaction [TIL-1]: a repeated command gets its first
 * answer, a gap is refused with the number that is expected, and what cannot be read goes to quarantine and stops nothing.
 * A command that waits for a payment provider ends the list without an answer: it and what follows are sent again.
 */
export async function takeCommands(
  deps: TillDeps,
  problems: ProblemTable,
  around: Surroundings,
  commands: readonly AnyCommand[],
  /** How many wait at the till, these included. */
  waiting = commands.length,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [index, raw] of commands.entries()) {
    const answer = await takeCommand(deps, problems, around, raw, Math.max(0, waiting - index - 1));
    if (!answer) break;
    answers.push(answer);
  }
  return answers;
}

async function takeCommand(
  deps: TillDeps,
  problems: ProblemTable,
  around: Surroundings,
  raw: AnyCommand,
  unsent: number,
): Promise<Answer | undefined> {
  const head = headOf(raw);
  // One that does not even say its id and number takes no place in the row.
  const headless = { id: idOf(raw), seq: 0, raw };
  if (!head)
    return inOwnOk(around, (ctx) =>
      putInQuarantine(ctx, deps, headless, { reason: "till.unreadable", detail: "no id or number" }, problems),
    );
  const registerId = around.actor.device?.registerId;
  if (!registerId || raw["registerId"] !== registerId) return refused(head, { code: "till.other_register" }, problems);
  if (!mayCome(around.actor.device, raw)) return refused(head, { code: "kiosk.no_such_act" }, problems);
  const taking: Taking = { deps, problems, around, registerId, head, unsent };
  return takeOrSetAside(taking);
}

/**
 * What cannot be executed although nothing was away waits in quarantine, after it was tried a few times, and lets the next one come [TIL-33]. An outage
 * is the caller's: the till sends the same again.
 */
async function takeOrSetAside(taking: Taking): Promise<Answer | undefined> {
  for (let tried = 1; ; tried++) {
    try {
      return await takeInTurn(taking);
    } catch (error) {
      if (isOutage(error)) throw error;
      taking.around.log.error({ err: error, commandId: taking.head.id, tried }, "a till command could not be executed");
      if (tried === MOST_TRIES) return setAside(taking, String(error).slice(0, 500));
    }
  }
}

async function setAside(taking: Taking, detail: string): Promise<Answer> {
  const { deps, head, problems } = taking;
  const aside = (ctx: Ctx) => putInQuarantine(ctx, deps, head, { reason: "till.failed", detail }, problems);
  try {
    return await keep(taking, aside);
  } catch (error) {
    if (isOutage(error)) throw error;
    // Its entries themselves are what fails: those that follow are refused and kept as evidence [JRN-10], and what was sold counts.
    taking.around.log.error({ err: error, commandId: head.id }, "the journal entries of a till command could not be taken");
    return keep({ ...taking, isWithoutEntries: true }, aside);
  }
}

/** Live first. A card that must be asked outside goes on there; goods that are in the customer's hand are recorded as sold [TIL-9]. */
async function takeInTurn(taking: Taking): Promise<Answer | undefined> {
  const { head, problems } = taking;
  const live = await attempt(taking, "live");
  if (live.ok) return live.value;
  if (!taking.isReopened && (await reopenTicket(taking.around, head.raw, live.error))) return takeInTurn({ ...taking, isReopened: true });
  const ended = await goOnOutside(taking, live.error, "live");
  if (!("error" in ended)) return ended.answer;
  if (isPast(head.raw)) return goOnRecording(taking, ended.error);
  if (!mayBeRecorded(head.raw, ended.error)) return keep(taking, async () => refused(head, ended.error, problems));
  const recorded = await attempt(taking, "recorded");
  if (recorded.ok) return recorded.value;
  const last = await goOnOutside(taking, recorded.error, "recorded");
  return "error" in last ? keep(taking, async () => refused(head, last.error, problems)) : last.answer;
}

/** So often something may fail, or a ticket change between its reading and its writing, before it is not chance. */
const MOST_TRIES = 3;

/** What a register did by itself, and is never refused: a sale, and goods that it took back or exchanged [TIL-20, TIL-51, TIL-55]. */
function isPast({ kind, body }: AnyCommand): boolean {
  return (
    kind === "sale.record" ||
    kind === "exchange.record" ||
    (kind === "return.take" && typeof body === "object" && body !== null && "happened" in body)
  );
}

/** A sale that happened is never refused [TIL-20]: one that lost a race is tried again, and what the hub cannot book yet waits for staff. */
async function goOnRecording(taking: Taking, first: CodedError): Promise<Answer> {
  let error = first;
  for (let tried = 1; error.code === "cart.changed" && tried < MOST_TRIES; tried++) {
    const again = await attempt(taking, "recorded");
    if (again.ok) return again.value;
    error = again.error;
  }
  const { deps, head, problems } = taking;
  return keep(taking, (ctx) => putInQuarantine(ctx, deps, head, { reason: error.code, detail: JSON.stringify(error) }, problems));
}

/** What a refused command comes to at its payment provider: an answer, none yet, or the refusal as it stands then. */
type Ended = { readonly answer: Answer | undefined } | { readonly error: CodedError };

async function goOnOutside(taking: Taking, error: CodedError, mode: CommandContext["mode"]): Promise<Ended> {
  if (!(await asksOutside(taking.around, taking.head, error))) return { error };
  const asked = await askOutside(taking.around, taking.deps, taking.head, mode);
  switch (asked.kind) {
    case "waiting":
      return { answer: undefined };
    case "placed":
      return { answer: await settle(taking, asked) };
    case "handed_over":
      return { answer: await handedOver(taking) };
    case "refused":
      return { error: asked.error };
  }
}

/** One try in a transaction of its own. `err` undoes everything. */
function attempt(taking: Taking, mode: CommandContext["mode"]): Promise<Result<Answer, CodedError>> {
  return inOwn(taking.around, (ctx) =>
    execution(taking, ctx, mode, async (act) => ((await isPractice(ctx, act.register)) ? practice(act, execute) : execute(act))),
  );
}

/** The order stands already: what is left is the ticket. */
async function settle(taking: Taking, { orderId }: Extract<Asked, { kind: "placed" }>): Promise<Answer> {
  const written = await inOwn(taking.around, (ctx) =>
    execution(taking, ctx, "live", async (act) => {
      if (act.command.kind === "sale.complete") return writeTicketOf({ ...act, command: act.command }, orderId);
      if (act.command.kind === "exchange.take") return writeTicketOfExchange({ ...act, command: act.command }, orderId);
      throw new Error("only a sale and an exchange are paid outside and then written on a ticket");
    }),
  );
  return written.ok ? written.value : keep(taking, async () => refused(taking.head, written.error, taking.problems));
}

/** The goods are with their customer and paid: executed again, the command finds that, and what is left is the ticket. */
async function handedOver(taking: Taking): Promise<Answer> {
  const written = await attempt(taking, "live");
  return written.ok ? written.value : keep(taking, async () => refused(taking.head, written.error, taking.problems));
}

async function execution(
  { deps, problems, registerId, head, unsent }: Taking,
  ctx: Ctx,
  mode: CommandContext["mode"],
  run: (act: CommandContext) => Promise<Result<Done, CodedError>>,
): Promise<Result<Answer, CodedError>> {
  const place = await placeInRow(ctx, registerId, head);
  if (place.kind === "answered") return ok(place.answer);
  if (place.kind === "refused") return ok(await outOfTurn(ctx, head, place, problems));
  const read = readCommand(head.raw);
  let answer: Answer;
  if ("unreadable" in read)
    answer = await putInQuarantine(ctx, deps, head, { reason: "till.unreadable", detail: read.unreadable }, problems);
  else {
    const { command } = read;
    const { operator, actor } = await operatorOf(ctx, command.staffId, command.id);
    const done = await run({ ctx: { ...ctx, actor }, deps, register: place.register, command, at: new Date(command.at), operator, mode });
    if (!done.ok) return done;
    answer = done.value.refused ? refused(head, done.value.refused, problems) : answered(head, done.value);
  }
  const whole = await withJournal(ctx, place.register, head.raw, answer);
  await storeCommand(ctx, registerId, head, whole, unsent);
  return ok(whole);
}

/** A command that is not the next one writes nothing; a second branch of the journal that comes with it is kept as evidence [JRN-10]. */
async function outOfTurn(
  ctx: Ctx,
  head: Head,
  { error, register }: Extract<PlaceInRow, { kind: "refused" }>,
  problems: ProblemTable,
): Promise<Answer> {
  const entries = entriesIn(head.raw);
  if (register && register.keyId !== null && entries.length > 0) await keepBranch(ctx, register, entries, head.id);
  return refused(head, error, problems);
}

/** What became of a command whose own transaction was undone, under its number. */
function keep(
  { around, registerId, head, problems, unsent, isWithoutEntries }: Taking,
  answer: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer> {
  return inOwnOk(around, async (ctx) => {
    const place = await placeInRow(ctx, registerId, head);
    if (place.kind === "answered") return place.answer;
    if (place.kind === "refused") return refused(head, place.error, problems);
    const plain = await answer(ctx);
    const kept = isWithoutEntries ? plain : await withJournal(ctx, place.register, head.raw, plain);
    await storeCommand(ctx, registerId, head, kept, unsent);
    return kept;
  });
}

/** What is in hand has left. What another place was to give is promised only once that is paid for some time: then it is for staff to resolve. */
function mayBeRecorded(raw: AnyCommand, error: CodedError): boolean {
  if (raw["kind"] !== "sale.complete") return false;
  const hasHappened = Date.now() - Date.parse(String(raw["at"])) > HAPPENED_AFTER_MS;
  if (error.code === "stock.insufficient") return hasHappened || !("isElsewhere" in error);
  return hasHappened && error.code === "cart.total_changed";
}

async function inOwn<T, E>(around: Surroundings, run: (ctx: Ctx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  const outcome = await inTransaction(around, run);
  if (outcome.kind !== "done") throw new Error("a command without an idempotency key is never replayed");
  return outcome.result;
}

async function inOwnOk<T>(around: Surroundings, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  const result = await inOwn(around, async (ctx) => ok<T>(await run(ctx)));
  if (!result.ok) throw new Error("a transaction without a rule answers no error");
  return result.value;
}
