import type { IntentId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { goodsHub, testId, type GoodsHub } from "../../../test/goods-hub.ts";
import { createSandboxProvider } from "./sandbox-provider.ts";

let hub: GoodsHub;
let provider: ReturnType<typeof createSandboxProvider>;
beforeAll(async () => {
  hub = await goodsHub();
  provider = createSandboxProvider(hub.pool);
});
afterAll(() => hub.close());

let made = 0;
const charge = (token: string) => ({ intentId: testId<IntentId>("intent", ++made), token, amount: { amount: 790, currency: "EUR" } });
const waiting = () => new AbortController().signal;

it("decides approval and decline on the spot, and nothing else", () => {
  expect(provider.decideInline?.(charge("sandbox_approve"))).toMatchObject({ kind: "captured" });
  expect(provider.decideInline?.(charge("sandbox_decline"))).toMatchObject({ kind: "declined" });
  for (const token of ["sandbox_late_approve", "sandbox_time_out", "anything"]) expect(provider.decideInline?.(charge(token))).toBeNull();
});

it("approves late, tells it until it was taken, and says the same when it is asked", async () => {
  const late = charge("sandbox_late_approve");
  expect(await provider.charge(late, waiting())).toEqual({ kind: "pending" });
  expect(await provider.lateAnswers()).toEqual([]);
  await hub.rows("update integrations.sandbox_charge set answers_at = now() where intent_id = $1", [late.intentId]);
  const told = await provider.lateAnswers();
  expect(told).toEqual([{ intentId: late.intentId, answer: expect.objectContaining({ kind: "captured" }) }]);
  expect(await provider.lateAnswers()).toEqual(told);
  await provider.told(late.intentId);
  expect(await provider.lateAnswers()).toEqual([]);
  expect(await createSandboxProvider(hub.pool).find(late.intentId)).toEqual(told[0]?.answer);
});

it("a request that timed out was never heard; canceled, it takes nothing when it arrives after all", async () => {
  const lost = charge("sandbox_time_out");
  const giveUp = new AbortController();
  const asked = provider.charge(lost, giveUp.signal);
  giveUp.abort();
  await expect(asked).rejects.toThrow("did not answer");
  expect(await provider.find(lost.intentId)).toEqual({ kind: "unknown" });
  expect(await provider.cancel(lost.intentId, lost.amount)).toMatchObject({ kind: "voided" });
  expect(await provider.charge({ ...lost, token: "sandbox_approve" }, waiting())).toMatchObject({ kind: "voided" });
});

it("charges once per intent, and refunds once per refund", async () => {
  const twice = charge("sandbox_late_approve");
  await Promise.all([provider.charge(twice, waiting()), provider.charge(twice, waiting())]);
  expect(await hub.rows("select 1 from integrations.sandbox_charge where intent_id = $1", [twice.intentId])).toHaveLength(1);
  const refund = { refundId: testId("refund", 1), attempt: 1, intentId: twice.intentId, amount: twice.amount };
  expect(await Promise.all([provider.refund(refund), provider.refund(refund)])).toEqual(["succeeded", "succeeded"]);
  expect(await hub.rows("select 1 from integrations.sandbox_refund")).toHaveLength(1);
});
