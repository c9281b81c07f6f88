import { join } from "node:path";

/**
 * The modules of the hub and their levels. A module calls only modules on a lower level, through their `index.ts`;
 * upward it speaks in events. The import rules are generated from this table (tooling/boundary-rules.ts), and
 * migrations run in its order.
 */
export const MODULES = [
  { name: "access", level: 0 },
  { name: "places", level: 0 },
  { name: "channels", level: 1 },
  { name: "catalog", level: 1 },
  { name: "batches", level: 2 },
  { name: "customers", level: 2 },
  { name: "pricing", level: 2 },
  { name: "stock", level: 2 },
  { name: "ledger", level: 2 },
  { name: "companies", level: 3 },
  { name: "consent", level: 3 },
  { name: "loyalty", level: 3 },
  { name: "payments", level: 3 },
  { name: "promises", level: 3 },
  { name: "privacy", level: 4 },
  { name: "carts", level: 4 },
  { name: "touchpoints", level: 4 },
  { name: "orders", level: 5 },
  { name: "saved", level: 5 },
  { name: "bookings", level: 5 },
  { name: "fulfillment", level: 6 },
  { name: "checkout", level: 7 },
  { name: "returns", level: 8 },
  { name: "messages", level: 8 },
  { name: "till", level: 9 },
  { name: "tasks", level: 9 },
  { name: "insights", level: 10 },
  { name: "parity", level: 10 },
  { name: "tour", level: 10 },
  { name: "integrations", level: 10 },
] as const;

/** The name of a module, which is also its folder and its database schema. */
export type ModuleName = (typeof MODULES)[number]["name"];

/** The folders of all migrations in the order in which they run: the platform, then the modules from low to high. */
export function migrationFolders(source: string = import.meta.dirname): { name: string; directory: string }[] {
  return [
    { name: "platform", directory: join(source, "platform/migrations/sql") },
    ...MODULES.map(({ name }) => ({ name, directory: join(source, "modules", name, "migrations") })),
  ];
}
