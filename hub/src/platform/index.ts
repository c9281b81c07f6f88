export * from "./config.ts";
export * from "./ctx.ts";
export { dbOn, statement, type Db } from "./database/db.ts";
export { openPool } from "./database/pool.ts";
export type { DB } from "./database/tables.gen.ts";
export * from "./http/index.ts";
export * from "./transaction.ts";
export * from "./signing.ts";
export * from "./vault.ts";
