import { err, ok, type Result } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { bindVisitor, senderRecords, writeRecord, type RecordInput, type Sender } from "../customers/index.ts";
import type { Rejection } from "./check-event.ts";
import { visitorExternalId, type Delivery, type Prepared } from "./to-touch.ts";

/** Whether an event says who somebody is, beyond an id. Of a signed-in person only their own session says that. */
export function saysWho({ event: { type, traits, previousId }, userId, visitorId }: Prepared, { recordId }: Delivery): boolean {
  if (recordId !== null) return false;
  if (type === "alias") return userId !== null && previousId !== null && previousId !== undefined;
  return type === "identify" && ((userId !== null && visitorId !== null) || (traits !== null && traits !== undefined));
}

/**
 * Takes what an event says of a person into the channel's record of them [TCH-7]: never as verified, so it suggests and links nobody else.
 * A visitor's id that comes with an account's binds the visitor to the account. What an older event says does not replace what a newer one said.
 */
export async function applyIdentity(
  ctx: Ctx,
  { event, touch, userId, visitorId }: Prepared,
  { channelId }: Delivery,
): Promise<Result<null, Rejection>> {
  const visitor = event.type === "alias" ? String(event.previousId) : visitorId;
  const senders: Sender[] = [
    ...(userId === null ? [] : [{ channelId, externalId: userId }]),
    ...(visitor === null ? [] : [{ channelId, externalId: visitorExternalId(visitor) }]),
  ];
  const [first, second] = await senderRecords(ctx, senders);
  if (!first) return ok(null);
  if (event.traits) {
    const written = await writeRecord(ctx, {
      channelId,
      recordId: first,
      input: { ...recordInput(event.traits), ...(userId === null ? {} : { externalId: userId }) },
      verified: [],
      verifiedBy: "channel",
      cause: "identify",
      saidAt: new Date(touch.occurredAt),
    });
    if (!written.ok) return err(refusal(written.error.code));
  }
  if (userId !== null && second) await bindVisitor(ctx, second, first);
  return ok(null);
}

function refusal(code: string): Rejection {
  return code === "customer.too_many_traits"
    ? { code: "touchpoint.too_many_traits", detail: null }
    : { code: "touchpoint.cannot_be_stored", detail: code };
}

type Traits = Readonly<Record<string, unknown>>;

/** Names that event clients use for what a record has as a field of its own. */
const FIELDS = {
  givenName: ["firstName", "first_name", "givenName", "given_name"],
  familyName: ["lastName", "last_name", "familyName", "family_name"],
  email: ["email"],
  phone: ["phone"],
  birthDate: ["birthday", "birthDate", "birth_date"],
} as const;
const OWN_FIELDS: ReadonlySet<string> = new Set(Object.values(FIELDS).flat());
const LONGEST: Readonly<Record<keyof typeof FIELDS, number>> = { givenName: 120, familyName: 120, email: 254, phone: 40, birthDate: 40 };

/** What a record keeps of an event's traits: its own fields, and every other value that is a text, a number or a truth. */
export function recordInput(traits: Traits): RecordInput {
  const fields: Partial<Record<keyof typeof FIELDS, string>> = {};
  // The keys are those of the table above.
  for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
    const value = textOf(traits, FIELDS[field]);
    if (value !== undefined && value.length <= LONGEST[field]) fields[field] = value;
  }
  if (fields.birthDate !== undefined) fields.birthDate = fields.birthDate.slice(0, 10);
  if (fields.birthDate !== undefined && !/^\d{4}-\d\d-\d\d$/.test(fields.birthDate)) delete fields.birthDate;
  const others = Object.entries(traits).filter(
    (entry): entry is [string, string | number | boolean] => !OWN_FIELDS.has(entry[0]) && isPlain(entry[1]),
  );
  return { ...fields, ...(others.length > 0 ? { traits: Object.fromEntries(others) } : {}) };
}

function textOf(traits: Traits, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = traits[name];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return undefined;
}

const isPlain = (value: unknown): boolean => typeof value === "string" || typeof value === "number" || typeof value === "boolean";
