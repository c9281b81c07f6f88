import { OF_GOODS } from "./retention/goods.ts";
import { OF_PEOPLE } from "./retention/people.ts";
import type { Retention } from "./retention/row.ts";
import { OF_RUNNING } from "./retention/running.ts";
import { OF_SALES } from "./retention/sales.ts";

/** One row per table of every schema: a table without one fails the tests. docs/operations.md has it as a table. */
export const RETENTION: Readonly<Record<string, Retention>> = { ...OF_PEOPLE, ...OF_SALES, ...OF_GOODS, ...OF_RUNNING };
