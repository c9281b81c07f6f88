import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { newId, ok, type Id } from "@weft/kernel";
import { progressBar } from "../cli/progress-bar.ts";
import { withDatabase } from "../cli/with-database.ts";
import { writeArchiveTo } from "../modules/till/index.ts";
import { placesSnapshot } from "../modules/places/index.ts";
import {
  BackupError,
  createLog,
  createSnapshots,
  dbOn,
  inTransaction,
  openSigner,
  openVault,
  readConfig,
  SYSTEM,
} from "../platform/index.ts";
import { VERSION } from "../version.ts";

const USAGE = `npm run archive -- --entity NAME --from YYYY-MM-DD --to YYYY-MM-DD FILE.zip

Writes an archive of a legal entity's journal, of a year at most, straight into a file: signed by the hub, with its own verifier inside
(node verifier.mjs FILE.zip). That it was made stands in the hub's journal.`;

/** `npm run archive`. Exit code 2 when it was not made. */
export async function archive(args: readonly string[]): Promise<void> {
  const options = { entity: { type: "string" }, from: { type: "string" }, to: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [path] = positionals;
  const { entity: name, from, to: until } = values;
  if (path === undefined || name === undefined || !isDate(from) || !isDate(until)) throw new BackupError(USAGE);
  if (existsSync(path)) throw new BackupError(`${path} is there already: give the new archive a name of its own.`);
  const config = readConfig(process.env, []);
  const log = createLog("warn");
  await withDatabase(config, log, async (pool) => {
    const around = { pool, log, snapshots: createSnapshots({ pool, log }), actor: SYSTEM, requestId: "archive" };
    const { entities } = await around.snapshots.current(placesSnapshot);
    const entity = [...entities.values()].find((one) => one.name === name || one.id === name);
    if (!entity)
      throw new BackupError(`There is no legal entity ${name}. There are: ${[...entities.values()].map((one) => one.name).join(", ")}.`);
    const signer = await openSigner(pool, openVault(config.secret));
    const bar = progressBar(process.stdout, "entries");
    const started = performance.now();
    const wanted = { id: newId<Id<"fiscal archive">>(), entityId: entity.id, period: { from, until }, madeAt: new Date() };
    const partial = `${path}.partial`;
    const hash = createHash("sha256");
    try {
      const read = { ...around, db: dbOn(pool), now: new Date() };
      const file = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          done(null, chunk);
        },
      });
      const { entries, tell } = await writeArchiveTo(
        read,
        { signer, softwareVersion: VERSION },
        wanted,
        (bytes) => pipeline(bytes, file, createWriteStream(partial, { mode: 0o600 })),
        (done, of) => bar.at(done, of),
      );
      await rename(partial, path);
      bar.end();
      const sha256 = hash.digest("hex");
      await inTransaction(around, async (ctx) => ok(await tell(ctx, sha256)));
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${path}: ${entries} entries of ${entity.name}, ${from} to ${until}, in ${seconds} s\nSHA-256: ${sha256}\n`);
    } finally {
      await rm(partial, { force: true });
    }
  });
}

const isDate = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
