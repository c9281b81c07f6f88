import { expect } from "vitest";
import { newKey } from "../sale-hub.ts";
import { open, openInHub } from "./cart-steps.ts";
import { card, complete, judge, type Payment } from "./sale-steps.ts";
import type { StepOf } from "./steps.ts";
import { actorOf, realCart, type World } from "./world.ts";

/** Several visitors at once want the last units: as many get them as there are [STK-1]. Who was first is the hub's to say. */
export async function race(world: World, { goods, units, place, buyers }: StepOf<"race">): Promise<void> {
  const visitor = { buyer: 0, place, actor: actorOf(world, 0), isTicket: false };
  const opened = await Promise.all(Array.from({ length: buyers }, () => openInHub(world, visitor, [[goods, units]])));
  const served = opened.filter((cart) => realCart(world, cart).view.lines.length > 0);
  for (const cart of [...served, ...opened.filter((one) => !served.includes(one))]) world.model.change(cart, new Map([[goods, units]]));
  expect(served.length).toBe(opened.filter(({ lines }) => lines.size > 0).length);
  const payments = served.map((cart) => card("inline", world.model.total(cart), "at once"));
  const completions = await Promise.all(served.map((cart, at) => complete(world, cart, payments[at]?.wanted ?? [], newKey())));
  for (const [at, cart] of served.entries())
    await judge(world, cart, payments[at] ?? card("inline", 0, "not"), completions.slice(at, at + 1));
}

/** One gift card pays for two carts at once: for both only when it covers both [PAY-11]. */
export async function spendTwice(world: World, { goods, place }: StepOf<"spend twice">): Promise<void> {
  const { model, cards } = world;
  const at = model.cards.indexOf(Math.max(...model.cards));
  const code = cards[at]?.code;
  if (code === undefined) return;
  const visitor = { buyer: 0, place, actor: actorOf(world, 0), isTicket: false };
  const carts = [await open(world, visitor, [[goods[0], 1]]), await open(world, visitor, [[goods[1], 1]])];
  const wanted = [{ kind: "gift_card", code } as const];
  const completions = await Promise.all(carts.map((cart) => complete(world, cart, wanted, newKey())));
  const onCard = model.cards[at] ?? 0;
  const able = carts.filter((cart) => cart.lines.size > 0 && model.hasAll(cart) && model.total(cart) <= onCard);
  const sum = able.reduce((all, cart) => all + model.total(cart), 0);
  expect(completions.filter(({ kind }) => kind === "placed").length).toBe(sum <= onCard ? able.length : 1);
  for (const [nth, cart] of carts.entries()) {
    const [completion] = completions.slice(nth, nth + 1);
    const comes: Payment["comes"] = completion?.kind === "placed" ? "at once" : "too little";
    await judge(
      world,
      cart,
      { wanted, tenders: [{ kind: "gift_card", left: model.total(cart), card: at }], comes },
      completion ? [completion] : [],
    );
  }
}
