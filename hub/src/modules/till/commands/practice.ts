import type { Locale, PracticedView, TillCommand } from "@weft/contracts";
import { asId, ok, type CartId, type CodedError, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { abandonCart } from "../../carts/index.ts";
import { readOrder, type BookEntry } from "../../orders/index.ts";
import type { PaymentProvider } from "../../payments/index.ts";
import { readReturn, type ReturnId } from "../../returns/index.ts";
import type { Ctx } from "../../../platform/index.ts";
import { receiptOfEntry } from "../queries/receipt.ts";
import type { CommandContext, Done } from "./context.ts";
import { tellTicket } from "./ticket.ts";

/** Acts that move goods, money or points of others; the rest is the register's own drawer and log, in training as ever. */
const MOVES: ReadonlySet<TillCommand["kind"]> = new Set<TillCommand["kind"]>([
  "sale.complete",
  "sale.record",
  "exchange.take",
  "exchange.record",
  "return.take",
  "return.take_unproven",
  "deposit.give_back",
  "collection.hand_over",
]);

type Run = (act: CommandContext) => Promise<Result<Done, CodedError>>;

/**
 * What a training register does is done as a real one does it, with every rule and to the cent, and undone before the transaction ends [TIL-30]: no
 * order, stock, money, points or fact is left of it. Only what is the register's own stays: its ticket on chain X, and its drawer. The answer
 * carries what the screens show, because nobody can read it later.
 */
export async function practice(act: CommandContext, execute: Run): Promise<Result<Done, CodedError>> {
  if (!MOVES.has(act.command.kind)) return execute(act);
  const { ctx, deps, command } = act;
  await sql`savepoint practice`.execute(ctx.db);
  const { accounts: _, ...own } = deps;
  const done = await execute({ ...act, deps: { ...own, provider: practiceCards } });
  if (!done.ok) return done;
  const practiced = await shownOf(act, done.value);
  const rows = await ownRows(act);
  await sql`rollback to savepoint practice`.execute(ctx.db);
  await putBack(ctx, rows);
  await giveCartUp(ctx, command);
  await tellAgain(act, done.value);
  const { sold: _gone, ...kept } = done.value;
  return ok({ ...kept, practiced });
}

/** Takes every card on the spot and charges none. */
const practiceCards: PaymentProvider = {
  name: "practice",
  cardWay: () => null,
  decideInline: ({ intentId }) => ({ kind: "captured", eventId: `practice ${intentId}`, providerRef: intentId }),
  charge: async ({ intentId }) => ({ kind: "declined", eventId: `practice ${intentId}`, reason: "card_unknown" }),
  find: async () => ({ kind: "pending" }),
  cancel: async () => ({ kind: "pending" }),
  refund: async () => "succeeded",
};

/** The receipt and the return as they stand before they are undone. */
async function shownOf({ ctx, deps, command }: CommandContext, { orderId }: Done): Promise<PracticedView> {
  const entry = orderId === undefined ? undefined : await readOrder(ctx, asId<OrderId>(orderId));
  const returnId = "returnId" in command.body ? asId<ReturnId>(command.body.returnId) : null;
  const receiptIn = (entry: BookEntry, locale: Locale) => receiptOfEntry(ctx, deps.vault, entry, locale);
  return {
    receipts: entry
      ? {
          en: await receiptIn(entry, "en"),
          fr: await receiptIn(entry, "fr"),
          de: await receiptIn(entry, "de"),
          ca: await receiptIn(entry, "ca"),
        }
      : null,
    return: returnId && (await readReturn(ctx, returnId)),
  };
}

/** The tables of this module that a ticket is written to, each row as JSON of PostgreSQL's own. Those of other acts at the same moment are there already. */
const OWN_TABLES = ["till.sale", "till.empties", "till.fiscal_entry", "till.unsigned_document", "till.cash_event"] as const;
type OwnRows = Readonly<Record<(typeof OWN_TABLES)[number], string>>;

async function ownRows({ ctx, register, command, at }: CommandContext): Promise<OwnRows> {
  const { rows } = await sql<OwnRows>`
    select (select coalesce(jsonb_agg(r), '[]') from till.sale r where command_id = ${command.id})::text as "till.sale",
           (select coalesce(jsonb_agg(r), '[]') from till.empties r where command_id = ${command.id})::text as "till.empties",
           (select coalesce(jsonb_agg(r order by seq), '[]') from till.fiscal_entry r
             where register_id = ${register.id} and chain = 'X' and received_at = ${ctx.now})::text as "till.fiscal_entry",
           (select coalesce(jsonb_agg(r), '[]') from till.unsigned_document r where command_id = ${command.id})::text as "till.unsigned_document",
           (select coalesce(jsonb_agg(r), '[]') from till.cash_event r
             where shift_id = ${"shiftId" in command.body ? command.body.shiftId : null} and at = ${at})::text as "till.cash_event"`.execute(
    ctx.db,
  );
  const [found] = rows;
  if (!found) throw new Error("a select without a table has one row");
  return found;
}

async function putBack(ctx: Ctx, rows: OwnRows): Promise<void> {
  for (const table of OWN_TABLES)
    await sql`
      insert into ${sql.table(table)}
      select * from jsonb_populate_recordset(null::${sql.table(table)}, ${rows[table]}::jsonb) on conflict do nothing`.execute(ctx.db);
}

/** Its ticket is over, and no order. One that was closed meanwhile, or never came here, needs no giving up. */
async function giveCartUp(ctx: Ctx, { body }: TillCommand): Promise<void> {
  if ("sale" in body) await abandonCart(ctx, asId<CartId>(body.sale.cartId));
  else if ("cartId" in body) await abandonCart(ctx, asId<CartId>(body.cartId));
}

/** The number of the ticket, for the security device of a register that has one. */
async function tellAgain({ ctx, register, command: { body } }: CommandContext, { orderId, receiptNumber = null }: Done): Promise<void> {
  if (orderId !== undefined && "shiftId" in body)
    await tellTicket(ctx, register, { shiftId: body.shiftId, orderId, number: receiptNumber });
}
