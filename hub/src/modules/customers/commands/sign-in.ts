import { err, ok, type CartId, type ChannelId, type CustomerId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { createCustomerSession, type NewSession } from "../../access/index.ts";
import type { CustomerError } from "../errors.ts";
import { CustomerClaimed, CustomerSignedIn } from "../events.ts";
import { hashOfClaim } from "../normalize.ts";
import { checkCode, type ChallengeId } from "./challenges.ts";
import { customerOf, personRecordsOf } from "../queries/who.ts";
import { areJudgedDifferent, link } from "./link.ts";
import { lockCustomer } from "./provisional.ts";
import { writeRecord, type Resolution } from "./write-record.ts";

/** The cart that a browser filled before anybody was known. */
export type AnonymousCart = { readonly cartId: CartId; readonly token: string };
/** Makes it the customer's current one; `carts` stands above this module, so it is handed in. */
export type AdoptCart = (ctx: Ctx, anonymous: AnonymousCart, recordId: RecordId) => Promise<unknown>;

export type SignInTry = {
  readonly challengeId: ChallengeId;
  readonly code: string;
  readonly app: string;
  readonly anonymous: AnonymousCart | undefined;
};

export type SignInOutcome =
  | { readonly kind: "signed_in"; readonly recordId: RecordId; readonly channelId: ChannelId; readonly session: NewSession }
  | { readonly kind: "refused"; readonly error: CustomerError };

/**
 * Signs in whoever has the code: the address is verified on this channel's record of them, which is made when there is none, and records
 * that hold it verified are linked [IDN-2]. The cart of this browser becomes the current one, under the customer's lock.
 * A wrong code is no error but an outcome: the try stays counted. Publishes `customer.signed_in.v1` and what `writeRecord` publishes.
 */
export async function signInByCode(
  ctx: Ctx,
  deps: { readonly vault: Vault; readonly adoptCart: AdoptCart },
  wanted: SignInTry,
): Promise<Result<SignInOutcome, CustomerError>> {
  const checked = await checkCode(ctx, deps.vault, wanted.challengeId, "sign_in", wanted.code);
  if (checked.kind === "refused") return ok(checked);
  const { kind, address, names, locale, channelId } = checked.challenge;
  const input = { ...names, locale, [kind]: address };
  const written = await writeRecord(ctx, { channelId, input, verified: [kind], verifiedBy: "sign_in", cause: "sign_in" });
  if (!written.ok) return written;
  const { recordId } = written.value;
  const session = await startSession(ctx, recordId, wanted.app, channelId);
  if (wanted.anonymous) {
    await lockCustomer(ctx, recordId);
    await deps.adoptCart(ctx, wanted.anonymous, recordId);
  }
  return ok({ kind: "signed_in", recordId, channelId, session });
}

async function startSession(ctx: Ctx, recordId: RecordId, app: string, channelId: ChannelId): Promise<NewSession> {
  const session = await createCustomerSession(ctx, { recordId, app, channelId });
  await publish(ctx, CustomerSignedIn, `record/${recordId}`, { recordId, channelId });
  return session;
}

export type ConfirmOutcome =
  | { readonly kind: "confirmed"; readonly resolution: Resolution }
  | { readonly kind: "refused"; readonly error: CustomerError };

/** The code that a person read back at the till: their address is verified, and records that hold it verified are linked [IDN-2]. */
export async function confirmContact(
  ctx: Ctx,
  vault: Vault,
  { challengeId, code }: { readonly challengeId: ChallengeId; readonly code: string },
): Promise<Result<ConfirmOutcome, CustomerError>> {
  const checked = await checkCode(ctx, vault, challengeId, "confirm", code);
  if (checked.kind === "refused") return ok(checked);
  const { kind, address, recordId, channelId } = checked.challenge;
  if (!recordId) return err({ code: "customer.unknown" });
  const resolved = await writeRecord(ctx, {
    channelId,
    recordId,
    input: { [kind]: address },
    verified: [kind],
    verifiedBy: "code",
    cause: "code_read_back",
  });
  return resolved.ok ? ok({ kind: "confirmed", resolution: resolved.value }) : resolved;
}

export type Claimed = { readonly customerId: CustomerId; readonly recordId: RecordId; readonly session: NewSession | null };

/**
 * Claims on the phone the record that a till made [IDN-14]. Whoever is signed in gets it linked with their own record; somebody new
 * gets a record on this channel, linked with it, and a session. A code opens once.
 * Errors: `claim.unknown`, `claim.expired`, `claim.claimed`, `customer.channel_missing`, `customer.judged_different`.
 */
export async function claimRecord(ctx: Ctx, code: string, app: string | null): Promise<Result<Claimed, CustomerError>> {
  const { rows } = await sql<{ recordId: RecordId; expiresAt: Date; claimedAt: Date | null }>`
    select record_id as "recordId", expires_at as "expiresAt", claimed_at as "claimedAt" from customers.claim
     where code_hash = ${hashOfClaim(code)} for update`.execute(ctx.db);
  const [claim] = rows;
  if (!claim) return err({ code: "claim.unknown" });
  if (claim.claimedAt) return err({ code: "claim.claimed" });
  if (claim.expiresAt <= ctx.now) return err({ code: "claim.expired" });
  const { channelId } = ctx.actor;
  if (channelId === null) return err({ code: "customer.channel_missing" });
  const signedIn = ctx.actor.customer?.recordId;
  if (!signedIn && app === null) return err({ code: "customer.channel_missing" });
  if (signedIn && (await areJudgedDifferent(ctx, await personRecordsOf(ctx, signedIn), await personRecordsOf(ctx, claim.recordId))))
    return err({ code: "customer.judged_different" });
  const recordId = signedIn ?? (await copyOnChannel(ctx, claim.recordId, channelId));
  await sql`update customers.claim set claimed_at = now(), claimed_by = ${recordId} where code_hash = ${hashOfClaim(code)}`.execute(ctx.db);
  await link(ctx, { a: claim.recordId, b: recordId, kind: "customer", evidence: { claim: true }, reason: "claimed on the phone" });
  const session = signedIn || app === null ? null : await startSession(ctx, recordId, app, channelId);
  await publish(ctx, CustomerClaimed, `record/${recordId}`, { recordId, claimedRecordId: claim.recordId, channelId });
  return ok({ customerId: await customerOf(ctx, recordId), recordId, session });
}

/** The phone's own record of somebody whom only the till knows: the name, and no contact, since nothing is verified. */
async function copyOnChannel(ctx: Ctx, from: RecordId, channelId: ChannelId): Promise<RecordId> {
  const recordId = ctx.newId<RecordId>();
  const { rows } = await sql<{ names: { givenName?: string; familyName?: string } }>`
    select jsonb_strip_nulls(jsonb_build_object('givenName', attributes -> 'givenName', 'familyName', attributes -> 'familyName',
           'locale', attributes -> 'locale')) as names from customers.source_record where id = ${from}`.execute(ctx.db);
  const input = rows[0]?.names ?? {};
  await writeRecord(ctx, { channelId, recordId, input, verified: [], verifiedBy: "code", cause: "claim" });
  return recordId;
}
