import type { Locale } from "@weft/contracts";
import { err, ok, type CustomerId, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { grantShown, isGranted, newToken } from "../../access/index.ts";
import type { CustomerError } from "../errors.ts";
import { CustomerOpened } from "../events.ts";
import { hashOfClaim } from "../normalize.ts";
import { isSeen } from "../queries/visible.ts";
import { recordsOf } from "../queries/who.ts";
import { requestCode, type ChallengeId } from "./challenges.ts";
import { wereNear } from "./near.ts";
import { writeRecord, type Resolution } from "./write-record.ts";

const CLAIM_DAYS = 7;

/**
 * Opens a customer at a till: for half an hour this till may see and take over what is theirs [IDN-12]. Counted by the shift.
 * The record that stands for them is the till channel's own, else the one known first.
 * A customer of a channel that does not carry identity to this till is opened by the records of the card that they show.
 * Errors: `customer.unknown`, `customer.not_shown`. Publishes `customer.opened.v1`.
 */
export async function openCustomer(
  ctx: Ctx,
  customerId: CustomerId,
  shownCard: readonly RecordId[] = [],
): Promise<Result<RecordId, CustomerError>> {
  const records = await recordsOf(ctx, customerId);
  if (records.length === 0) return err({ code: "customer.unknown" });
  const entry = (await isSeen(ctx, records)) ? "known" : await openedByCard(ctx, records, shownCard);
  if (entry === "refused") return err({ code: "customer.not_shown" });
  const { rows } = await sql<{ id: RecordId }>`
    select id from customers.source_record where id = any (${records}::uuid[]) and state = 'known' order by channel_id = ${ctx.actor.channelId} desc, known_at, id limit 1`.execute(
    ctx.db,
  );
  const [record] = rows;
  if (!record) return err({ code: "customer.unknown" });
  await keepOpening(ctx, record.id);
  return ok(record.id);
}

/** At `handover` a customer of another channel is opened by the card that they show, and for half an hour by what they showed [IDN-19]. */
async function openedByCard(ctx: Ctx, records: readonly RecordId[], shownCard: readonly RecordId[]): Promise<"shown" | "refused"> {
  const card = shownCard.find((id) => records.includes(id));
  if (card !== undefined && (await isSeen(ctx, [card], "card"))) {
    await grantShown(ctx, `record/${card}`, "card");
    return "shown";
  }
  const isShown = await isGranted(
    ctx,
    records.map((id) => `record/${id}`),
  );
  return isShown && (await isSeen(ctx, records, "card")) ? "shown" : "refused";
}

async function keepOpening(ctx: Ctx, recordId: RecordId): Promise<void> {
  const { staff, device, channelId } = ctx.actor;
  const placeId = device?.placeId ?? ctx.actor.placeId;
  const openingId = ctx.newId<Id<"opening">>();
  await sql`
    insert into customers.opening (id, record_id, device_id, staff_id, place_id)
    values (${openingId}, ${recordId}, ${device?.id ?? null}, ${staff?.id ?? null}, ${placeId})`.execute(ctx.db);
  if (placeId) await wereNear(ctx, [{ recordId, placeId, at: ctx.now }]);
  await publish(ctx, CustomerOpened, `record/${recordId}`, {
    openingId,
    recordId,
    placeId,
    deviceId: device?.id ?? null,
    registerId: device?.registerId ?? null,
    staffId: staff?.id ?? null,
    channelId,
  });
}

export type NewAtTill = {
  readonly givenName: string;
  readonly familyName?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly locale: Locale;
  readonly ip: string;
};

export type MadeAtTill = { readonly resolution: Resolution; readonly challengeId: ChallengeId | null; readonly claimCode: string };

/**
 * Makes a customer at the till, with what they say: nothing of it is verified, so it links to nobody [IDN-2]. A code goes to the phone,
 * else to the e-mail address, to be read back; and a QR lets them claim the record on their phone. The till has them open.
 * Errors: `customer.channel_missing`, `customer.not_a_contact`, `challenge.too_many_codes`.
 */
export async function createAtTill(
  ctx: Ctx,
  deps: { readonly vault: Vault; readonly mostCodesPerAddress: number },
  { ip, ...given }: NewAtTill,
): Promise<Result<MadeAtTill, CustomerError>> {
  const { channelId } = ctx.actor;
  if (channelId === null) return err({ code: "customer.channel_missing" });
  const input = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const written = await writeRecord(ctx, { channelId, input, verified: [], verifiedBy: "code", cause: "till" });
  if (!written.ok) return written;
  const { recordId } = written.value;
  await keepOpening(ctx, recordId);
  const contact = given.phone ?? given.email;
  const asked =
    contact === undefined
      ? null
      : await requestCode(ctx, deps.vault, {
          purpose: "confirm",
          contact,
          channelId,
          recordId,
          names: {},
          locale: given.locale,
          ip,
          mostPerAddress: deps.mostCodesPerAddress,
        });
  if (asked && !asked.ok) return asked;
  return ok({ resolution: written.value, challengeId: asked?.value.id ?? null, claimCode: await offerClaim(ctx, recordId) });
}

/** A code of 256 random bits that opens the record once, within a week: it may stand on the receipt. */
async function offerClaim(ctx: Ctx, recordId: RecordId): Promise<string> {
  const code = newToken();
  const expiresAt = new Date(ctx.now.getTime() + CLAIM_DAYS * 86_400_000);
  await sql`insert into customers.claim (code_hash, record_id, expires_at) values (${hashOfClaim(code)}, ${recordId}, ${expiresAt})`.execute(
    ctx.db,
  );
  return code;
}
