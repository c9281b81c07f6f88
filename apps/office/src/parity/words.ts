import type { Because, ParityAttribute, ParityDifferenceView, ParityVerdict } from "@weft/contracts/client";
import { formatDate, formatDateTime } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import type { Tone } from "@weft/ui/shop/badge.tsx";
import { shortId, wordOf } from "../common/text.ts";
import { t } from "../t.ts";

/** In the order in which names are compared. */
const LOCALES: readonly string[] = ["en", "fr", "de", "ca"];

export const TONES: Readonly<Record<ParityVerdict | "same", Tone>> = { wrong: "bad", lagging: "warn", allowed: "plain", same: "good" };

/** States that are words and not what goods are called or cost. */
const STATES: ReadonlySet<string> = new Set([
  "in_stock",
  "out_of_stock",
  "made_to_order",
  "not_sold",
  "yes",
  "not_linked",
  "none",
  "sold_out",
  "not_sold_here",
  "stock_short",
]);

/** A value as it compares, in the reader's words where it is a state. */
export function valueText(value: string | null): string {
  if (value === null) return t("office.parity.nothing");
  const [, sold, day] = /^(backorder|preorder) (\d{4}-\d\d-\d\d)$/.exec(value) ?? [];
  if (sold !== undefined && day !== undefined)
    return t("office.parity.value.ahead", { day: formatDate(day, { timeZone: "UTC", style: "day" }) });
  if (STATES.has(value)) return wordOf(`office.parity.value.${value}`, value);
  // Pictures are named by what is in them: the end tells them apart.
  if (value.startsWith("/pictures/")) return `…${shortId(value)}`;
  const [, method, at] = /^(take_away|collect) (\S+Z)$/.exec(value) ?? [];
  if (method !== undefined && at !== undefined) return formatDateTime(at);
  return value.replace(" faulty_only", ` · ${t("ui.return.faulty_only")}`);
}

/** A value that is as it should be: of a name in all languages that of the reader is enough. */
export function sameText(attribute: ParityAttribute, value: string | null): string {
  const names = attribute === "name" ? (value?.split(" | ") ?? []) : [];
  return valueText(names[LOCALES.indexOf(currentLocale())] ?? value);
}

/** Why it differs, and since when it lags. */
export function becauseText({ because, since }: { readonly because: Because | null; readonly since: string | null }): string {
  if (because === null) return "";
  const name = typeof because.data?.["name"] === "string" ? because.data["name"] : "";
  const why = wordOf(`office.parity.because.${because.kind}`, because.kind);
  const told = name === "" ? why : `${why}: ${name}`;
  return since === null ? told : `${told}, ${t("office.parity.since", { at: formatDateTime(since) })}`;
}

export const windowText = ({
  window,
  channelName,
  placeName,
}: Pick<ParityDifferenceView, "window" | "channelName" | "placeName">): string =>
  [t(`office.parity.window.${window}`), channelName, placeName].filter(Boolean).join(" · ");
