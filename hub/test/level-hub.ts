import type { LinkLevel } from "@weft/contracts";
import { newId } from "@weft/kernel";
import { expect } from "vitest";
import { advanceSwitch } from "../src/modules/customers/index.ts";
import { createLog, inTransaction, SYSTEM } from "../src/platform/index.ts";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";

export const SHOP_KEY = "pk_demo_online_7hT2mQ9xW4cRb8Lz";

export type Headers = Record<string, string>;
export type Answer = { readonly status: number; readonly body: any }; // answers of any route: the test says what it expects of them

/** A demo whose channels are set to any link level, asked as its people. */
export type LevelHub = {
  readonly demo: DemoHub;
  readonly owner: Headers;
  /** Léa on the web shop. */
  readonly lea: Headers;
  /** By code. */
  readonly channels: Readonly<Record<string, string>>;
  ask(who: Headers, method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: object): Promise<Answer>;
  staff(email: string): Promise<Headers>;
  setLevel(code: string, level: LinkLevel): Promise<void>;
  levelOf(code: string): Promise<LinkLevel>;
};

export async function openLevelHub(): Promise<LevelHub> {
  const demo = await openDemoHub();
  const channels = Object.fromEntries(demo.chain.channels.map(({ code, id }) => [code, id]));
  const ask: LevelHub["ask"] = async (who, method, url, body) => {
    const headers = { ...who, ...(method === "GET" ? {} : { "idempotency-key": newId() }) };
    const answer = await demo.app.inject({ method, url, headers, ...(body && { payload: body }) });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const staff = async (email: string): Promise<Headers> => {
    const answer = await demo.app.inject({
      method: "POST",
      url: "/v1/staff-sessions",
      headers: { "weft-session": "weft_office" },
      payload: { email, password: "trama-demo-2026" },
    });
    expect(answer.statusCode).toBe(201);
    return { "weft-session": "weft_office", cookie: answer.cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
  };
  const owner = await staff("clara.vidal@trama.example");
  const lea = { ...(await demo.enter("lea")), authorization: `Bearer ${SHOP_KEY}` };
  const levelOf = async (code: string): Promise<LinkLevel> => {
    const { body } = await ask(owner, "GET", "/v1/channels");
    return body.channels.find((channel: { code: string }) => channel.code === code).linkLevel;
  };
  const setLevel = async (code: string, level: LinkLevel): Promise<void> => {
    const { status, body } = await ask(owner, "POST", `/v1/channels/${channels[code]}/level-changes`, { level });
    if (status === 409 && body.code === "channels.level_as_is") return;
    expect([status, body.to]).toEqual([201, level]);
    await finishSwitch(demo);
    demo.hub.snapshots.invalidate();
    await expect.poll(async () => levelOf(code), { timeout: 5000, interval: 5 }).toBe(level);
  };
  return { demo, owner, lea, channels, ask, staff, setLevel, levelOf };
}

/** All steps of a switch in the background, as its job does them. */
async function finishSwitch(demo: DemoHub): Promise<void> {
  const around = { pool: demo.pool, snapshots: demo.hub.snapshots, log: createLog("silent"), requestId: "test", actor: SYSTEM };
  for (let did = ""; did !== "idle";) {
    const outcome = await inTransaction(around, async (ctx) => ({ ok: true as const, value: await advanceSwitch(ctx) }));
    did = outcome.kind === "done" && outcome.result.ok ? outcome.result.value : "idle";
  }
}
