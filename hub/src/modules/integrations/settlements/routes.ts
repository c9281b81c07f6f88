import type { SettlementDifferenceView, SettlementView } from "@weft/contracts";
import { err, ok, type Money, type Problems, type Result } from "@weft/kernel";
import { sql } from "kysely";
import {
  inTransaction,
  problemOf,
  raw,
  read,
  sendProblem,
  write,
  type Ctx,
  type Input,
  type RawCall,
  type ReadCtx,
  type Route,
} from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { providerNamed, type CardTakers } from "../../payments/index.ts";
import { reconcile, type Difference, type SettledLine } from "../domain/reconcile.ts";
import { keepLines, type Kept } from "./keep-lines.ts";
import { accountsOf, linesOf, movementsOf, type Period } from "./movements.ts";
import { readSettlementFile } from "./read-file.ts";

export type SettlementError =
  | { readonly code: "settlement.period_wrong" }
  | { readonly code: "settlement.not_asked"; readonly account: string }
  | { readonly code: "settlement.no_answer"; readonly account: string }
  | { readonly code: "settlement.columns_missing"; readonly missing: readonly string[] };

const SETTLEMENT_PROBLEMS: Problems<SettlementError> = {
  "settlement.period_wrong": { status: 422, title: "The days are not in order, or too many" },
  "settlement.not_asked": { status: 409, title: "This provider cannot be asked what it settled: give its list as a file" },
  "settlement.no_answer": { status: 503, title: "The provider did not answer; nothing was kept" },
  "settlement.columns_missing": { status: 422, title: "The file has no such columns" },
};
const PROBLEMS = { problems: SETTLEMENT_PROBLEMS };
const MOST_DAYS = 31;
const WEEK_MS = 7 * 86_400_000;

/** What providers settled beside our own books [PAY-40]: read, asked for and given as a file; nothing is changed by itself. */
export const settlementsRoutes = (takers: CardTakers): readonly Route[] => [
  read("settlements.read", (ctx, { query }) => settlementOf(ctx, takers, query), PROBLEMS),
  raw("settlements.fetch", (call) => fetchLines(call, takers)),
  write("settlements.import", importLines, PROBLEMS),
];

async function settlementOf(
  ctx: ReadCtx,
  takers: CardTakers,
  { account: wanted, from: first, to: last }: Input<"settlements.read">["query"],
): Promise<Result<SettlementView, SettlementError>> {
  const to = last ?? ctx.now.toISOString().slice(0, 10);
  const from = first ?? new Date(Date.parse(to) - WEEK_MS).toISOString().slice(0, 10);
  if (!isPeriod(from, to)) return err({ code: "settlement.period_wrong" });
  const accounts = await accountsOf(ctx);
  const account = wanted ?? accounts[0]?.account ?? takers.provider.name;
  const period: Period = { account, from, to };
  // First what is of these days, then what each names of other days: a payment of the last evening is settled on another.
  const [ourDays, theirDays] = [await movementsOf(ctx, period, []), await linesOf(ctx, period, [])];
  const ours = await movementsOf(
    ctx,
    period,
    theirDays.map(({ reference }) => reference),
  );
  const theirs = await linesOf(
    ctx,
    period,
    ourDays.flatMap(({ references }) => references),
  );
  const found = reconcile(ours, theirs, ctx.now.toISOString().slice(0, 10));
  const numbers = await numbersOf(ctx, found);
  return ok({
    ...period,
    accounts: accounts.map((one) => ({ ...one, canBeAsked: providerNamed(takers, one.account)?.settlements !== undefined })),
    matched: found.filter(({ kind }) => kind === "matched").length,
    differences: found.filter(({ kind }) => kind !== "matched").map((one) => present(one, numbers)),
    days: daysOf(theirDays),
  });
}

function isPeriod(from: string, to: string): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days >= 0 && days < MOST_DAYS;
}

async function numbersOf(ctx: Pick<ReadCtx, "db">, found: readonly Difference[]): Promise<ReadonlyMap<string, string>> {
  const ids = found.flatMap((one) => ("ours" in one && one.ours?.orderId ? [one.ours.orderId] : []));
  const { rows } = await sql<{ id: string; number: string }>`
    select id, number from orders.read_state where id = any(${ids}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, number }) => [id, number]));
}

function present(found: Difference, numbers: ReadonlyMap<string, string>): SettlementDifferenceView {
  const ours = "ours" in found ? found.ours : null;
  const theirs = "theirs" in found ? found.theirs : null;
  return {
    kind: found.kind,
    isLate: found.kind === "missing_there" && found.isLate,
    ours: ours && {
      kind: ours.kind,
      orderId: ours.orderId,
      orderNumber: ours.orderId ? (numbers.get(ours.orderId) ?? null) : null,
      amount: { amount: ours.amount, currency: ours.currency },
      at: ours.at,
    },
    theirs: theirs && {
      kind: theirs.kind,
      reference: theirs.reference,
      amount: { amount: theirs.amount, currency: theirs.currency },
      fee: { amount: theirs.fee, currency: theirs.currency },
      settledOn: theirs.settledOn,
    },
  };
}

function daysOf(lines: readonly SettledLine[]): SettlementView["days"] {
  const groups = Map.groupBy(lines, ({ settledOn, currency }) => `${settledOn} ${currency}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([key, own]) => {
      const [day = "", currency = ""] = key.split(" ");
      const sum = (amounts: readonly number[]): Money => ({ amount: amounts.reduce((all, one) => all + one, 0), currency });
      const moved = own.filter(({ kind }) => kind === "payment" || kind === "refund");
      const fees = own.flatMap(({ kind, fee, amount }) => (kind === "fee" ? [Math.abs(amount)] : [fee]));
      const paidOut = own.flatMap(({ kind, amount }) => (kind === "payout" ? [Math.abs(amount)] : []));
      return { day, gross: sum(moved.map(({ amount }) => amount)), fees: sum(fees), paidOut: sum(paidOut), lines: own.length };
    });
}

/** The provider is asked outside of any transaction; what it says is kept in one. */
async function fetchLines({ request, reply, around, input }: RawCall, takers: CardTakers) {
  const refuse = (error: SettlementError) => sendProblem(reply, problemOf(error, SETTLEMENT_PROBLEMS[error.code], request.id));
  // By this operation's contract, whose types a raw call does not carry.
  const { account, from, to } = (input as unknown as Input<"settlements.fetch">).body;
  if (!isPeriod(from, to)) return refuse({ code: "settlement.period_wrong" });
  const provider = providerNamed(takers, account);
  if (!provider?.settlements) return refuse({ code: "settlement.not_asked", account });
  const said = await provider.settlements({ from, to }).catch(() => null);
  if (!said) return refuse({ code: "settlement.no_answer", account });
  const outcome = await inTransaction<Kept, never>(around, async (ctx) => {
    await auditWrite(ctx, { action: "settlements.fetch", subject: `payment account/${account}`, reason: `${from} ${to}` });
    return ok(await keepLines(ctx, account, "provider", said));
  });
  if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is neither replayed nor refused");
  return reply.code(200).send({ ...outcome.result.value, refused: [] });
}

async function importLines(ctx: Ctx, { body }: Input<"settlements.import">) {
  const { account, csv, columns, currency } = body;
  const { lines, refused, missing } = readSettlementFile(csv, columns, currency);
  if (missing.length > 0) return err<SettlementError>({ code: "settlement.columns_missing", missing });
  await auditWrite(ctx, { action: "settlements.import", subject: `payment account/${account}`, reason: `${lines.length} lines` });
  return ok({ ...(await keepLines(ctx, account, "file", lines)), refused: refused.slice(0, 200) });
}
