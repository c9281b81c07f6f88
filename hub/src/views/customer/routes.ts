import type { AnswerOf, CustomerPageView, TimelineEntryView } from "@weft/contracts";
import { asId, err, ok, type CustomerId, type RecordId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, type Actor, type ReadCtx, type Route, type ShownTouch } from "../../platform/index.ts";
import { preferencesInForce } from "../../modules/consent/index.ts";
import {
  CUSTOMER_PROBLEMS,
  candidatesAtTill,
  channelsSeen,
  customerOf,
  findCustomers,
  listMatches,
  personRecordsOf,
  readPerson,
  readRecords,
  type CardPorts,
  type CustomerError,
  type Found,
  type Person,
} from "../../modules/customers/index.ts";
import { claimShownCard, readCardToken, recordOfCard, shownBalance, shownCard, type CardKeys } from "../../modules/loyalty/index.ts";
import { marksOf, readAbout } from "./about.ts";
import { presentPage, presentPerson, showCustomers, type LastSeenOf } from "./present.ts";

export type TimelinePage = { readonly items: TimelineEntryView[]; readonly nextCursor: string | null };

export type CustomerViewDeps = CardKeys & {
  readonly lastSeenOf: LastSeenOf;
  /** Everything that happened to these records, newest first; `touchpoints` reads it. */
  readonly timelineOf: (
    ctx: ReadCtx,
    recordIds: readonly RecordId[],
    page: {
      readonly limit: number;
      readonly cursor?: string | undefined;
      readonly channelKind?: string | undefined;
      readonly kind?: string | undefined;
    },
  ) => Promise<TimelinePage>;
  /** What each module holds of a person, by its name, for portability. */
  readonly exporters: Readonly<Record<string, (ctx: ReadCtx, recordIds: readonly RecordId[]) => Promise<unknown>>>;
};

const UNKNOWN: CustomerError = { code: "customer.unknown" };
const Seen = z
  .string()
  .refine((text) => text === "" || (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/.test(text) && !Number.isNaN(Date.parse(text))));
const FoundAt = z.tuple([z.string().max(200), z.string().max(200), Seen, z.uuid()]);
const MatchAt = z.tuple([z.number(), z.iso.datetime(), z.uuid()]);
const PROBLEMS = { problems: CUSTOMER_PROBLEMS };
const ofOthers = ({ params }: { readonly params: { readonly id: string } }): string | null =>
  params.id === "me" ? null : `customer/${params.id}`;

export const customerViewRoutes = (deps: CustomerViewDeps): readonly Route[] => [
  ...pageRoutes(deps),
  ...searchRoutes(deps),
  ...ownRoutes(deps),
];

const pageRoutes = (deps: CustomerViewDeps): readonly Route[] => [
  read(
    "customers.read",
    async (ctx, { params }) => {
      const person = await visiblePerson(ctx, params.id);
      if (!person) return err(UNKNOWN);
      const { recordIds } = person;
      const [about, lastSeen] = await Promise.all([readAbout(ctx, person.id), deps.lastSeenOf(ctx, recordIds)]);
      return ok(presentPage(person, about, lastSeen));
    },
    { ...PROBLEMS, audit: ofOthers, shown: (page, _input, actor) => shownCustomer(page, actor) },
  ),
  read(
    "customers.timeline",
    async (ctx, { params, query }) => {
      const own = idNamed(ctx, params.id);
      const records = own && (await readRecords(ctx, own));
      if (!records || !(await isVisible(ctx, records))) return err(UNKNOWN);
      return ok(
        await deps.timelineOf(
          ctx,
          records.map(({ id }) => id),
          query,
        ),
      );
    },
    { ...PROBLEMS, audit: ofOthers },
  ),
  read(
    "customers.export",
    async (ctx, { params }) => {
      const person = await visiblePerson(ctx, params.id);
      if (!person) return err(UNKNOWN);
      // The right is the person's, whatever the link levels carry [IDN-15].
      const recordIds = await personRecordsOf(ctx, asId<RecordId>(person.id)); // a customer's id is that of a record
      const about = await readAbout(ctx, person.id);
      const held: Record<string, unknown> = { customer: presentPage(person, about, await deps.lastSeenOf(ctx, person.recordIds)) };
      for (const [name, exporter] of Object.entries(deps.exporters)) held[name] = await exporter(ctx, recordIds);
      return ok(held);
    },
    { ...PROBLEMS, isFile: true, audit: (_input, { customer }) => `customer/${(customer as { readonly id: string }).id}` }, // as it was put together above
  ),
];

/** The customer whom a path names, if this caller may see them. */
async function visiblePerson(ctx: ReadCtx, idOrMe: string): Promise<Person | undefined> {
  const id = idNamed(ctx, idOrMe);
  const person = id && (await readPerson(ctx, id));
  if (!person) return undefined;
  const channelOf = new Map(person.records.map((record) => [record.id, record.channelId]));
  const records = person.recordIds.map((recordId) => ({ id: recordId, channelId: channelOf.get(recordId) ?? null }));
  return (await isVisible(ctx, records)) ? person : undefined;
}

const idNamed = ({ actor }: ReadCtx, idOrMe: string): CustomerId | undefined =>
  (idOrMe === "me" ? actor.customer?.recordId : idOrMe) as CustomerId | undefined; // a customer's id is the id of a record

/** Whether this caller may see a customer with these records [IDN-10]: decided on what was read, so that it costs no statement of its own. */
async function isVisible(ctx: ReadCtx, records: readonly { readonly id: string; readonly channelId: string | null }[]): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind === "system" || records.some(({ id }) => id === actor.customer?.recordId)) return true;
  if (!actor.staff && actor.kind !== "secret") return false;
  const seen = await channelsSeen(ctx);
  return seen === null || records.some(({ channelId }) => seen.some((id) => id === channelId));
}

const searchRoutes = (keys: CustomerViewDeps): readonly Route[] => [
  read(
    "customers.find",
    async (ctx, { query }) => {
      const { channelId } = ctx.actor;
      const at = readCursor(FoundAt, query.cursor);
      const after = at && { word: at[0], other: at[1], seen: at[2], id: at[3] };
      const channels = await channelsSeen(ctx);
      const found = await findCustomers(ctx, query.query, { channelId, channels, limit: query.limit + 1, after }, cardsOf(keys));
      const page = pageFrom(
        found,
        query.limit,
        ({ customerId }: Found) => customerId,
        ({ word, other, seen, id }) => [word, other, seen, id],
      );
      return ok({ items: await showCustomers(ctx, page.items), nextCursor: page.nextCursor });
    },
    {
      ...PROBLEMS,
      audit: (_input, { items }) => (items.length > 0 ? `customers found: ${items.length}, first customer/${items[0]?.id}` : null),
    },
  ),
  read(
    "customers.findAtTill",
    async (ctx, { query }) => {
      const placeId = ctx.actor.device?.placeId ?? ctx.actor.placeId;
      const { candidates, tooMany } = await candidatesAtTill(ctx, query.query, { placeId, channelId: ctx.actor.channelId }, cardsOf(keys));
      const marks = await marksOf(
        ctx,
        candidates.map(({ customerId }) => customerId),
        placeId,
      );
      const none = { hasOpenCart: false, hasCollection: false };
      const shown = candidates.map(({ isShownOnly, ...candidate }) => ({
        ...candidate,
        ...((isShownOnly ? undefined : marks.get(candidate.customerId)) ?? none),
      }));
      return ok({ candidates: shown, tooMany });
    },
    PROBLEMS,
  ),
  read(
    "customers.matches",
    async (ctx, { query }) => {
      const at = readCursor(MatchAt, query.cursor);
      const rows = await listMatches(ctx, query.status, query.limit + 1, at && { rank: at[0], at: at[1], id: at[2] });
      return ok(
        pageFrom(
          rows,
          query.limit,
          ({ rank: _rank, ...match }) => match,
          (match) => [match.rank, match.at, match.id],
        ),
      );
    },
    { ...PROBLEMS, audit: (_input, { items }) => (items[0] ? `matches, first record/${items[0].a.id}` : null) },
  ),
];

/** What `loyalty` knows of cards, for `customers`, which stands below it. */
export const cardsOf = (keys: CardKeys): CardPorts => ({
  recordOfCard,
  readCardToken: (ctx, token) => readCardToken(keys, token, ctx.now),
  claimShownCard,
});

const ownRoutes = (keys: CustomerViewDeps): readonly Route[] => [
  read(
    "customers.me",
    async (ctx) => {
      const recordId = ctx.actor.customer?.recordId;
      const person = recordId && (await readPerson(ctx, await customerOf(ctx, recordId)));
      if (!person) return err(UNKNOWN);
      const about = await readAbout(ctx, person.id);
      const customer = presentPerson(person, about.cardNumber);
      const isVerified = (kind: "email" | "phone") =>
        person.identifiers.some(
          (identifier) => identifier.kind === kind && identifier.value === customer[kind] && identifier.verifiedAt !== null,
        );
      return ok({
        ...customer,
        points: about.points,
        cardToken: (await shownCard(keys, recordId, ctx.now)).cardToken,
        verified: (["email", "phone"] as const).filter(isVerified),
        channels: [...new Set(person.records.map(({ channelKind }) => channelKind))],
        preferences: await preferencesInForce(ctx, recordId, ctx.actor.channelId),
      });
    },
    { ...PROBLEMS, shown: (me, _input, actor) => shownMe(me, actor) },
  ),
];

/** What somebody's own page showed of them: each answer is a showing of its own. */
function shownMe({ points, preferences }: AnswerOf<"customers.me">, actor: Actor): ShownTouch | null {
  const shown = shownBalance(points, actor.customer?.recordId ?? null, actor);
  return shown && { ...shown, version: Date.now(), shown: { ...shown.shown, preferences } };
}

/** What the office's page showed of somebody; a machine that reads with a key shows nothing to anybody. */
function shownCustomer(page: CustomerPageView, actor: Actor): ShownTouch | null {
  const shown = actor.staff && shownBalance(page.points, page.id, actor); // a customer's id is that of one of the records
  return shown && page.openCartId !== null ? { ...shown, shown: { ...shown.shown, cart: { id: page.openCartId } } } : shown;
}
