import type { PriceScope } from "../domain/index.ts";

/** Scopes as rows: parallel arrays of owner, key and value, for one statement over many lists or codes. */
export type ScopeRows = { readonly owners: string[]; readonly keys: string[]; readonly values: string[] };

export function toScopeRows(owned: readonly { readonly id: string; readonly scope: PriceScope }[]): ScopeRows {
  const rows: ScopeRows = { owners: [], keys: [], values: [] };
  for (const { id, scope } of owned) {
    for (const [key, values] of byKey(scope)) {
      for (const value of new Set(values)) {
        rows.owners.push(id);
        rows.keys.push(key);
        rows.values.push(value);
      }
    }
  }
  return rows;
}

function byKey({ placeIds = [], groupIds = [], channelIds = [], customerGroups = [] }: PriceScope): [string, readonly string[]][] {
  return [
    ["place", placeIds],
    ["group", groupIds],
    ["channel", channelIds],
    ["customer_group", customerGroups],
  ];
}
