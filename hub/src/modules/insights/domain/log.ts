import type { Facet } from "@weft/contracts";
import { judgeSeam, type CartItem, type Moment } from "./continuity.ts";
import { FACETS } from "./facets.ts";
import { scoreOf, type PairTally } from "./measure.ts";

/** One event of a log of journeys, as the table of a file has it. Empty texts are nothing. */
export type LoggedTouch = {
  readonly journeyId: string;
  readonly channel: string;
  readonly customerId: string;
  readonly basketId: string;
  /** `SKUxQUANTITY@PRICE`, by semicolons. */
  readonly basketItems: string;
  readonly loyaltySeen: string;
  readonly loyaltyLedger: string;
  readonly conversationId: string;
};

type Counting = { seams: number; score: number; readonly facets: Record<Facet, { carried: number; lost: number }> };

/** What a log of journeys amounts to: `score` is the sum of the weighted scores of the seams of a pair. */
export type LogTally = { readonly pairs: ReadonlyMap<string, PairTally & { readonly score: number }> };

/** Counts the seams of a log, event by event: a million events are kept as one last event per journey. */
export function createLogTally(): { add(touch: LoggedTouch): void; done(): LogTally } {
  const journeys = new Map<string, Journey>();
  const pairs = new Map<string, Counting>();
  let journey: Journey = { id: "", last: null };
  return {
    add(touch) {
      // Events of a journey mostly stand together, and a look-up by a long text costs more than all the rest.
      if (touch.journeyId !== journey.id) journey = openJourney(journeys, touch.journeyId);
      const before = journey.last;
      journey.last = touch;
      if (!before || before.channel === touch.channel) return;
      const key = `${before.channel}>${touch.channel}`;
      let pair = pairs.get(key);
      if (!pair) pairs.set(key, (pair = emptyCounting()));
      count(pair, before, touch);
    },
    done: () => ({ pairs }),
  };
}

type Journey = { readonly id: string; last: LoggedTouch | null };

function openJourney(journeys: Map<string, Journey>, id: string): Journey {
  let journey = journeys.get(id);
  if (!journey) journeys.set(id, (journey = { id, last: null }));
  return journey;
}

function emptyCounting(): Counting {
  const facets = Object.fromEntries(FACETS.map((facet) => [facet, { carried: 0, lost: 0 }])) as Counting["facets"]; // every facet, a line above
  return { seams: 0, score: 0, facets };
}

function count(pair: Counting, before: LoggedTouch, after: LoggedTouch): void {
  const verdicts = judgeSeam(momentOf(before), momentOf(after));
  pair.seams++;
  pair.score += scoreOf(verdicts) ?? 0;
  for (const facet of FACETS) {
    const { kind } = verdicts[facet];
    if (kind !== "not_applicable") pair.facets[facet][kind]++;
  }
}

function momentOf(touch: LoggedTouch): Moment {
  const items = itemsOf(touch.basketItems);
  return {
    customerId: touch.customerId === "" ? null : touch.customerId,
    cart: touch.basketId === "" && items.size === 0 ? null : { id: touch.basketId, items, version: null, total: null },
    promise: null,
    orders: [],
    balance: { shown: Number(touch.loyaltySeen), ledger: Number(touch.loyaltyLedger) },
    conversationId: touch.conversationId === "" ? null : touch.conversationId,
    preferences: null,
  };
}

function itemsOf(text: string): ReadonlyMap<string, CartItem> {
  const items = new Map<string, CartItem>();
  if (text === "") return items;
  for (const item of text.split(";")) {
    const at = item.lastIndexOf("@");
    const times = item.lastIndexOf("x", at);
    if (at > 0 && times > 0) items.set(item.slice(0, times), { quantity: Number(item.slice(times + 1, at)), price: item.slice(at + 1) });
  }
  return items;
}
