import { abandon, edit, giveUp, lapse, repeat, shop, typeCode } from "./cart-steps.ts";
import { add, bringBack, callOff, cancel, give, giveOrder, prepare, takeOff } from "./order-steps.ts";
import { race, spendTwice } from "./race-steps.ts";
import { answer, order, sell, sellCards } from "./sale-steps.ts";
import type { Step, StepOf } from "./steps.ts";
import { count, receive, transfer, waste } from "./stock-steps.ts";
import { compare, type World } from "./world.ts";

const ACTS: { readonly [Name in Step["do"]]: (world: World, step: StepOf<Name>) => Promise<void> } = {
  shop,
  edit,
  code: typeCode,
  repeat,
  lapse,
  abandon,
  order,
  answer,
  sell,
  "sell cards": sellCards,
  race,
  "spend twice": spendTwice,
  prepare,
  "hand over": give,
  cancel,
  "take off": takeOff,
  add,
  return: bringBack,
  receive,
  waste,
  count,
  transfer,
};

/** Plays a history: after each step the hub has what the model says, and when all is given back nothing is held or promised any more. */
export async function play(world: World, history: readonly Step[]): Promise<void> {
  for (const [at, step] of history.entries()) {
    try {
      await act(world, step);
      await compare(world);
    } catch (error) {
      throw new Error(`step ${at + 1} of ${history.length}, ${JSON.stringify(step)}: ${String(error)}`, { cause: error });
    }
  }
  await windDown(world);
}

async function act<Name extends Step["do"]>(world: World, step: Step & { readonly do: Name }): Promise<void> {
  const found = ACTS[step.do] as (world: World, step: Step) => Promise<void>; // the table is by this very name
  await found(world, step);
}

/** Whoever still waits is answered, carts are given up, orders are called off, and those that were begun handed over. */
async function windDown(world: World): Promise<void> {
  const { model } = world;
  while (model.carts.some(({ state }) => state === "paying")) await answer(world, { do: "answer", nth: 0, isCaptured: false });
  for (const cart of model.carts) if (cart.state === "open") await giveUp(world, cart);
  for (const one of model.orders) {
    if (one.state === "open") await callOff(world, one, false);
    if (one.state === "begun") await giveOrder(world, one, false);
  }
  await compare(world);
}
