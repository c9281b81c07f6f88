import { createServer } from "node:http";
import { withDatabase } from "./database.ts";
import { clientOf, closedLoop } from "./load.ts";
import { figure, type Figure } from "./report.ts";

const SECONDS = 2;

/**
 * What this machine gives at this moment without any Weft: bare HTTP posts, key look-ups and small durable commits of the database.
 * Absolute rates on a shared machine do not stand alone; these stand beside them.
 */
export async function calibrate(home: string): Promise<Figure[]> {
  return [figure("calibration_http_posts_per_s", await bareHttp(), "1/s"), ...(await database(home))];
}

async function bareHttp(): Promise<number> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end("{}"));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const client = clientOf(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
  const { perSecond } = await closedLoop({
    clients: 8,
    seconds: SECONDS,
    warmUp: 0.5,
    work: async () => ((await client.call("POST", "/", { body: { a: 1 } })).status === 200 ? null : "failed"),
  });
  await client.close();
  server.close();
  return perSecond;
}

const LOOK_UPS = 20_000;
const COMMITS = 500;

async function database(home: string): Promise<Figure[]> {
  return withDatabase(home, async (client) => {
    const seconds = async (work: () => Promise<unknown>) => {
      const started = performance.now();
      await work();
      return (performance.now() - started) / 1000;
    };
    const lookUps = await seconds(() =>
      client.query(
        `do $$ declare v uuid; begin for i in 1..${LOOK_UPS} loop select variant_id into v from stock.level limit 1; end loop; end $$`,
      ),
    );
    await client.query("create table public.bench_commit (n integer)");
    const commits = await seconds(async () => {
      for (let n = 0; n < COMMITS; n++)
        await client.query({ name: "commit", text: "insert into public.bench_commit values ($1)", values: [n] });
    });
    await client.query("drop table public.bench_commit");
    return [
      figure("calibration_db_look_ups_per_s", LOOK_UPS / lookUps, "1/s"),
      figure("calibration_db_commits_per_s_one_client", COMMITS / commits, "1/s"),
    ];
  });
}
