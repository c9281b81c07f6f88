import { createHash } from "node:crypto";
import { isId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Signer, Vault } from "../../platform/index.ts";
import { CODES_AROUND, codeStep, readShownText, rotatingCode, shownText } from "./domain/index.ts";

export type CardKeys = { readonly signer: Signer; readonly vault: Vault };

const USE = "card";
const HALF_A_DAY_SECONDS = 12 * 60 * 60;

/** What a phone needs to show its card for half a day, with or without a network. */
export type ShownCard = {
  /** What the QR holds now. */
  readonly cardToken: string;
  /** With it the phone makes the codes of the next half day. */
  readonly cardKey: string;
};

/** A card as it is shown now: a token that is signed for half a day, and the code of this half minute [LOY-21]. It identifies and earns; what it burns where nobody can ask is bounded by `right`. */
export async function shownCard({ signer, vault }: CardKeys, recordId: RecordId, now: Date, right?: PayingRight): Promise<ShownCard> {
  const token = await signer.sign(USE, recordId, HALF_A_DAY_SECONDS, right);
  const cardKey = keyOf(vault, token);
  return { cardToken: shownText(token, await rotatingCode(cardKey, codeStep(now))), cardKey };
}

/** What a till without a network goes by [LOY-40]: what the points of the member can pay, in minor units, and of a sale at most. */
export type PayingRight = { readonly most: number; readonly currency: string; readonly percent: number };

/** Whether a record's card was signed here with this right, which stood at a moment. */
export const isCardOf = async ({ signer }: Pick<CardKeys, "signer">, right: string, recordId: RecordId, at: Date): Promise<boolean> =>
  (await signer.verify(USE, right, at)) === recordId;

/** The key of a token follows from it, so that nothing is kept of the cards that are shown. */
const keyOf = (vault: Vault, token: string): string => vault.mac("card code", token).toString("base64url");

/** The record of a scanned card, or null when it was not signed here, is too old, or shows another moment's code [LOY-21]. */
export async function readCardToken({ signer, vault }: CardKeys, text: string, now: Date): Promise<RecordId | null> {
  const shown = readShownText(text);
  const subject = shown && (await signer.verify(USE, shown.token, now));
  if (!shown || subject === null || !isId(subject) || !(await isOfNow(keyOf(vault, shown.token), shown.code, now))) return null;
  return subject as RecordId; // signed by shownCard, for a record
}

async function isOfNow(key: string, code: string, now: Date): Promise<boolean> {
  for (let step = codeStep(now) - CODES_AROUND; step <= codeStep(now) + CODES_AROUND; step++)
    if ((await rotatingCode(key, step)) === code) return true;
  return false;
}

/** How long a code is remembered: longer than it is taken. */
const REMEMBERED_MINUTES = 10;

/**
 * Notes who was shown a card's code; false when another till was before [LOY-22]: then it was copied. A till that asks again, after a cut, is the
 * same. What is no code of a card is nobody's, and true. `at`: who was shown it, where that is no till.
 */
export async function claimShownCard(ctx: Ctx, text: string, at?: string): Promise<boolean> {
  if (!readShownText(text)) return true;
  const { device, credential } = ctx.actor;
  const holder = at ?? (device ? `device/${device.id}` : credential);
  const { rows } = await sql<{ holder: string }>`
    insert into loyalty.card_showing as s (code_hash, holder) values (${createHash("sha256").update(text.trim()).digest()}, ${holder})
    on conflict (code_hash) do update set holder = s.holder returning holder`.execute(ctx.db);
  return rows[0]?.holder === holder;
}

export async function forgetShownCards(ctx: Ctx): Promise<void> {
  await sql`
    delete from loyalty.card_showing where at < ${ctx.now}::timestamptz - make_interval(mins => ${REMEMBERED_MINUTES}::integer)`.execute(
    ctx.db,
  );
}
