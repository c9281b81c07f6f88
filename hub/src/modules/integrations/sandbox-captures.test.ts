import type { IntentId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testId } from "../../../test/goods-hub.ts";
import { createSandboxProvider } from "./sandbox-provider.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());

const eur = (amount: number) => ({ amount, currency: "EUR" });

it("[PAY-34] a card of the sandbox that agreed is charged in parts, each once, up to what it agreed to, and not after its time or once it was let go", async () => {
  const provider = createSandboxProvider(hub.pool);
  const agree = (n: number, token: string) =>
    provider.charge({ intentId: testId<IntentId>("intent", n), token, amount: eur(1000), isForLater: true }, new AbortController().signal);
  const capture = (n: number, captureId: string, amount: number) =>
    provider.capture?.({ captureId, attempt: 1, intentId: testId<IntentId>("intent", n), amount: eur(amount), isLast: false });
  const [first, second, third, fourth] = [testId("capture", 1), testId("capture", 2), testId("capture", 3), testId("capture", 4)];
  expect(await agree(1, "sandbox_authorize")).toMatchObject({ kind: "authorized" });
  expect(await capture(1, first, 400)).toMatchObject({ kind: "captured" });
  expect(await capture(1, first, 400)).toMatchObject({ kind: "captured" });
  expect(await capture(1, second, 700)).toEqual({ kind: "refused", reason: "authorization_expired" });
  expect(await capture(1, third, 600)).toMatchObject({ kind: "captured" });
  expect(await hub.rows("select sum(amount)::integer as taken from integrations.sandbox_capture")).toEqual([{ taken: 1000 }]);
  await agree(2, "sandbox_authorize");
  await provider.cancel(testId("intent", 2), eur(1000));
  expect(await capture(2, fourth, 100)).toMatchObject({ kind: "refused" });
  await agree(3, "sandbox_authorize_short");
  await hub.rows("update integrations.sandbox_charge set authorized_until = now() where intent_id = $1", [testId("intent", 3)]);
  expect(await provider.find(testId("intent", 3))).toMatchObject({ kind: "voided" });
  expect(await capture(3, fourth, 100)).toMatchObject({ kind: "refused" });
});
