import { checkDigit } from "../../catalog/domain/gtin.ts";

/**
 * What a GS1 code says of the thing that bears it [TIL-70]: an element string of application identifiers (GS1 DataMatrix, GS1-128, DataBar, GS1 QR)
 * or a GS1 Digital Link address, which says the same as an address of the Web. Dates as ISO days.
 */
export type Gs1Item = {
  /** 14 digits. */
  readonly gtin: string;
  readonly batch?: string;
  readonly serial?: string;
  /** Not to be used (AI 17), sold (16) after this day; at its best until (15). */
  readonly useBy?: string;
  readonly sellBy?: string;
  readonly bestBefore?: string;
  /** Pieces of it (AI 30, 37). */
  readonly count?: number;
  /** Net (AI 310n). */
  readonly grams?: number;
  /** What is to be paid for it (AI 392n, 393n), in units of the currency with its decimals; the currency as ISO 4217 number, where it is said. */
  readonly price?: { readonly amount: number; readonly decimals: number; readonly currency?: string };
  /** More about it (AI 8200). */
  readonly link?: string;
};

/** Begins and parts fields of variable length: the separator that a reader sends for FNC1. */
export const GS = "\u001d";

/**
 * Application identifiers with the lengths of their data, from the table of the GS1 General Specifications (section 3.2): a length of its own, or the
 * longest. `n` is any digit: the number of decimals of a measure or amount. GS1's own toolkits for it are scripts that load their tables and check
 * far more than a counter asks; this is what a code on goods in a shop says.
 */
const IDENTIFIERS: readonly (readonly [ai: RegExp, least: number, most: number])[] = [
  [/^00/, 18, 18],
  [/^0[12]/, 14, 14],
  [/^10/, 1, 20],
  [/^1[1-35-7]/, 6, 6],
  [/^20/, 2, 2],
  [/^2[12]/, 1, 20],
  [/^235/, 1, 28],
  [/^24[0135]|^25[0134]/, 1, 30],
  [/^242/, 1, 6],
  [/^30|^37/, 1, 8],
  [/^3[1-6]\d\d/, 6, 6],
  [/^39[02]\d/, 1, 15],
  [/^39[13]\d/, 4, 18],
  [/^394\d/, 4, 4],
  [/^395\d/, 6, 6],
  [/^400|^403/, 1, 30],
  [/^401/, 1, 30],
  [/^402/, 17, 17],
  [/^41[0-7]/, 13, 13],
  [/^420/, 1, 20],
  [/^421/, 4, 12],
  [/^42[246]/, 3, 3],
  [/^42[35]/, 3, 15],
  [/^427/, 1, 3],
  [/^7001/, 13, 13],
  [/^7002/, 1, 30],
  [/^7003/, 10, 10],
  [/^700[46]/, 1, 6],
  [/^7007/, 6, 12],
  [/^7008/, 1, 3],
  [/^7009/, 1, 10],
  [/^70(1\d|2\d|30)/, 1, 30],
  [/^71\d/, 1, 20],
  [/^723\d/, 3, 30],
  [/^8001/, 14, 14],
  [/^8002/, 1, 20],
  [/^8003/, 14, 30],
  [/^8004/, 1, 30],
  [/^8005/, 6, 6],
  [/^8006/, 18, 18],
  [/^8008/, 8, 12],
  [/^8009/, 1, 50],
  [/^801[0-9]/, 1, 50],
  [/^8020/, 1, 25],
  [/^8110|^8200/, 1, 70],
  [/^90/, 1, 30],
  [/^9[1-9]/, 1, 90],
];

/** Fields whose length every reader knows, by the first two digits, so that nothing parts them from what follows (General Specifications, figure 7.8.5-2). */
const PREDEFINED = /^(0[0-4]|1[1-9]|20|3[1-6]|41)/;

type Elements = ReadonlyMap<string, string>;

/** What a GS1 code says; undefined for whatever is none, has a wrong check digit, or says a day that no calendar has. `today` decides the century. */
export function readGs1(text: string, today: string): Gs1Item | undefined {
  const elements = elementsOf(text.trim());
  return elements && itemOf(elements, today);
}

function elementsOf(text: string): Elements | undefined {
  if (/^https?:\/\//i.test(text)) return inAddress(text);
  if (text.startsWith("(")) return inBrackets(text);
  // Which kind of code it was, as readers say it: ]C1 GS1-128, ]e0 DataBar, ]d2 DataMatrix, ]Q3 QR, ]J1 DotCode.
  const bare = text.replace(/^\](?:C1|e0|d2|Q3|J1)/, "");
  const elements = withoutSeparator(bare);
  return /^0[12]\d{14}/.test(elements) ? inElementString(elements) : undefined;
}

/** A code may begin with the separator, and a field that needs none may be followed by one. */
const withoutSeparator = (text: string): string => (text.startsWith(GS) ? text.slice(1) : text);

/** `01…10…<GS>17…`: what has a length of its own ends there, what has none at the separator or the end. */
function inElementString(text: string): Elements | undefined {
  const elements = new Map<string, string>();
  let rest = text;
  while (rest !== "") {
    const found = identifierAt(rest);
    if (!found) return undefined;
    const { ai, least, most } = found;
    const data = rest.slice(ai.length);
    const end = PREDEFINED.test(ai) ? most : data.indexOf(GS) < 0 ? data.length : data.indexOf(GS);
    const value = data.slice(0, end);
    if (value.length < least || value.length > most || value.includes(GS) || elements.has(ai)) return undefined;
    elements.set(ai, value);
    rest = withoutSeparator(data.slice(end));
  }
  return elements;
}

/** `(01)09506000134352(10)ABC`, as it stands below a code for people to read. */
function inBrackets(text: string): Elements | undefined {
  const elements = new Map<string, string>();
  for (const [, ai = "", value = ""] of text.matchAll(/\((\d{2,4})\)([^(]*)/g)) {
    if (!fits(ai, value.trim()) || elements.has(ai)) return undefined;
    elements.set(ai, value.trim());
  }
  return elements.size > 0 ? elements : undefined;
}

/** `https://shop.example/01/09506000134352/10/ABC?17=261231`: the GTIN with batch and serial in the path, what else is known behind it. */
function inAddress(text: string): Elements | undefined {
  if (!URL.canParse(text)) return undefined;
  const { pathname, searchParams } = new URL(text);
  const parts = pathname.split("/").slice(1);
  const from = parts.findIndex((part, index) => part === "01" && /^\d{8,14}$/.test(parts[index + 1] ?? ""));
  if (from < 0) return undefined;
  const elements = new Map([["01", (parts[from + 1] ?? "").padStart(14, "0")]]);
  for (let at = from + 2; at + 1 < parts.length; at += 2) {
    const value = decoded(parts[at + 1] ?? "");
    if (value === undefined || !fits(parts[at] ?? "", value)) return undefined;
    elements.set(parts[at] ?? "", value);
  }
  for (const [ai, value] of searchParams) if (fits(ai, value)) elements.set(ai, value);
  return elements;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function identifierAt(text: string): { readonly ai: string; readonly least: number; readonly most: number } | undefined {
  for (const [pattern, least, most] of IDENTIFIERS) {
    const ai = pattern.exec(text)?.[0];
    if (ai !== undefined) return { ai, least, most };
  }
  return undefined;
}

function fits(ai: string, value: string): boolean {
  const found = identifierAt(ai);
  return found?.ai === ai && value.length >= found.least && value.length <= found.most;
}

function itemOf(elements: Elements, today: string): Gs1Item | undefined {
  const gtin = elements.get("01") ?? elements.get("02");
  if (gtin === undefined || !/^\d{14}$/.test(gtin) || checkDigit(gtin.slice(0, 13)) !== Number(gtin[13])) return undefined;
  const days = {
    useBy: dayOf(elements.get("17"), today),
    sellBy: dayOf(elements.get("16"), today),
    bestBefore: dayOf(elements.get("15"), today),
  };
  if (Object.values(days).includes(NO_DAY)) return undefined;
  const count = wholeOf(elements.get("30") ?? elements.get("37"));
  const grams = gramsOf(elements);
  const price = priceOf(elements);
  const [batch, serial, link] = [elements.get("10"), elements.get("21"), elements.get("8200")];
  return {
    gtin,
    ...(batch !== undefined && { batch }),
    ...(serial !== undefined && { serial }),
    ...(days.useBy && { useBy: days.useBy }),
    ...(days.sellBy && { sellBy: days.sellBy }),
    ...(days.bestBefore && { bestBefore: days.bestBefore }),
    ...(count !== undefined && { count }),
    ...(grams !== undefined && { grams }),
    ...(price && { price }),
    ...(link !== undefined && { link }),
  };
}

const wholeOf = (digits: string | undefined): number | undefined =>
  digits !== undefined && /^\d{1,15}$/.test(digits) && Number(digits) > 0 ? Number(digits) : undefined;

/** Kilograms with as many decimals as the fourth digit says, in grams: 3103 and 000312 are 312 g. */
function gramsOf(elements: Elements): number | undefined {
  const [ai, value] = [...elements].find(([one]) => /^310\d$/.test(one)) ?? [];
  const whole = wholeOf(value);
  if (ai === undefined || whole === undefined) return undefined;
  const grams = whole * 10 ** (3 - Number(ai[3]));
  return Number.isInteger(grams) ? grams : Math.round(grams);
}

function priceOf(elements: Elements): Gs1Item["price"] {
  const [ai, value = ""] = [...elements].find(([one]) => /^39[23]\d$/.test(one)) ?? [];
  if (ai === undefined) return undefined;
  const inCurrency = ai.startsWith("393");
  const amount = wholeOf(inCurrency ? value.slice(3) : value);
  if (amount === undefined) return undefined;
  return { amount, decimals: Number(ai[3]), ...(inCurrency && { currency: value.slice(0, 3) }) };
}

/** What no calendar has. */
const NO_DAY = "none";

/**
 * A day of a code, YYMMDD, where day 00 is the last of its month (General Specifications 3.4) and the century is the one in which the year is nearest (7.12):
 * 51 years ahead and more is the one before. `NO_DAY`: no calendar has it.
 */
function dayOf(digits: string | undefined, today: string): string | undefined {
  if (digits === undefined) return undefined;
  const [, yy = "", mm = "", dd = ""] = /^(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? [];
  const now = Number(today.slice(0, 4));
  const ahead = Number(yy) - (now % 100);
  const year = now - (now % 100) + Number(yy) + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0);
  const last = new Date(Date.UTC(year, Number(mm), 0)).getUTCDate();
  const day = dd === "00" ? last : Number(dd);
  const exists = yy !== "" && Number(mm) >= 1 && Number(mm) <= 12 && day >= 1 && day <= last;
  return exists ? `${String(year).padStart(4, "0")}-${mm}-${String(day).padStart(2, "0")}` : NO_DAY;
}

/** The forms in which a catalog may hold a GTIN: with all of its 14 digits, and without the noughts that fill it up. */
export function formsOfGtin(gtin: string): readonly string[] {
  const shorter = [1, 2, 6].filter((noughts) => gtin.startsWith("0".repeat(noughts))).map((noughts) => gtin.slice(noughts));
  return [gtin, ...shorter];
}
