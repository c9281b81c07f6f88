import { newId } from "@weft/kernel";
import { beforeAll, expect, it } from "vitest";
import { giftCardText, type PublicKey } from "../../../../hub/src/modules/payments/domain.ts";
import type { OutboxRow } from "../outbox/rows.ts";
import { takeGiftCard, takePoints } from "./shown-rights.ts";

const CODE = "AC34-DEFG-HJKM-NPQR";
const NOW = new Date("2026-03-02T09:00:00Z");
const TOMORROW = NOW.getTime() / 1000 + 86_400;
let pair: CryptoKeyPair;
let keys: readonly PublicKey[];
beforeAll(async () => {
  pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  keys = [{ ...(await crypto.subtle.exportKey("jwk", pair.publicKey)), kid: "hub" }];
});

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const part = (value: object): string => base64url(new TextEncoder().encode(JSON.stringify(value)));

/** As the hub signs one (RFC 7515). */
async function right(claims: object, use = "gift card"): Promise<string> {
  const text = `${part({ alg: "ES256", kid: "hub" })}.${part({ use, currency: "EUR", exp: TOMORROW, ...claims })}`;
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, new TextEncoder().encode(text));
  return `${text}.${base64url(new Uint8Array(signature))}`;
}

const wanted = (text: string, over: object = {}) => ({
  text,
  keys,
  due: { amount: 3000, currency: "EUR" },
  placeMost: 2000,
  others: [],
  acts: [],
  at: NOW,
  ...over,
});

/** A sale of this register that waits, paid by some of a card. */
function waiting(taken: string, amount: number, answer?: object): OutboxRow {
  const command = { id: newId(), seq: 1, kind: "sale.record", body: { tenders: [{ kind: "gift_card", amount, right: taken }] } };
  return { seq: 1, id: command.id, command, ...answer };
}

it("[PAY-52] a till without the hub takes of a gift card what its right says, at most what the place allows, less what it took already", async () => {
  const given = await right({ sub: "card-1", most: 5000 });
  const text = giftCardText(CODE, given);
  expect(await takeGiftCard(wanted(text))).toEqual({ tender: { kind: "gift_card", amount: 2000, right: given } });
  expect(await takeGiftCard(wanted(text, { due: { amount: 450, currency: "EUR" } }))).toMatchObject({ tender: { amount: 450 } });
  const acts = [waiting(given, 1500), waiting(await right({ sub: "card-2", most: 5000 }), 900), waiting(given, 100, { answer: {} })];
  expect(await takeGiftCard(wanted(text, { acts }))).toMatchObject({ tender: { amount: 500 } });
  const others = [{ kind: "gift_card", amount: 500, right: given }];
  expect(await takeGiftCard(wanted(text, { acts, others }))).toEqual({ because: "used_up" });
  expect(await takeGiftCard(wanted(text, { placeMost: 0 }))).toEqual({ because: "used_up" });
});

it("[PAY-52] it takes nothing by a code alone, a right that ended, was changed, is for something else or in another currency", async () => {
  const given = await right({ sub: "card-1", most: 5000 });
  const [head, , signature] = given.split(".");
  const changed = [head, part({ use: "gift card", currency: "EUR", exp: TOMORROW, sub: "card-1", most: 9000 }), signature].join(".");
  for (const text of [CODE, `${CODE}.${changed}`, giftCardText(CODE, await right({ sub: "card-1", most: 1, exp: 1 })), "nothing"])
    expect(await takeGiftCard(wanted(text))).toEqual({ because: "no_right" });
  expect(await takeGiftCard(wanted(giftCardText(CODE, await right({ sub: "m", most: 9 }, "card"))))).toEqual({ because: "no_right" });
  expect(await takeGiftCard(wanted(giftCardText(CODE, given), { due: { amount: 1, currency: "CHF" } }))).toEqual({
    because: "other_currency",
  });
});

it("[LOY-40] points pay what the shown card says and the part of a sale that the program allows, and a card without a right nothing", async () => {
  const given = await right({ sub: "member", most: 1500, percent: 50 }, "card");
  const taken = (over: object = {}) => takePoints({ ...wanted(`${given}.AbCdEf12`, over), total: 2000 });
  expect(await taken()).toEqual({ kind: "points", amount: 1000, right: given });
  expect(await taken({ placeMost: 300 })).toMatchObject({ amount: 300 });
  expect(await taken({ others: [{ kind: "points", amount: 1, right: given }] })).toBeNull();
  const bare = await right({ sub: "member" }, "card");
  expect(await takePoints({ ...wanted(`${bare}.AbCdEf12`), total: 2000 })).toBeNull();
  expect(await takePoints({ ...wanted("2900000000000007"), total: 2000 })).toBeNull();
});
