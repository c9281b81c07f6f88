/**
 * A process that owns an embedded database until it is ended: `node own-database.ts HOME [STATE_ROOT]`.
 * Prints one line, `{"url", "pid"}` or `{"refused"}`, where `pid` is the server's.
 */
import { pino } from "pino";
import { startEmbeddedPostgres } from "../src/platform/postgres/index.ts";

const [home = "", stateRoot] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({
    home,
    log: pino({ level: "silent" }),
    isThrowaway: true,
    ...(stateRoot ? { stateRoot } : {}),
  });
  process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));
  console.log(JSON.stringify({ url: server.url, pid: server.pid() }));
} catch (error) {
  console.log(JSON.stringify({ refused: String(error) }));
}
