import type { Id, PlaceId, ProductId, VariantId } from "@weft/kernel";
import { openTestHub, type TestHub } from "./hub.ts";
import type { Invariant } from "../src/platform/index.ts";

/** For catalog, stock and promises. */
export type GoodsHub = TestHub & {
  /** Facts since the last look, in order. */
  published(): Promise<{ type: string; subject: string; data: unknown }[]>;
  /** What breaks these invariants. */
  violations(invariants: readonly Invariant[]): Promise<string[]>;
};

export async function goodsHub(): Promise<GoodsHub> {
  const hub = await openTestHub();
  return {
    ...hub,
    published: () => hub.rows("with gone as (delete from platform.outbox returning *) select type, subject, data from gone order by seq"),
    async violations(invariants) {
      const found: string[] = [];
      for (const { name, sql } of invariants)
        for (const { example } of await hub.rows<{ example: string }>(sql)) found.push(`${name}: ${example}`);
      return found;
    },
  };
}

/** An id that is readable in a failing test: `testId("variant", 3)`. Ordered by its number within a noun. */
export function testId<T extends Id<string>>(noun: string, number: number): T {
  const kind = [...noun].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffff, 7);
  // Branded here because tests make their own ids.
  return `01900000-${kind.toString(16).padStart(4, "0")}-7000-8000-${number.toString(16).padStart(12, "0")}` as T;
}

export const variantId = (number: number): VariantId => testId("variant", number);
export const productId = (number: number): ProductId => testId("product", number);
export const placeId = (number: number): PlaceId => testId("place", number);
