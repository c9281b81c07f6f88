import type { AnswerOf, CallResult } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { ProblemError, mayRetry } from "@weft/ui/api/problem-error.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { readKept } from "../kept.ts";
import { basket, changeBasket, type Basket, type LineHint, type Operation, type Pending } from "./basket.ts";

/** The hub takes this many operations in one call. */
const MOST_AT_ONCE = 50;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** The cart cannot take changes any more: what was to be added begins a new one. */
const GONE: ReadonlySet<string> = new Set(["cart.unknown", "cart.closed", "cart.not_yours"]);

type Answer = CallResult<AnswerOf<"carts.operate">>;

let sending = false;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

window.addEventListener("online", () => void sendPending());

/** Changes the cart: seen at once, sent now or as soon as there is a network. */
export function changeCart(...changes: readonly Pending[]): void {
  changeBasket({ pending: [...basket().pending, ...changes] });
  void sendPending();
}

/** Makes an operation with an id of its own, which it keeps however often it is sent. */
export function operation<Kind extends Operation["kind"]>(
  kind: Kind,
  fields: Omit<Extract<Operation, { kind: Kind }>, "kind" | "id">,
): Operation {
  return { id: newKey(), kind, ...fields } as Operation; // the fields of this kind, by the parameter's type
}

/** Puts units of a variant into the cart; `hint` is shown until the hub has answered. */
export function addToCart(sku: string, quantity: number, hint: LineHint, placeId: string | undefined): void {
  const options = hint.options.map(({ group, value }) => ({ group, value }));
  const said = hint.note === undefined ? {} : { note: hint.note };
  changeCart({
    operation: operation("add", { sku, quantity, options, lineId: newId(), ...(placeId !== undefined && { placeId }), ...said }),
    hint,
  });
}

/** Sends what waits, in order, one call at a time over all tabs of this browser. Safe to call at any time. */
export async function sendPending(): Promise<void> {
  if (sending || basket().pending.length === 0) return;
  sending = true;
  clearTimeout(timer);
  try {
    await alone(async () => {
      while (basket().pending.length > 0) if (!(await sendOnce())) break;
    });
  } finally {
    sending = false;
  }
}

/** Sends the oldest changes. False: not now, it is tried again by itself. */
async function sendOnce(): Promise<boolean> {
  const { cart, pending, opening } = basket();
  const batch = pending.slice(0, cart ? MOST_AT_ONCE : (opening?.count ?? MOST_AT_ONCE));
  const operations = batch.map(({ operation }) => operation);
  const answer = cart ? await api.call("carts.operate", { params: { id: cart.id }, body: { operations } }) : await openCart(operations);
  if (answer.ok) {
    failures = 0;
    if (basket().isStuck) changeBasket({ isStuck: false });
    settle(batch, answer.value);
    return true;
  }
  const error = new ProblemError(answer.problem, answer.offline);
  if (mayRetry(error) || error.problem.code === "cart.completing") {
    failures += 1;
    if (!basket().isStuck) changeBasket({ isStuck: true });
    timer = setTimeout(() => void sendPending(), Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures));
    return false;
  }
  if (cart && GONE.has(error.problem.code)) changeBasket(withoutCart(basket()));
  else {
    drop(batch);
    showToast(problemText(error));
    if (cart) void api.queries.invalidateQueries({ queryKey: ["cart", cart.id] });
  }
  return true;
}

/** The cart of this browser, opened empty where there is none: somebody may be let into it before anything is in it. Throws what the hub refuses. */
export async function cartToShare(): Promise<string> {
  const { cart } = basket();
  if (cart) return cart.id;
  const opened = await openCart([]);
  if (!opened.ok) throw new ProblemError(opened.problem, opened.offline);
  api.queries.setQueryData(["cart", opened.value.cart.id], opened.value.cart);
  return opened.value.cart.id;
}

/** Opens the cart with its first lines, where the shopper wants to collect it. */
async function openCart(operations: Operation[]): Promise<Answer> {
  const opening = basket().opening ?? { key: newKey(), count: operations.length, placeId: placeOf(operations) };
  changeBasket({ opening });
  const body = { placeId: opening.placeId, fulfillment: "take_away", operations } as const;
  const opened = await api.call("carts.open", { body, headers: keyHeader(opening.key) });
  if (!opened.ok) {
    // A refusal is stored under its key: the next try is another opening.
    if (!mayRetry(new ProblemError(opened.problem, opened.offline))) changeBasket({ opening: null });
    return opened;
  }
  const { cart, token, results } = opened.value;
  changeBasket({ cart: { id: cart.id, token }, opening: null, isClaimed: false, isGone: false });
  return { ok: true, status: opened.status, value: { cart, results } };
}

/** Where the first line was added, else the store that was chosen in this browser. */
function placeOf(operations: readonly Operation[]): string | null {
  const placed = operations.flatMap((one) => ("placeId" in one && one.placeId ? [one.placeId] : []));
  return placed[0] ?? readKept("storeId") ?? null;
}

function settle(batch: readonly Pending[], { cart, results }: AnswerOf<"carts.operate">): void {
  api.queries.setQueryData(["cart", cart.id], cart);
  drop(batch);
  for (const { code, title, data } of results) {
    if (code === null) continue;
    showToast(problemText(new ProblemError({ type: "about:blank", title: title ?? code, status: 409, code, ...data }, false)));
  }
}

function drop(batch: readonly Pending[]): void {
  const done = new Set(batch.map(({ operation }) => operation.id));
  changeBasket({ pending: basket().pending.filter(({ operation }) => !done.has(operation.id)) });
}

/** The same basket without its cart: what was added since goes into a new one, what changed the old one has no meaning any more. */
function withoutCart({ pending }: Basket): Partial<Basket> {
  return { cart: null, isClaimed: false, opening: null, pending: pending.filter(({ operation }) => operation.kind === "add") };
}

/** One sender per browser, where the browser has locks. */
async function alone(run: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request(`weft-cart ${api.session}`, run);
  else await run();
}
