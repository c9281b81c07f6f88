import { z } from "zod";
import { PreferencesInForce } from "./consent.ts";
import { Customer, CustomerResolution } from "./customers.ts";
import { ChannelKind, IdParams, Instant, Locale, LocalizedText, Uuid, type Endpoint } from "./shared.ts";

/** What a cashier may see before choosing a person: never the whole contact. */
export const CustomerCandidate = z
  .object({
    customerId: Uuid,
    givenName: z.string().nullable(),
    familyInitial: z.string().nullable(),
    maskedContact: z.string().nullable(),
    hasOpenCart: z.boolean(),
    hasCollection: z.boolean(),
  })
  .meta({ id: "CustomerCandidate" });

/** What the till shows of a chosen person. */
export const TillCustomer = z
  .object({
    customerId: Uuid,
    recordId: Uuid,
    givenName: z.string().nullable(),
    familyInitial: z.string().nullable(),
    /** `shown_object`: the customer is another channel's, which only hands over. What they showed says this much and no more. */
    knownAs: z.enum(["customer", "shown_object"]),
    maskedContact: z.string().nullable(),
    points: z.int(),
    pointsAsOf: z.enum(["now", "last_night"]),
    /** The name of their tier; null: none, or not told here. */
    tier: LocalizedText.nullable(),
    /** What their points buy here; empty where points are only earned. */
    rewards: z.array(z.object({ id: Uuid, name: LocalizedText, points: z.int(), missing: z.int() })),
    currentCart: z
      .object({
        id: Uuid,
        version: z.int(),
        lineCount: z.int(),
        total: z.object({ amount: z.int(), currency: z.string() }),
        channelKind: ChannelKind,
        updatedAt: Instant,
      })
      .nullable(),
    collections: z.array(
      z.object({
        fulfillmentId: Uuid,
        orderNumber: z.string(),
        state: z.string(),
        due: z.object({ amount: z.int(), currency: z.string() }),
      }),
    ),
    usual: z.array(z.object({ sku: z.string(), timesBought: z.int() })),
    /** How they want to be treated: language, way and topics of messages. */
    preferences: PreferencesInForce,
  })
  .meta({ id: "TillCustomer" });

export const tillCustomersEndpoints = {
  "customers.findAtTill": {
    summary:
      "Candidates by card QR, whole phone or e-mail, part of the name, or last four digits among people near; at most three, else `tooMany`",
    tag: "customers",
    query: z.object({ query: z.string().min(1).max(600) }),
    response: z.object({ candidates: z.array(CustomerCandidate), tooMany: z.boolean() }).meta({ id: "CandidateList" }),
    status: 200,
  },
  "customers.openAtTill": {
    summary: "Open one candidate at the till (audited, counted per shift); a customer of a channel that only hands over by what they show",
    tag: "customers",
    params: IdParams,
    /** What was scanned or typed from the card that the customer shows. */
    body: z.object({ shown: z.string().min(1).max(600).optional() }).optional(),
    response: TillCustomer,
    status: 201,
  },
  "customers.createAtTill": {
    summary: "A new customer at the till: sends a code to read back, and answers a QR to claim on the phone",
    tag: "customers",
    body: z.object({
      givenName: z.string().min(1).max(80),
      familyName: z.string().max(80).optional(),
      email: z.string().max(254).optional(),
      phone: z.string().max(40).optional(),
      locale: Locale.optional(),
    }),
    response: z
      .object({
        customer: TillCustomer,
        resolution: z.enum(["created", "matched", "review"]),
        challengeId: Uuid.nullable(),
        claimCode: z.string(),
        claimUrl: z.string(),
      })
      .meta({ id: "NewTillCustomer" }),
    status: 201,
  },
  "customers.confirmContact": {
    summary: "The code that the person read back: their phone or e-mail is verified and records that share it are linked",
    tag: "customers",
    body: z.object({ challengeId: Uuid, code: z.string().regex(/^\d{6}$/) }),
    response: CustomerResolution,
    status: 200,
  },
  "customers.claim": {
    summary: "Claim on the phone the record that the till made (QR)",
    tag: "customers",
    params: z.object({ code: z.string().max(64) }),
    response: Customer,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
