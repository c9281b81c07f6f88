import { createHash } from "node:crypto";
import type { Locale } from "@weft/contracts";
import { dbOn, localeOf, type RawCall, type ReadCtx } from "../../../platform/index.ts";
import { STYLE } from "./style.ts";

/** The page has no script, no picture from elsewhere and no frame; its one style is the one below. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Nobody keeps it, nobody finds it, and no page that it leads to learns the address. */
export const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex", "referrer-policy": "no-referrer" } as const;

export const readCtxOf = ({ around }: RawCall): ReadCtx => ({ ...around, db: dbOn(around.pool), now: new Date() });

/** The token of the address, and the language to answer in. */
export function askedOf(call: RawCall): { readonly token: string; readonly locale: Locale } {
  const { token } = call.input.params as { token: string }; // by the contract
  const { language } = call.input.query as { language?: Locale }; // by the contract
  return { token, locale: language ?? (localeOf(call.input.request.locale) as Locale) }; // one of those that the hub speaks
}

/** The address of a page, as the code of the till says it. */
export const addressOf = ({ request }: RawCall, path: "/r" | "/g", token: string): string =>
  `${request.protocol}://${request.host}${path}/${token}`;
