import { IntakeEvent } from "@weft/contracts";
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import type { SentKind } from "./domain.ts";

/** An event that fits the schema. Other fields are there as they came. */
export type SentEvent = {
  readonly type: SentKind;
  readonly messageId?: string | null;
  readonly userId?: string | number | null;
  readonly anonymousId?: string | number | null;
  readonly previousId?: string | number | null;
  readonly event?: string | null;
  readonly name?: string | null;
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly traits?: Readonly<Record<string, unknown>> | null;
  readonly context?: Readonly<Record<string, unknown>> | null;
  readonly timestamp?: string | number | null;
  readonly originalTimestamp?: string | number | null;
  readonly sentAt?: string | number | null;
  readonly [field: string]: unknown;
};

/** Why a touchpoint was not taken. Stable: senders and the quarantine read it. */
export type Rejection = {
  readonly code:
    | "touchpoint.invalid"
    | "touchpoint.event_missing"
    | "touchpoint.sender_missing"
    | "touchpoint.too_large"
    | "touchpoint.too_many_properties"
    | "touchpoint.too_many_traits"
    | "touchpoint.cannot_be_stored";
  readonly detail: string | null;
};

const MOST_PROPERTIES = 10_000;

// Compiled from the contract's own schema: zod takes about thirty times as long, which hundreds of events in a request do show.
const validate = new Ajv2020({ allowUnionTypes: true, strict: false }).compile<SentEvent>(z.toJSONSchema(IntakeEvent));

/** Checks one event [TCH-3]. */
export function checkEvent(event: unknown): { readonly event: SentEvent } | { readonly rejection: Rejection } {
  if (!validate(event)) return { rejection: { code: "touchpoint.invalid", detail: whatIsWrong() } };
  if (event.type === "track" && !event.event) return { rejection: { code: "touchpoint.event_missing", detail: null } };
  const count = sizeOf(event.properties) + sizeOf(event.traits);
  if (count > MOST_PROPERTIES) return { rejection: { code: "touchpoint.too_many_properties", detail: String(count) } };
  return { event };
}

/** The first thing that is wrong, as path and rule; never the value. */
function whatIsWrong(): string {
  const [first] = validate.errors ?? [];
  return first ? `${first.instancePath || "/"} ${first.message ?? first.keyword}` : "not an event";
}

function sizeOf(object: Readonly<Record<string, unknown>> | null | undefined): number {
  return object ? Object.keys(object).length : 0;
}
