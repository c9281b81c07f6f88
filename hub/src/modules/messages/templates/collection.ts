import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand, type Part } from "./frame.ts";
import { WORDS } from "./words.ts";

/** What happened to an order that somebody collects. */
export type CollectionNews = {
  readonly kind: "preparing" | "not_ready" | "ending" | "moved" | "delayed" | "sold_out" | "not_collected";
  readonly number: string;
  readonly placeName: string;
  readonly timeZone: string;
  /** Until when it waits, from when on it is to be fetched instead, or when it was promised; null where neither is the news. */
  readonly until: Date | null;
  /** What of it is sold out; empty where that is not the news. */
  readonly what: string;
  readonly codes: readonly string[];
  readonly url: string;
};

/** News of a collection by mail, with the way to its order. */
export function collectionMail(brand: Brand, locale: Locale, news: CollectionNews): Rendered {
  const words = WORDS[locale];
  const { subject, sentence } = wording(locale, news);
  const codes = news.codes.map((text): Part => ({ kind: "large", text }));
  return renderMail(brand, locale, subject, [
    { kind: "text", text: sentence },
    ...(codes.length > 0 ? [{ kind: "text", text: words.collectCode } as const, ...codes] : []),
    { kind: "link", text: words.toOrder, url: news.url },
  ]);
}

/** The same in a text message: short, with its code. */
export function collectionText(brand: Brand, locale: Locale, news: CollectionNews): Rendered {
  const { subject, sentence } = wording(locale, news);
  return { subject: "", text: [`${brand.name}: ${subject}.`, sentence, ...news.codes].join(" "), html: null };
}

function wording(
  locale: Locale,
  { kind, number, placeName, until, timeZone, what }: CollectionNews,
): { subject: string; sentence: string } {
  const words = WORDS[locale].collection;
  switch (kind) {
    case "preparing":
      return { subject: words.preparingSubject(number), sentence: words.preparing(placeName) };
    case "not_ready":
      return { subject: words.notReadySubject(number), sentence: words.notReady };
    case "ending":
      return { subject: words.endingSubject(number), sentence: words.ending(placeName, clock(locale, until, timeZone)) };
    case "moved":
      return { subject: words.movedSubject(number), sentence: words.moved(placeName, clock(locale, until, timeZone)) };
    case "delayed":
      return { subject: words.delayedSubject(number), sentence: words.delayed(placeName, clock(locale, until, timeZone)) };
    case "sold_out":
      return { subject: words.soldOutSubject(number), sentence: words.soldOut(what, placeName) };
    case "not_collected":
      return { subject: words.notCollectedSubject(number), sentence: words.notCollected(placeName) };
  }
}

/** Day and time as somebody in front of the store reads them. */
function clock(locale: Locale, at: Date | null, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", hour: "numeric", minute: "2-digit", timeZone });
  return at === null ? "" : format.format(at);
}
