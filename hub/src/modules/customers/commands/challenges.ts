import { randomInt, timingSafeEqual } from "node:crypto";
import type { Locale } from "@weft/contracts";
import { err, ok, type ChannelId, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx, type Vault } from "../../../platform/index.ts";
import type { ContactKind } from "../domain/index.ts";
import type { CustomerError } from "../errors.ts";
import { CodeRequested } from "../events.ts";
import { normalizeEmail, normalizePhone } from "../normalize.ts";
import { countryOf } from "./normalize-input.ts";

export type ChallengeId = Id<"challenge">;
export type Purpose = "sign_in" | "confirm";

const VALID_MINUTES = 10;
const MOST_ATTEMPTS = 5;
const CODES_PER_CONTACT = 5;
const WINDOW_MINUTES = 15;

export type WantedCode = {
  readonly purpose: Purpose;
  readonly contact: string;
  readonly channelId: ChannelId;
  /** Whom a confirmation is about. A sign-in finds or makes its record afterwards. */
  readonly recordId: RecordId | null;
  /** Names given by someone who may be new. */
  readonly names: { readonly givenName?: string | undefined; readonly familyName?: string | undefined };
  readonly locale: Locale;
  /** The network address that asks. Kept as a keyed hash. */
  readonly ip: string;
  readonly mostPerAddress: number;
};

export type Challenge = { readonly id: ChallengeId; readonly kind: ContactKind; readonly expiresAt: Date };

/** What a text that someone typed is, in its one form; undefined when it is neither an e-mail address nor a phone. */
export async function contactIn(
  ctx: Pick<Ctx, "snapshots">,
  text: string,
  channelId: ChannelId | null,
): Promise<{ readonly kind: ContactKind; readonly address: string } | undefined> {
  const email = normalizeEmail(text);
  if (email) return { kind: "email", address: email };
  const phone = /\d{6}/.test(text.replaceAll(/\D/g, "")) ? normalizePhone(text, await countryOf(ctx, channelId)) : undefined;
  return phone ? { kind: "phone", address: phone } : undefined;
}

/**
 * Makes a six-digit code for an address, valid for ten minutes and five tries; it is kept sealed and the event carries the challenge's id
 * alone [IDN-13]. The answer is the same whether somebody is known there or not.
 * Errors: `customer.not_a_contact`, `challenge.too_many_codes`. Publishes `customer.code_requested.v1`.
 */
export async function requestCode(ctx: Ctx, vault: Vault, wanted: WantedCode): Promise<Result<Challenge, CustomerError>> {
  const contact = await contactIn(ctx, wanted.contact, wanted.channelId);
  if (!contact) return err({ code: "customer.not_a_contact" });
  const asker = vault.mac("code asker", wanted.ip);
  if (await askedTooOften(ctx, contact.address, asker, wanted.mostPerAddress))
    return err({ code: "challenge.too_many_codes", retryAfterSeconds: WINDOW_MINUTES * 60 });
  const id = ctx.newId<ChallengeId>();
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const expiresAt = new Date(ctx.now.getTime() + VALID_MINUTES * 60_000);
  await sql`
    insert into customers.challenge (id, purpose, kind, address, record_id, channel_id, sealed_code, attributes, locale, asker, expires_at)
    values (${id}, ${wanted.purpose}, ${contact.kind}, ${contact.address}, ${wanted.recordId}, ${wanted.channelId}, ${vault.seal(code)},
            ${JSON.stringify(wanted.names)}::jsonb, ${wanted.locale}, ${asker}, ${expiresAt})`.execute(ctx.db);
  const { purpose, channelId, recordId } = wanted;
  await publish(ctx, CodeRequested, `challenge/${id}`, { challengeId: id, purpose, channelId, recordId });
  return ok({ id, kind: contact.kind, expiresAt });
}

/** A thousand requests at once for one address are counted one by one. */
async function askedTooOften(ctx: Ctx, address: string, asker: Buffer, mostPerAddress: number): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`customers.challenge/${address}`}, 0))`.execute(ctx.db);
  const { rows } = await sql<{ byContact: number; byAsker: number }>`
    select (select count(*) from customers.challenge where address = ${address} and created_at > now() - make_interval(mins => ${WINDOW_MINUTES}))::integer as "byContact",
           (select count(*) from customers.challenge where asker = ${asker} and created_at > now() - make_interval(mins => ${WINDOW_MINUTES}))::integer as "byAsker"`.execute(
    ctx.db,
  );
  return (rows[0]?.byContact ?? 0) >= CODES_PER_CONTACT || (rows[0]?.byAsker ?? 0) >= mostPerAddress;
}

type ChallengeRow = {
  readonly purpose: Purpose;
  readonly kind: ContactKind;
  readonly address: string;
  readonly recordId: RecordId | null;
  readonly channelId: ChannelId;
  readonly sealedCode: string;
  readonly names: { readonly givenName?: string; readonly familyName?: string };
  readonly locale: Locale;
  readonly attempts: number;
  readonly expiresAt: Date;
};

export type OpenedChallenge = Omit<ChallengeRow, "sealedCode" | "attempts"> & { readonly code: string };

const COLUMNS = sql`purpose, kind, address, record_id as "recordId", channel_id as "channelId", sealed_code as "sealedCode", attributes as names,
  locale, attempts, expires_at as "expiresAt"`;

/** For the one place that sends: the code and where it goes. Undefined when it was used, has run out, or the person was erased. */
export async function openChallenge(ctx: Pick<ReadCtx, "db">, vault: Vault, id: string): Promise<OpenedChallenge | undefined> {
  const { rows } = await sql<ChallengeRow>`
    select ${COLUMNS} from customers.challenge where id = ${id} and used_at is null and expires_at > now()`.execute(ctx.db);
  const [row] = rows;
  const code = row && vault.open(row.sealedCode);
  if (!row || code === null || code === undefined) return undefined;
  const { sealedCode: _sealedCode, attempts: _attempts, ...challenge } = row;
  return { ...challenge, code };
}

export type CheckedCode =
  | { readonly kind: "right"; readonly challenge: ChallengeRow }
  /** Stays written although the caller is refused: the try counts. */
  | { readonly kind: "refused"; readonly error: CustomerError };

/** Compares a code under the challenge's lock. Five wrong ones end it; a right one is used up [IDN-13]. */
export async function checkCode(ctx: Ctx, vault: Vault, id: ChallengeId, purpose: Purpose, code: string): Promise<CheckedCode> {
  const { rows } = await sql<ChallengeRow>`
    select ${COLUMNS} from customers.challenge where id = ${id} and purpose = ${purpose} and used_at is null for update`.execute(ctx.db);
  const [challenge] = rows;
  if (!challenge) return { kind: "refused", error: { code: "challenge.unknown" } };
  if (challenge.expiresAt <= ctx.now) return { kind: "refused", error: { code: "challenge.expired" } };
  if (challenge.attempts >= MOST_ATTEMPTS) return { kind: "refused", error: { code: "challenge.too_many_attempts" } };
  if (isSame(code, vault.open(challenge.sealedCode) ?? "")) {
    await sql`update customers.challenge set used_at = now() where id = ${id}`.execute(ctx.db);
    return { kind: "right", challenge };
  }
  await sql`update customers.challenge set attempts = attempts + 1 where id = ${id}`.execute(ctx.db);
  return { kind: "refused", error: { code: "challenge.wrong_code", attemptsLeft: MOST_ATTEMPTS - challenge.attempts - 1 } };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether a code that was sent to this address was read back within the last half hour: then staff may call it verified. */
export async function wasConfirmed(ctx: Pick<Ctx, "db">, address: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from customers.challenge where address = ${address} and used_at > now() - interval '30 minutes' limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** Forgets codes a day after they ran out: they count for limits until then. Answers how many went. */
export async function deleteOldChallenges(ctx: Ctx): Promise<number> {
  const { numAffectedRows } = await sql`delete from customers.challenge where expires_at < now() - interval '1 day'`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
