import type { BonusTermsView } from "@weft/contracts/client";
import { localized, namesOf, NO_NAMES, type Names } from "../common/names.ts";
import { conditionsOf, draftOfConditions, NO_CONDITIONS, type ConditionsDraft } from "../promotions/conditions-draft.ts";
import { chosenOf, filterOf, type ChosenGoods } from "../promotions/draft.ts";

export const BONUS_KINDS = ["multiply", "per_piece", "points"] as const;
export const STREAK_PERIODS = ["week", "month"] as const;
export const LIMIT_PERIODS = ["day", "week", "month", "year", "life"] as const;

/** A bonus as it is typed. */
export type BonusDraft = ConditionsDraft & {
  readonly id: string;
  readonly name: Names;
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
  readonly isBirthday: boolean;
  readonly birthdayDays: number;
  readonly visits: number | null;
  readonly visitDays: number;
  readonly streak: number | null;
  readonly streakPer: (typeof STREAK_PERIODS)[number];
  readonly limitTimes: number | null;
  readonly limitPer: (typeof LIMIT_PERIODS)[number];
  readonly stops: boolean;
};

export function newBonus(currency: string): BonusDraft {
  return {
    id: crypto.randomUUID(),
    ...NO_CONDITIONS,
    name: NO_NAMES,
    kind: "multiply",
    times: 2,
    points: 10,
    every: 1,
    carries: false,
    goods: [],
    currency,
    minimum: null,
    isBirthday: false,
    birthdayDays: 0,
    visits: null,
    visitDays: 30,
    streak: null,
    streakPer: "week",
    limitTimes: null,
    limitPer: "year",
    stops: false,
  };
}

export function draftOfBonus(terms: BonusTermsView, currency: string): BonusDraft {
  const { id, name, gives, goods, minimum, visits, streak, limit, birthdayDays, stops } = terms;
  return {
    ...newBonus(currency),
    ...draftOfConditions(terms),
    id,
    name: namesOf(name),
    kind: gives.kind,
    ...(gives.kind === "multiply" && { times: gives.percent / 100 }),
    ...(gives.kind !== "multiply" && { points: gives.points }),
    ...(gives.kind === "per_piece" && { every: gives.every, carries: gives.carries }),
    goods: chosenOf(goods),
    minimum,
    stops,
    isBirthday: birthdayDays !== null,
    birthdayDays: birthdayDays ?? 0,
    ...(visits && { visits: visits.count, visitDays: visits.days }),
    ...(streak && { streak: streak.count, streakPer: streak.per }),
    ...(limit && { limitTimes: limit.times, limitPer: limit.per }),
  };
}

/** The same as the hub takes it. */
export function termsOfBonus(draft: BonusDraft): BonusTermsView {
  const { id, name, goods, minimum, stops } = draft;
  return {
    ...conditionsOf(draft),
    id,
    name: localized(name),
    gives: givesOf(draft),
    goods: filterOf(goods),
    minimum,
    stops,
    birthdayDays: draft.isBirthday ? draft.birthdayDays : null,
    visits: draft.visits === null ? null : { count: draft.visits, days: draft.visitDays },
    streak: draft.streak === null ? null : { count: draft.streak, per: draft.streakPer },
    limit: draft.limitTimes === null ? null : { times: draft.limitTimes, per: draft.limitPer },
  };
}

function givesOf({ kind, times, points, every, carries }: BonusDraft): BonusTermsView["gives"] {
  if (kind === "multiply") return { kind, percent: Math.round(times * 100) };
  return kind === "per_piece" ? { kind, points, every, carries } : { kind, points };
}
