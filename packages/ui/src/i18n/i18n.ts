import { setupI18n } from "@lingui/core";
import { useSyncExternalStore } from "react";
import { loadMessages, loadMoreMessages } from "virtual:weft-messages";
import { readStored, writeStored } from "../browser/storage.ts";
import { setFormatting } from "./format.ts";
import { formattingLocale, isLocale, preferredLocale, type Locale } from "./locales.ts";

/** Values of a message's arguments. Amounts and dates come formatted: `{ total: formatMoney(cart.total) }`. */
export type MessageValues = Readonly<Record<string, string | number>>;
/** Says a message in the current language. A key that is not in the app's en.json does not compile. */
export type Translate<Key extends string> = (key: Key, values?: MessageValues) => string;

const STORED_LOCALE = "weft.locale";
// A missing message shows its key, never another language's words: the build's check keeps that from happening.
const i18n = setupI18n({ missing: (_locale, key) => `⟦${key}⟧` });
const listeners = new Set<() => void>();
/** The language that is being loaded or shown, and when it is there. A part may come before the page knows any. */
let wanted: { readonly locale: Locale; readonly shown: Promise<void> } | undefined;
let isMoreWanted = false;

/** The typed `t` of an app, made once per app: `export const t = translator<keyof typeof en>()`. */
export function translator<Key extends string>(): Translate<Key> {
  return (key, values) => i18n._(key, values);
}

/** Whether the current language has a message for a key that is only known at run time, such as `problem.<code>`. */
export function hasMessage(key: string): boolean {
  return Object.hasOwn(i18n.messages, key);
}

/**
 * Loads the language to begin with and activates it. Call once, before the first render.
 * `?lang=` in the address wins and stays out of storage (a link may ask for a language), then the stored choice, then the browser's list.
 */
export async function startI18n(): Promise<void> {
  const asked = new URLSearchParams(location.search).get("lang");
  const stored = readStored(STORED_LOCALE);
  await activate(isLocale(asked) ? asked : isLocale(stored) ? stored : preferredLocale(navigator.languages));
}

/** Changes the language of this browser and remembers it. Resolves once its messages are loaded and shown. */
export async function setLocale(locale: Locale): Promise<void> {
  await activate(locale);
  writeStored(STORED_LOCALE, locale);
}

/** The current language, without a subscription. */
export function currentLocale(): Locale {
  return isLocale(i18n.locale) ? i18n.locale : "en";
}

/** The current language; renders again when it changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale);
}

/**
 * A part of the app that the first view does not need, together with its words [MSG-2]. The build writes this around every such import,
 * so that none can be forgotten; called by hand it does no harm.
 */
export async function withMoreWords<Part>(part: Promise<Part>): Promise<Part> {
  isMoreWanted = true;
  const [loaded] = await Promise.all([part, wanted && loadMore(wanted.locale)]);
  // The language may have been chosen meanwhile, or changed: it brings these words along.
  await wanted?.shown;
  return loaded;
}

async function activate(locale: Locale): Promise<void> {
  const before = wanted;
  const shown = show(locale);
  wanted = { locale, shown };
  try {
    await shown;
  } catch (error) {
    // The page goes on in the language that it has.
    wanted = before;
    throw error;
  }
}

async function show(locale: Locale): Promise<void> {
  const [{ messages }] = await Promise.all([loadMessages[locale](), isMoreWanted && loadMore(locale)]);
  setFormatting(formattingLocale(locale, navigator.languages));
  i18n.load(locale, messages);
  i18n.activate(locale);
  document.documentElement.lang = locale;
  for (const listener of listeners) listener();
}

async function loadMore(locale: Locale): Promise<void> {
  const more = await loadMoreMessages?.[locale]();
  if (more) i18n.load(locale, more.messages);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
