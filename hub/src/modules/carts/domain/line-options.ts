import type { Goods, LineOption } from "./cart.ts";
import type { Refusal } from "./refusal.ts";

/**
 * The options of a line in the order of their groups: what was chosen, and the first value of each required group that was not.
 * A value that the group does not have, or more values than it takes, is refused.
 */
export function completeOptions(
  goods: Goods,
  chosen: readonly LineOption[],
): { readonly value: readonly LineOption[] } | { readonly refusal: Refusal } {
  const unknown = chosen.find(
    (option) =>
      !goods.optionGroups.some((group) => group.code === option.group && group.values.some((value) => value.code === option.value)),
  );
  if (unknown) return { refusal: { code: "option.unknown", data: { sku: goods.sku, ...unknown } } };
  const value: LineOption[] = [];
  for (const group of goods.optionGroups) {
    const picked = [...new Set(chosen.filter((option) => option.group === group.code).map((option) => option.value))];
    if (picked.length > group.maximum)
      return { refusal: { code: "option.too_many", data: { sku: goods.sku, group: group.code, most: group.maximum } } };
    const first = group.values[0];
    if (picked.length === 0 && group.minimum > 0 && first) picked.push(first.code);
    value.push(...picked.map((code) => ({ group: group.code, value: code })));
  }
  return { value };
}

export function sameOptions(a: readonly LineOption[], b: readonly LineOption[]): boolean {
  return a.length === b.length && a.every((option, index) => option.group === b[index]?.group && option.value === b[index].value);
}
