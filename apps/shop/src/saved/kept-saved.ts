import type { LocalizedText } from "@weft/contracts/client";
import type { UnitPrice } from "@weft/kernel";
import { newKey } from "@weft/ui/api/api.ts";
import { useSyncExternalStore } from "react";
import { keep, readKept } from "../kept.ts";

/** Something that a visitor saved: kept in this browser alone, until they sign in. `id` is the operation that brings it along then. */
export type KeptItem = {
  readonly id: string;
  readonly sku: string;
  readonly slug: string;
  readonly quantity: number;
  readonly options: readonly { readonly group: string; readonly value: string }[];
  readonly name: LocalizedText;
  readonly pictureUrl: string | null;
  readonly unitPrice: UnitPrice | null;
  readonly placeId?: string;
};

/** So many are brought along in one call. */
const MOST = 50;
const NOTHING: readonly KeptItem[] = [];
const listeners = new Set<() => void>();
let current: readonly KeptItem[] = readKept("saved") ?? NOTHING;

export const keptSaved = (): readonly KeptItem[] => current;

export function useKeptSaved(): readonly KeptItem[] {
  return useSyncExternalStore(subscribe, keptSaved);
}

/** Saves something in this browser; the oldest goes when there are too many. */
export function keepItem(item: Omit<KeptItem, "id">): void {
  write([...current.filter(({ sku }) => sku !== item.sku), { ...item, id: newKey() }].slice(-MOST));
}

export function dropItems(isGone: (item: KeptItem) => boolean): void {
  write(current.filter((item) => !isGone(item)));
}

function write(next: readonly KeptItem[]): void {
  current = next;
  keep("saved", next.length === 0 ? undefined : next);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
