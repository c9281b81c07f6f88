import { z } from "zod";

export const Uuid = z.uuid();
export const Instant = z.iso.datetime({ offset: true });
export const LocalDate = z.iso.date();

export const LOCALES = ["en", "fr", "de", "ca"] as const;
export const Locale = z.enum(LOCALES);
export type Locale = z.infer<typeof Locale>;

/** A text in the languages it exists in. `en` is always there; readers take their language, else `en`. */
export const LocalizedText = z
  .object({ en: z.string(), fr: z.string().optional(), de: z.string().optional(), ca: z.string().optional() })
  .meta({ id: "LocalizedText" });
export type LocalizedText = z.infer<typeof LocalizedText>;

const Currency = z.string().regex(/^[A-Z]{3}$/);

export const Money = z
  .object({ amount: z.int(), currency: Currency })
  .meta({ id: "Money", description: "Minor units of an ISO 4217 currency" });

export const UnitPrice = z
  .object({
    amount: z.int(),
    scale: z.int().min(0).max(4),
    currency: Currency,
    per: z.object({ quantity: z.int().positive(), unit: z.enum(["piece", "gram"]) }),
  })
  .meta({ id: "UnitPrice", description: "An integer amount with `scale` digits below the minor unit; only a line total is rounded" });

/** Why a figure or a decision is as it is: a stable kind and the data to put it into words. */
export const Because = z.object({ kind: z.string(), data: z.record(z.string(), z.unknown()).optional() }).meta({ id: "Because" });
export type Because = z.infer<typeof Because>;

export const FieldProblemSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });

/** RFC 9457. The error's own fields stand beside these. */
export const ProblemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string().optional(),
    errors: z.array(FieldProblemSchema).optional(),
  })
  .meta({ id: "Problem" });

export const CHANNEL_KINDS = ["web", "app", "store", "phone", "email", "messaging", "social", "screen", "office", "desk"] as const;
export const ChannelKind = z.enum(CHANNEL_KINDS);
export type ChannelKind = z.infer<typeof ChannelKind>;

/**
 * How far a channel is linked, rising: `siloed` (multichannel) keeps to itself, `handover` (cross-channel) passes on what the customer
 * shows, `linked` (omnichannel) is one with the other linked channels.
 */
export const LINK_LEVELS = ["siloed", "handover", "linked"] as const;
export const LinkLevel = z.enum(LINK_LEVELS);
export type LinkLevel = z.infer<typeof LinkLevel>;

/** What a customer may take along from one channel to another. */
export const FACETS = ["identity", "cart", "price", "promise", "order", "loyalty", "conversation", "preferences"] as const;
export const Facet = z.enum(FACETS);
export type Facet = z.infer<typeof Facet>;

/** Facets that are about a place: for the places of a group their level may differ from the channel's. */
export const PLACE_FACETS = ["cart", "price", "promise", "order"] as const;
export const PlaceFacet = z.enum(PLACE_FACETS);
export type PlaceFacet = z.infer<typeof PlaceFacet>;

export const PageQuery = { limit: z.coerce.number().int().min(1).max(200).default(20), cursor: z.string().max(400).optional() };

/** A page of a list: the rows and the opaque cursor of the next page, null at the end. */
export function pageOf<T extends z.ZodType>(item: T): z.ZodObject<{ items: z.ZodArray<T>; nextCursor: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const IdParams = z.object({ id: Uuid });

/** `me` stands for the signed-in customer. */
export const CustomerParams = z.object({ id: z.union([Uuid, z.literal("me")]) });

export const BooleanQuery = z.enum(["true", "false"]).transform((text) => text === "true");

/** One operation of the API. `response: null` means an answer without a body (204). */
export type Endpoint = {
  readonly summary: string;
  readonly tag: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType | null;
  readonly status: 200 | 201 | 202 | 204;
  /** The body of a 202 where the answer may have to wait for the world outside: ask again with the same key. */
  readonly pending?: z.ZodType;
  /** Commands that move money, stock or points need an `Idempotency-Key`; others may carry one. */
  readonly idempotencyKey?: "required";
  /** Takes raw bytes and reads them itself (event intake), or answers something else than JSON (a stream, a picture). */
  readonly raw?: true;
};
