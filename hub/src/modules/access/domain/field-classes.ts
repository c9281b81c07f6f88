import type { Role } from "@weft/contracts";

/** Classes of what is known of a person. `contact`: addresses, phone, birth date, family name. A first name and an order are in none. */
export const FIELD_CLASSES = ["contact", "purchases", "money", "notes"] as const;
export type FieldClass = (typeof FIELD_CLASSES)[number];

const OF_ROLE: Readonly<Record<Role, readonly FieldClass[]>> = {
  owner: FIELD_CLASSES,
  manager: FIELD_CLASSES,
  agent: FIELD_CLASSES,
  privacy_officer: FIELD_CLASSES,
  read_only: FIELD_CLASSES,
  marketer: ["purchases"],
  cashier: ["purchases", "money"],
  barista: [],
};

/**
 * What a caller may see of other people [ACC-4]: staff by their roles together, a channel's secret key everything of its own records,
 * everyone else nothing. What a customer sees of themselves is not asked here.
 */
export function visibleFields(caller: {
  readonly kind: string;
  readonly staff: { readonly roles: readonly Role[] } | null;
}): ReadonlySet<FieldClass> {
  if (caller.staff) return new Set(caller.staff.roles.flatMap((role) => OF_ROLE[role]));
  return new Set(caller.kind === "secret" || caller.kind === "system" ? FIELD_CLASSES : []);
}
