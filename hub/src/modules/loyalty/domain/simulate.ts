import { addDays, type BusinessDate } from "@weft/kernel";
import { earnedBy, type EarnRule } from "./earning.ts";
import type { BonusId, EarningSale, EarnStanding, Stamps } from "./bonuses.ts";
import { daysToBirthday, periodOf, streakBefore } from "./periods.ts";

/** A sale that happened, as it would earn; `member` is the customer as they are linked now. */
export type PastSale = Omit<EarningSale, "standing"> & {
  readonly member: string;
  readonly day: BusinessDate;
  readonly birthDate: string | null;
};

export type SimulatedSale = { readonly points: number; readonly bonuses: readonly { readonly id: string; readonly points: number }[] };

type Memory = { readonly uses: Map<BonusId, BusinessDate[]>; readonly visits: Set<BusinessDate>; readonly stamps: Map<BonusId, Stamps> };

/**
 * What some rules would have given for sales that happened [LOY-17], in the order of the sales given, the earliest first: limits and visits count within
 * these sales, so one that began before them is seen late. The very rule that books sales judges each.
 */
export function simulate(rule: EarnRule, sales: readonly PastSale[]): SimulatedSale[] {
  const memories = new Map<string, Memory>();
  return sales.map((sale) => {
    const memory = memories.get(sale.member) ?? { uses: new Map(), visits: new Set(), stamps: new Map() };
    memories.set(sale.member, memory);
    const earning = earnedBy(rule, { ...sale, standing: standingIn(rule, memory, sale) });
    for (const { id, gives, pieces, points, stamps } of earning.bonuses) {
      const bonusId = id as BonusId; // of the rule's own bonuses
      if (stamps && gives.kind === "per_piece")
        memory.stamps.set(bonusId, { pieces: stamps.pieces + pieces, times: stamps.times + points / gives.points });
      if (points === 0) continue;
      memory.uses.set(bonusId, [...(memory.uses.get(bonusId) ?? []), sale.day]);
    }
    if (earning.points > 0) memory.visits.add(sale.day);
    return {
      points: earning.points,
      bonuses: earning.bonuses.filter(({ points }) => points > 0).map(({ id, points }) => ({ id, points })),
    };
  });
}

function standingIn({ bonuses }: EarnRule, { uses, visits, stamps }: Memory, { day, birthDate }: PastSale): EarnStanding {
  const used = new Map<BonusId, number>();
  const seen = new Map<BonusId, number>();
  const streaks = new Map<BonusId, number>();
  for (const { id, limit, visits: wanted, streak } of bonuses) {
    const had = uses.get(id) ?? [];
    if (limit) {
      const { since, until } = periodOf(limit.per, day);
      used.set(id, had.filter((one) => (since === null || one >= since) && (until === null || one < until)).length);
    }
    if (wanted) {
      const [from, last] = [addDays(day, 1 - wanted.days), had.at(-1) ?? ""];
      seen.set(id, [...visits].filter((one) => one >= from && one < day && one > last).length);
    }
    if (streak) streaks.set(id, streakBefore(streak.per, day, visits, had.at(-1) ?? null));
  }
  return { stamps, used, visits: seen, streaks, daysToBirthday: birthDate === null ? null : daysToBirthday(birthDate, day) };
}
