import { asId } from "@weft/kernel";
import { sql } from "kysely";
import {
  addJob,
  job,
  on,
  SYSTEM,
  subscriber,
  type Ctx,
  type Job,
  type Subscriber,
  type Surroundings,
  type Vault,
} from "../../../platform/index.ts";
import { ImportStarted } from "../events.ts";
import { runImport } from "./run-import.ts";
import type { ImportId } from "./store.ts";

export type ImportJobDeps = Pick<Surroundings, "pool" | "snapshots" | "log"> & { readonly vault: Vault };

/** Days after which an import is forgotten; its lines in quarantine are kept no longer. */
export const IMPORT_DAYS = 30;
/** A file that nobody starts to import is deleted after so many days, half a file after as many hours. */
const WAITING_DAYS = 3;

/** Runs an import; a hub that stops or is killed leaves it to the next, which goes on behind the last line that is in the books. */
export const importJob = ({ vault, ...parts }: ImportJobDeps): Job<{ importId: string }> =>
  job(
    "integrations.import",
    async ({ signal }, { importId }: { importId: string }) => {
      const around: Surroundings = { ...parts, actor: SYSTEM, requestId: `import/${importId}` };
      const end = await runImport(around, vault, asId<ImportId>(importId), { signal });
      if (end === "interrupted") throw new Error("the hub stops; the import goes on when it is back");
    },
    { maxAttempts: 25 },
  );

export const importJobs = (run: Job<{ importId: string }>): readonly Job[] => [
  run,
  job(
    "integrations.forget_imports",
    async (ctx) => {
      await ctx.write(leaveWaiting);
      await ctx.write(forgetImports);
    },
    { cron: "37 * * * *" },
  ),
];

/** Files that nobody started, and halves of files. */
async function leaveWaiting({ db, now }: Ctx): Promise<void> {
  await sql`
    delete from integrations.data_import
     where (state = 'waiting' and uploaded_at < ${now}::timestamptz - make_interval(days => ${WAITING_DAYS}::integer))
        or (state = 'uploading' and uploaded_at < ${now}::timestamptz - make_interval(hours => ${WAITING_DAYS}::integer))`.execute(db);
}

async function forgetImports({ db, now }: Ctx): Promise<void> {
  await sql`
    delete from integrations.data_import
     where state not in ('waiting', 'running', 'uploading') and ended_at < ${now}::timestamptz - make_interval(days => ${IMPORT_DAYS}::integer)`.execute(
    db,
  );
}

export const importSubscribers = (run: Job<{ importId: string }>): readonly Subscriber[] => [
  subscriber("integrations.import", [
    on(ImportStarted, (ctx, { data: { importId } }) => addJob(ctx, run, { importId }, { key: `import ${importId}` })),
  ]),
];
