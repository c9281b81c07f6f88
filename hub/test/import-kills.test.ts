import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startKillableHub, type KillableHub } from "./killable-hub.ts";
import { randomFrom } from "../../scripts/random.ts";
import { proofRun, recordProof } from "../../scripts/record-proof.ts";

const OWNER = { email: "clara.vidal@trama.example", password: "trama-demo-2026" };
/** A run whose hub was killed is given to a living node within seconds [JOB-2]; a busy machine takes longer. */
const TAKEN_UP_MS = 180_000;
const { isProof, size, seed } = proofRun("import-kills", {
  part: { people: 1_500, kills: 1 },
  short: { people: 20_000, kills: 4 },
  full: { people: 100_000, kills: 20 },
});
const { people, kills } = size;

let hub: KillableHub;
beforeAll(async () => {
  hub = await startKillableHub();
}, 120_000);
afterAll(() => hub.stop(), 60_000);

it(
  `[IMP-7] a file of ${people} people is in the books whole, nothing missing and nothing double, although its hub is killed ${kills} times while it is read, every other time with its database`,
  async () => {
    const begun = performance.now();
    const random = randomFrom(seed);
    const lines = Array.from({ length: people }, (_, n) => `Q-${n},Person ${n},q${n}@import.example.com,ja`);
    const id = await begin(["id,name,email,newsletter", ...lines].join("\n"));
    const restarts: number[] = [];
    for (let n = 0; n < kills; n++) {
      // Anywhere in the file, each behind the one before, and a random moment after a part was written.
      const after = Math.floor(((n + random()) * people) / (kills + 1));
      await expect.poll(async () => (await standing(id))?.lines, { timeout: TAKEN_UP_MS, interval: 50 }).toBeGreaterThan(after);
      await pause(random() * 100);
      restarts.push(await hub.killAndRestart(n % 2 === 0));
    }
    const whole = { state: "done", lines: people, created: people, same: 0, refused: 0 };
    await expect.poll(() => standing(id), { timeout: TAKEN_UP_MS, interval: 250 }).toEqual(whole);
    const kept = await hub.rows(
      `select count(*)::int as records, count(distinct external_id)::int as people,
              (select count(*)::int from customers.source_record_version v join customers.source_record r on r.id = v.record_id
                where r.external_id like 'Q-%') as versions,
              (select count(*)::int from consent.event e join customers.source_record r on r.id = e.record_id
                where r.external_id like 'Q-%') as decisions
         from customers.source_record where external_id like 'Q-%'`,
    );
    expect(kept).toEqual([{ records: people, people, versions: people, decisions: people }]);
    expect(await hub.rows("select 1 from integrations.import_part where import_id = $1", [id])).toEqual([]);
    const invariants = (await hub.command("hub/src/cli/check-invariants.ts")).trim().split("\n").at(-1) ?? "";

    if (!isProof) return;
    await recordProof("import-kills", seed, [
      `a file of ${people} people, each with an opt-in; ${kills} kills of the hub's process (SIGKILL), ${Math.ceil(kills / 2)} of them together with its database, in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
      `${people} records, each with one version and one decision; nothing known already, nothing in quarantine, the file deleted`,
      `slowest restart until ready: ${(Math.max(...restarts) / 1000).toFixed(1)} s`,
      invariants,
    ]);
  },
  isProof ? 3_600_000 : 300_000,
);

type Standing = {
  readonly state: string;
  readonly lines: number;
  readonly created: number;
  readonly same: number;
  readonly refused: number;
};

async function standing(id: string): Promise<Standing | undefined> {
  const found = await hub.rows<Standing>(
    "select state, lines::int, created::int, same::int, refused::int from integrations.data_import where id = $1",
    [id],
  );
  return found[0];
}

/** As the owner does it in the office: given, looked at, started. */
async function begin(file: string): Promise<string> {
  const headers = await signIn();
  const [channel] = await hub.rows<{ id: string }>("select id from channels.channel where code = 'online'");
  const ask = async (path: string, type: string, body: string) => {
    const answer = await fetch(`${hub.url}${path}`, { method: "POST", headers: { ...headers, "content-type": type }, body });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string; settings: unknown }; // by the contract of either
  };
  const { id } = await ask(`/v1/imports?kind=customers&channelId=${channel?.id}&fileName=people.csv`, "text/csv", file);
  const { settings } = await ask(`/v1/imports/${id}/preview`, "application/json", "{}");
  await ask(`/v1/imports/${id}/run`, "application/json", JSON.stringify({ settings }));
  return id;
}

async function signIn(): Promise<Record<string, string>> {
  const answer = await fetch(`${hub.url}/v1/staff-sessions`, {
    method: "POST",
    headers: { "content-type": "application/json", "weft-session": "weft_office" },
    body: JSON.stringify(OWNER),
  });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(";", 1)[0]);
  return { "weft-session": "weft_office", cookie: cookie.join("; ") };
}
