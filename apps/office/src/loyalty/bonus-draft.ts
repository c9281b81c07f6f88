import type { BonusTermsView } from "@weft/contracts/client";
import type { Locale } from "@weft/ui/i18n/locales.ts";
import { chosenOf, filterOf, instantOf, localTime, type ChosenGoods } from "../promotions/draft.ts";

export const BONUS_KINDS = ["multiply", "per_piece", "points"] as const;
export const LIMIT_PERIODS = ["day", "week", "month", "year", "life"] as const;

/** A bonus as it is typed; times as their fields have them. */
export type BonusDraft = {
  readonly id: string;
  readonly name: Readonly<Record<Locale, string>>;
  readonly kind: (typeof BONUS_KINDS)[number];
  /** How many times the points of the amount: 2 is twice. */
  readonly times: number;
  readonly points: number;
  readonly every: number;
  /** Pieces count on from sale to sale. */
  readonly carries: boolean;
  readonly goods: ChosenGoods;
  readonly currency: string;
  readonly minimum: number | null;
  readonly minimumPieces: number | null;
  readonly weekdays: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly placeIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly channelIds: readonly string[];
  readonly customerGroups: readonly string[];
  readonly firstOrder: boolean;
  readonly isBirthday: boolean;
  readonly birthdayDays: number;
  readonly visits: number | null;
  readonly visitDays: number;
  readonly limitTimes: number | null;
  readonly limitPer: (typeof LIMIT_PERIODS)[number];
  readonly stops: boolean;
};

export function newBonus(currency: string): BonusDraft {
  return {
    id: crypto.randomUUID(),
    name: { en: "", fr: "", de: "", ca: "" },
    kind: "multiply",
    times: 2,
    points: 10,
    every: 1,
    carries: false,
    goods: [],
    currency,
    minimum: null,
    minimumPieces: null,
    weekdays: [],
    from: "17:00",
    to: "19:00",
    validFrom: "",
    validTo: "",
    placeIds: [],
    groupIds: [],
    channelIds: [],
    customerGroups: [],
    firstOrder: false,
    isBirthday: false,
    birthdayDays: 0,
    visits: null,
    visitDays: 30,
    limitTimes: null,
    limitPer: "year",
    stops: false,
  };
}

export function draftOfBonus(terms: BonusTermsView, currency: string): BonusDraft {
  const { id, name, gives, goods, hours, minimum, minimumPieces, validFrom, validTo, visits, limit, birthdayDays } = terms;
  const { placeIds, groupIds, channelIds, customerGroups, firstOrder, stops } = terms;
  return {
    ...newBonus(currency),
    id,
    name: { en: name.en, fr: name.fr ?? "", de: name.de ?? "", ca: name.ca ?? "" },
    kind: gives.kind,
    ...(gives.kind === "multiply" && { times: gives.percent / 100 }),
    ...(gives.kind !== "multiply" && { points: gives.points }),
    ...(gives.kind === "per_piece" && { every: gives.every, carries: gives.carries }),
    goods: chosenOf(goods),
    minimum,
    minimumPieces,
    ...(hours && { weekdays: hours.weekdays.map(String), from: hours.from, to: hours.to }),
    validFrom: localTime(validFrom),
    validTo: localTime(validTo),
    placeIds,
    groupIds,
    channelIds,
    customerGroups,
    firstOrder,
    stops,
    isBirthday: birthdayDays !== null,
    birthdayDays: birthdayDays ?? 0,
    ...(visits && { visits: visits.count, visitDays: visits.days }),
    ...(limit && { limitTimes: limit.times, limitPer: limit.per }),
  };
}

/** The same as the hub takes it. */
export function termsOfBonus(draft: BonusDraft): BonusTermsView {
  const { id, goods, weekdays, from, to, minimum, minimumPieces, firstOrder, stops } = draft;
  const { en, ...others } = draft.name;
  return {
    id,
    name: { en: en.trim(), ...Object.fromEntries(Object.entries(others).filter(([, text]) => text.trim() !== "")) },
    gives: givesOf(draft),
    goods: filterOf(goods),
    minimum,
    minimumPieces,
    hours: weekdays.length === 0 ? null : { weekdays: weekdays.map(Number).sort((a, b) => a - b), from, to },
    validFrom: instantOf(draft.validFrom),
    validTo: instantOf(draft.validTo),
    placeIds: [...draft.placeIds],
    groupIds: [...draft.groupIds],
    channelIds: [...draft.channelIds],
    customerGroups: [...draft.customerGroups],
    firstOrder,
    stops,
    birthdayDays: draft.isBirthday ? draft.birthdayDays : null,
    visits: draft.visits === null ? null : { count: draft.visits, days: draft.visitDays },
    limit: draft.limitTimes === null ? null : { times: draft.limitTimes, per: draft.limitPer },
  };
}

function givesOf({ kind, times, points, every, carries }: BonusDraft): BonusTermsView["gives"] {
  if (kind === "multiply") return { kind, percent: Math.round(times * 100) };
  return kind === "per_piece" ? { kind, points, every, carries } : { kind, points };
}
