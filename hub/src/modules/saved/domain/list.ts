import type { ChannelId, Id, PlaceId, UnitPrice, VariantId } from "@weft/kernel";

export type ListId = Id<"saved list">;
export type ItemOption = { readonly group: string; readonly value: string };

export type ListItem = {
  readonly id: string;
  readonly variantId: VariantId;
  /** By group and value, so that the same choice is always the same. */
  readonly options: readonly ItemOption[];
  /** Pieces, or grams when weighed. */
  readonly quantity: number;
  readonly addedAt: Date;
  readonly addedChannelId: ChannelId | null;
  /** The store that it was saved with in view: where it is wanted. */
  readonly placeId: PlaceId | null;
  /** What one cost when it was saved [SAV-14]; null where it was not for sale. */
  readonly price: UnitPrice | null;
};

/** An operation with what its SKU stands for; null where there is nothing of it. */
export type WantedChange =
  | {
      readonly id: string;
      readonly kind: "add";
      readonly variantId: VariantId | null;
      readonly quantity: number;
      readonly options: readonly ItemOption[];
      readonly placeId: PlaceId | null;
      readonly price: UnitPrice | null;
    }
  | { readonly id: string; readonly kind: "setQuantity"; readonly itemId: string; readonly quantity: number }
  | { readonly id: string; readonly kind: "remove"; readonly itemId: string }
  | { readonly id: string; readonly kind: "rename"; readonly name: string };

export type ListChange = {
  readonly id: string;
  /** Null: applied. */
  readonly code: "list.sku_unknown" | "list.full" | "list.item_unknown" | null;
};

export type ListChanged = {
  readonly name: string | null;
  readonly items: readonly ListItem[];
  readonly outcomes: readonly ListChange[];
};

/** More is a catalog. */
const MOST_ITEMS = 200;

/**
 * Applies operations in order [SAV-1]. The same goods with the same options stand on a list once: saved again, the larger quantity holds
 * [SAV-2], so that what a browser kept before a sign-in may be brought along more than once.
 */
export function applyToList(
  list: Pick<ListChanged, "name" | "items">,
  changes: readonly WantedChange[],
  by: { readonly at: Date; readonly channelId: ChannelId | null },
): ListChanged {
  let { name, items } = list;
  const outcomes: ListChange[] = [];
  for (const change of changes) {
    const done = applyOne(items, change, by);
    if ("items" in done) ({ items } = done);
    if (change.kind === "rename") ({ name } = change);
    outcomes.push({ id: change.id, code: "code" in done ? done.code : null });
  }
  return { name, items, outcomes };
}

type Done = { readonly items: readonly ListItem[] } | { readonly code: NonNullable<ListChange["code"]> };

function applyOne(items: readonly ListItem[], change: WantedChange, by: { at: Date; channelId: ChannelId | null }): Done {
  if (change.kind === "rename") return { items };
  if (change.kind === "add") return addOne(items, change, by);
  if (!items.some(({ id }) => id === change.itemId)) return { code: "list.item_unknown" };
  if (change.kind === "remove") return { items: items.filter(({ id }) => id !== change.itemId) };
  return { items: items.map((item) => (item.id === change.itemId ? { ...item, quantity: change.quantity } : item)) };
}

function addOne(
  items: readonly ListItem[],
  { id, variantId, quantity, options, placeId, price }: Extract<WantedChange, { kind: "add" }>,
  { at, channelId }: { readonly at: Date; readonly channelId: ChannelId | null },
): Done {
  if (variantId === null) return { code: "list.sku_unknown" };
  const chosen = orderedOptions(options);
  const isSame = (item: ListItem): boolean => item.variantId === variantId && textOf(item.options) === textOf(chosen);
  if (items.some(isSame))
    return { items: items.map((item) => (isSame(item) ? { ...item, quantity: Math.max(item.quantity, quantity) } : item)) };
  if (items.length >= MOST_ITEMS) return { code: "list.full" };
  return { items: [...items, { id, variantId, options: chosen, quantity, addedAt: at, addedChannelId: channelId, placeId, price }] };
}

/** Options in their one order, each once. */
function orderedOptions(options: readonly ItemOption[]): ItemOption[] {
  const unique = new Map(options.map(({ group, value }) => [`${group}\n${value}`, { group, value }]));
  return [...unique.keys()].toSorted().flatMap((key) => unique.get(key) ?? []);
}

const textOf = (options: readonly ItemOption[]): string => options.map(({ group, value }) => `${group}\n${value}`).join("\n\n");
