import type { TourSceneName, TourView } from "@weft/contracts/client";

export type Level = TourView["level"];
export type Device = "phone" | "till";

/** What the tour does between two taps of the visitor: hands do it in a store. */
export type Act =
  | { readonly kind: "go"; readonly device: Device; readonly path: string }
  /** The hub has written down who signed up: whoever looks for them now finds them, if they may. */
  | { readonly kind: "be_known" }
  /** The cashier types the visitor's address. */
  | { readonly kind: "type_address" }
  /** The same with the address that the store has. */
  | { readonly kind: "type_store_address" }
  /** The scanner reads the card, or the code, off the phone. */
  | { readonly kind: "scan_card" }
  | { readonly kind: "scan_code" }
  /** The cashier types the number of what was bought last. */
  | { readonly kind: "type_order" }
  /** The scanner reads what opens the order at the counter. */
  | { readonly kind: "scan_collection" }
  /** A hand of the visitor or the cashier taps what no tap of the tour is spent on. */
  | { readonly kind: "tap"; readonly device: Device; readonly target: string }
  /** What was tapped has been done: its button is gone. */
  | { readonly kind: "gone"; readonly device: Device; readonly target: string }
  /** The till knows nobody, and the visitor stands there all the same. */
  | { readonly kind: "arrive" };

/** One highlighted tap, by a selector in one of the two apps, and what follows by itself. */
export type Step = { readonly device: Device; readonly target: string; readonly name: StepName; readonly after?: readonly Act[] };
export type StepName =
  | "sign_up"
  | "find"
  | "pick"
  | "card"
  | "add"
  | "hand_over"
  | "take_over"
  | "reward"
  | "order"
  | "take_off"
  | "collect"
  | "return";

/** A scene on a level: where both apps begin, what happens before the first tap, and the taps. */
export type Play = { readonly phone: string; readonly till: string; readonly first?: readonly Act[]; readonly steps: readonly Step[] };

const named = (name: string): string => `[data-tour="${name}"]`;
const SIGN_UP: Step = { device: "phone", target: named("sign-up"), name: "sign_up", after: [{ kind: "be_known" }] };
const FIND: Step = { device: "till", target: named("find-customer"), name: "find", after: [{ kind: "type_address" }] };
const FIND_NOBODY: Step = { ...FIND, after: [{ kind: "type_address" }, { kind: "arrive" }] };
const PICK: Step = { device: "till", target: named("candidate"), name: "pick" };
const SHOW_CARD: Step = { device: "phone", target: 'nav a[href="/shop/card"]', name: "card", after: [{ kind: "scan_card" }] };
const add = (...after: readonly Act[]): Step => ({ device: "phone", target: named("add"), name: "add", after });

const DRINK = "/shop/p/double-espresso";
const OTHER_DRINK: Act = { kind: "go", device: "phone", path: "/shop/p/cappuccino" };
const TO_CART: Act = { kind: "go", device: "phone", path: "/shop/cart" };
const CHECK_OUT = add({ kind: "go", device: "phone", path: "/shop/checkout" });
const order = (...after: readonly Act[]): Step => ({
  device: "phone",
  target: named("order"),
  name: "order",
  after: [{ kind: "scan_collection" }, ...after],
});
const GIVE: Step = { device: "till", target: named("give"), name: "collect" };
const ONE_MORE: Act = { kind: "tap", device: "phone", target: `${named("count")} button:last-of-type` };
const ONE_LESS: Act = { kind: "tap", device: "till", target: `${named("units")} button:first-of-type` };
const MUG = "/shop/p/woven-mug";

const BRING_BACK: Step = { device: "till", target: named("return-find"), name: "return" };
/** Where the order is found, all of it comes back: the cashier's hands do the rest. */
const TAKE_BACK: Step = {
  ...BRING_BACK,
  after: [
    { kind: "tap", device: "till", target: named("return-all") },
    { kind: "tap", device: "till", target: `${named("take-back")}:not(:disabled)` },
  ],
};

/** The levels in their order. */
export const LEVELS: readonly Level[] = ["siloed", "handover", "linked"];

/** The scenes in their order, and what a visitor does in each on each level: the table of the tour. */
export const SCENES: readonly TourSceneName[] = ["sign_up", "cart", "collect", "points", "return", "seams"];

export const isScene = (name: string | null): name is TourSceneName => SCENES.some((scene) => scene === name);

export const PLAYS: Readonly<Record<TourSceneName, Readonly<Record<Level, Play>>>> = {
  sign_up: {
    siloed: { phone: "/shop/sign-in", till: "/till/", steps: [SIGN_UP, FIND_NOBODY] },
    handover: { phone: "/shop/sign-in", till: "/till/", steps: [SIGN_UP, SHOW_CARD] },
    linked: { phone: "/shop/sign-in", till: "/till/", steps: [SIGN_UP, FIND, PICK] },
  },
  cart: {
    siloed: { phone: DRINK, till: "/till/", steps: [add(OTHER_DRINK), add(TO_CART), FIND_NOBODY] },
    handover: {
      phone: DRINK,
      till: "/till/",
      steps: [
        add(OTHER_DRINK),
        add(TO_CART),
        { device: "phone", target: named("hand-over"), name: "hand_over", after: [{ kind: "scan_code" }] },
      ],
    },
    linked: {
      phone: DRINK,
      till: "/till/",
      steps: [
        add(OTHER_DRINK),
        add(TO_CART, { kind: "scan_card" }),
        {
          device: "till",
          target: named("take-over"),
          name: "take_over",
          // Rung up before the cart is there, it would begin a ticket of its own.
          after: [
            { kind: "gone", device: "till", target: named("take-over") },
            { kind: "tap", device: "till", target: named("sell:butter-croissant") },
          ],
        },
      ],
    },
  },
  collect: {
    siloed: { phone: MUG, till: "/till/", steps: [add(TO_CART)] },
    handover: { phone: MUG, till: "/till/", steps: [CHECK_OUT, order(), GIVE] },
    // Ordered two, taken one: the order of the phone is changed at the counter.
    linked: {
      phone: MUG,
      till: "/till/",
      first: [ONE_MORE],
      steps: [CHECK_OUT, order(ONE_LESS), { device: "till", target: named("take-off"), name: "take_off" }, GIVE],
    },
  },
  points: {
    siloed: { phone: "/shop/card", till: "/till/", steps: [{ ...FIND, after: [{ kind: "type_store_address" }] }, PICK] },
    handover: { phone: "/shop/", till: "/till/", steps: [SHOW_CARD] },
    linked: {
      phone: "/shop/card",
      till: "/till/",
      first: [{ kind: "scan_card" }, { kind: "tap", device: "till", target: named("sell:butter-croissant") }],
      steps: [{ device: "till", target: named("reward"), name: "reward" }],
    },
  },
  return: {
    siloed: { phone: "/shop/orders", till: "/till/returns", first: [{ kind: "type_order" }], steps: [BRING_BACK] },
    handover: { phone: "/shop/orders", till: "/till/returns", first: [{ kind: "type_order" }], steps: [TAKE_BACK] },
    linked: { phone: "/shop/orders", till: "/till/returns", first: [{ kind: "type_order" }], steps: [TAKE_BACK] },
  },
  seams: {
    siloed: { phone: "/shop/card", till: "/till/", steps: [] },
    handover: { phone: "/shop/card", till: "/till/", steps: [] },
    linked: { phone: "/shop/card", till: "/till/", steps: [] },
  },
};

export type Stop = { readonly scene: TourSceneName; readonly level: Level };

/** The stop after this one: the same scene on the next level, then the next scene from the first level on. Undefined at the end. */
export function stopAfter({ scene, level }: Stop): Stop | undefined {
  const higher = LEVELS[LEVELS.indexOf(level) + 1];
  if (higher && scene !== "seams") return { scene, level: higher };
  const next = SCENES[SCENES.indexOf(scene) + 1];
  // What happened is one page for all levels.
  return next && { scene: next, level: next === "seams" ? level : "siloed" };
}
