import type { ChannelId, CustomerId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type ReadCtx } from "../../../platform/index.ts";
import { maskContact, readSearch, type ContactKind } from "../domain/index.ts";
import { NEAR_DAYS } from "../commands/near.ts";
import { channelsSeen, isOnChannels } from "./visible.ts";
import { findCustomers, isPhoneEndingIn, type CardPorts } from "./find.ts";

/** More than this is no answer but leafing through people: the cashier is asked for more letters or digits. */
export const MOST_CANDIDATES = 3;

/** What a cashier may see of somebody before opening them. */
export type Candidate = {
  readonly customerId: CustomerId;
  readonly givenName: string | null;
  readonly familyInitial: string | null;
  readonly maskedContact: string | null;
  /** Another channel's, which only hands over: their card says a name and no more [IDN-19]. */
  readonly isShownOnly: boolean;
};

export type Candidates = { readonly candidates: readonly Candidate[]; readonly tooMany: boolean };

/**
 * Candidates among those whom the link levels let this till see [IDN-19], by a scanned card, a whole phone or e-mail address, a part of the name, or the last digits among people near the till
 * [IDN-11]: at most three, else none and `tooMany`. Nothing of a contact is shown but its end.
 */
export async function candidatesAtTill(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">,
  text: string,
  at: { readonly placeId: PlaceId | null; readonly channelId: ChannelId | null },
  cards: CardPorts,
): Promise<Candidates> {
  const search = readSearch(text);
  const channels = await channelsSeen(ctx);
  const cardChannels = channels && (await channelsSeen(ctx, "card"));
  const ids =
    search.kind === "last_digits"
      ? await nearByLastDigits(ctx, search.digits, at.placeId, channels)
      : (
          await findCustomers(
            ctx,
            text,
            { channelId: at.channelId, channels, cardChannels, limit: MOST_CANDIDATES + 1, after: null },
            cards,
          )
        ).map(({ customerId }) => customerId);
  if (ids.length > MOST_CANDIDATES) return { candidates: [], tooMany: true };
  const candidates = await candidatesOf(ctx, ids);
  if (channels === null || candidates.length === 0) return { candidates, tooMany: false };
  const seen = await seenAmong(ctx, ids, channels);
  const asShown = (candidate: Candidate): Candidate =>
    seen.has(candidate.customerId) ? candidate : { ...candidate, maskedContact: null, isShownOnly: true };
  return { candidates: candidates.map(asShown), tooMany: false };
}

async function seenAmong(
  ctx: Pick<ReadCtx, "db">,
  ids: readonly CustomerId[],
  channels: readonly ChannelId[],
): Promise<ReadonlySet<CustomerId>> {
  const { rows } = await sql<{ id: CustomerId }>`
    select c.id from unnest(${idList(ids)}) c (id) where ${isOnChannels(sql`c.id`, channels)}`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id));
}

async function nearByLastDigits(
  ctx: Pick<ReadCtx, "db">,
  digits: string,
  placeId: PlaceId | null,
  channels: readonly ChannelId[] | null,
): Promise<CustomerId[]> {
  const { rows } = await sql<{ id: CustomerId }>`
    select distinct customers.customer_of(p.record_id) as id
      from (select record_id from customers.contact_point where ${isPhoneEndingIn(digits)} limit 2000) p
     where exists (select from customers.records_of(p.record_id) own
                     join customers.near_place n on n.record_id = own and n.place_id = ${placeId}::uuid
                      and n.at > now() - make_interval(days => ${NEAR_DAYS}))
       and ${isOnChannels(sql`customers.customer_of(p.record_id)`, channels)}
     limit ${MOST_CANDIDATES + 1}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** First name, initial and masked contact of customers, in the order of their ids given. */
export async function candidatesOf(ctx: Pick<ReadCtx, "db">, ids: readonly CustomerId[]): Promise<Candidate[]> {
  const { rows } = await sql<{
    id: CustomerId;
    givenName: string | null;
    familyName: string | null;
    email: string | null;
    phone: string | null;
  }>`
    select wanted.id, p.fields ->> 'givenName' as "givenName", p.fields ->> 'familyName' as "familyName",
           p.fields ->> 'email' as email, p.fields ->> 'phone' as phone
      from unnest(${idList(ids)}) with ordinality as wanted (id, position)
     cross join lateral (select coalesce(jsonb_object_agg(field, value), '{}') as fields from customers.living_field f where f.customer_id = wanted.id) p
     order by wanted.position`.execute(ctx.db);
  return rows.map(({ id, givenName, familyName, email, phone }) => ({
    customerId: id,
    givenName,
    familyInitial: familyName === null ? null : ([...familyName][0] ?? null),
    maskedContact: masked("phone", phone) ?? masked("email", email),
    isShownOnly: false,
  }));
}

const masked = (kind: ContactKind, value: string | null): string | null => (value === null ? null : maskContact(kind, value));
