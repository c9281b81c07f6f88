import { asId, err, ok, type Money, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import { isSeen } from "../../customers/index.ts";
import { isGiftCardCode, normalizeGiftCardCode, type GiftCardId, type PlannedTender } from "../domain.ts";
import type { PaymentError } from "../errors.ts";

/** The keyed hash under which a gift card is found. */
export const giftCardMac = (vault: Vault, code: string): Buffer => vault.mac("gift card", normalizeGiftCardCode(code));

/** A gift card as it stands: `left` is what can be spent now. */
export type StandingCard = {
  readonly id: GiftCardId;
  readonly last4: string;
  readonly currency: string;
  readonly left: number;
  readonly isBlocked: boolean;
  readonly expiresAt: Date | null;
};

const CARD = sql`card.id, card.last4, card.currency, ledger.usable(array[card.account_id], now()) as left, card.blocked_at is not null as "isBlocked",
  card.expires_at as "expiresAt"`;

/** The gift card of a code; undefined when there is none, or when the code cannot be one. */
export async function cardOfCode(ctx: Pick<ReadCtx, "db">, vault: Vault, code: string): Promise<StandingCard | undefined> {
  if (!isGiftCardCode(code)) return undefined;
  const { rows } =
    await sql<StandingCard>`select ${CARD} from payments.gift_card card where card.code_mac = ${giftCardMac(vault, code)}`.execute(ctx.db);
  return rows[0];
}

/** Whether this was the code of a gift card until it was lost. */
export async function wasReplaced(ctx: Pick<ReadCtx, "db">, vault: Vault, code: string): Promise<boolean> {
  const { rows } = await sql`select 1 from payments.gift_card_code where code_mac = ${giftCardMac(vault, code)}`.execute(ctx.db);
  return rows.length > 0;
}

/** The gift card of an id; undefined when there is none. */
export async function cardById(ctx: Pick<ReadCtx, "db">, id: GiftCardId): Promise<StandingCard | undefined> {
  const { rows } = await sql<StandingCard>`select ${CARD} from payments.gift_card card where card.id = ${id}`.execute(ctx.db);
  return rows[0];
}

/** What the customer of a record could spend of their store credit in a currency, in minor units. */
export async function creditOf(ctx: Pick<ReadCtx, "db">, recordId: RecordId, currency: string): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select ledger.usable(ledger.accounts_of(array(select customers.records_of(${recordId})), 'store_credit', ${currency}), now()) as left`.execute(
    ctx.db,
  );
  return rows[0]?.left ?? 0;
}

type Payer = {
  /** The known customer whose store credit may be used; null where nobody is known. */
  readonly recordId: RecordId | null;
  readonly currency: string;
  /** A gift card may be named by its id: by staff, who looked its code up, and by what was kept of a request. */
  readonly mayNameCards: boolean;
  /** A register took it already, by a right that the customer showed [PAY-52]: the ledger takes what is there. */
  readonly hasHappened?: boolean;
};

/**
 * Looks at the store credit and the gift cards that are to pay, before anything is written [PAY-11]: the ledger decides again under its locks.
 * Answers the tenders with every gift card by its id, and no code. Errors: `payment.method_not_offered` for store credit of nobody who is known
 * and seen here, `payment.value_short`, `gift_card.unknown`, `gift_card.blocked`, `gift_card.other_currency`. Without such tenders it is no
 * statement.
 */
export async function judgeValues(
  ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">,
  vault: Vault,
  tenders: readonly PlannedTender[],
  payer: Payer,
): Promise<Result<readonly PlannedTender[], PaymentError>> {
  const judged: PlannedTender[] = [];
  for (const tender of tenders) {
    if (tender.kind === "store_credit") {
      const refusal = await whyNoCredit(ctx, tender.amount, payer);
      if (refusal) return err(refusal);
    }
    if (tender.kind !== "gift_card") {
      judged.push(tender);
      continue;
    }
    const card = await cardOf(ctx, vault, tender, payer);
    const refusal = payer.hasHappened && card?.currency === payer.currency ? undefined : whyNotPaid(card, tender.amount, payer.currency);
    if (!card || refusal) return err(refusal ?? { code: "gift_card.unknown" });
    judged.push({ kind: "gift_card", amount: tender.amount, cardId: card.id });
  }
  return ok(judged);
}

type CardTender = Extract<PlannedTender, { kind: "gift_card" }>;

async function cardOf(ctx: Pick<ReadCtx, "db">, vault: Vault, { code, cardId }: CardTender, { mayNameCards }: Payer) {
  if (code !== undefined) return cardOfCode(ctx, vault, code);
  return mayNameCards && cardId !== undefined ? cardById(ctx, asId<GiftCardId>(cardId)) : undefined;
}

function whyNotPaid(card: StandingCard | undefined, amount: number, currency: string): PaymentError | undefined {
  if (!card) return { code: "gift_card.unknown" };
  if (card.isBlocked) return { code: "gift_card.blocked" };
  if (card.currency !== currency) return { code: "gift_card.other_currency", currency: card.currency };
  return card.left < amount ? shortOf("gift_card", { amount: card.left, currency }) : undefined;
}

async function whyNoCredit(
  ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">,
  amount: number,
  { recordId, currency }: Payer,
): Promise<PaymentError | undefined> {
  const { customer, staff, kind } = ctx.actor;
  const asks = customer !== null || staff !== null || kind === "system";
  if (recordId === null || !asks || (customer === null && !(await isSeen(ctx, [recordId]))))
    return { code: "payment.method_not_offered", kind: "store_credit" };
  const left = await creditOf(ctx, recordId, currency);
  return left < amount ? shortOf("store_credit", { amount: left, currency }) : undefined;
}

const shortOf = (kind: string, available: Money): PaymentError => ({ code: "payment.value_short", kind, available });
