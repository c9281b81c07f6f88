import { queryOptions } from "@tanstack/react-query";
import {
  checkRight,
  MEMBER_RIGHT,
  mostHere,
  readGiftCardText,
  rightOfMemberCard,
  subjectOfRight,
  type PublicKey,
} from "../../../../hub/src/modules/payments/domain.ts";
import type { TenderHere } from "../../../../hub/src/modules/till/domain/index.ts";
import type { BodyOfKind, OutboxRow } from "../outbox/rows.ts";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { askOrRecall } from "./kept.ts";

/** The keys by which a shown right is known to be the hub's, kept for the time without it. */
export const hubKeysQuery = queryOptions({
  queryKey: ["hub-keys"],
  queryFn: () => askOrRecall("hub-keys", readKeys),
  staleTime: 60 * 60_000,
});

async function readKeys(): Promise<readonly PublicKey[]> {
  const response = await fetch("/.well-known/jwks.json").catch(() => null);
  if (!response?.ok) throw new ProblemError({ type: "about:blank", title: "", status: 0, code: "client.offline" }, true);
  const { keys } = (await response.json()) as { readonly keys: readonly PublicKey[] }; // as the hub publishes them (RFC 7517)
  return keys;
}

/** Why a register without the hub takes nothing of a gift card. */
type NotTaken = "no_right" | "other_currency" | "used_up";
type TakenHere = { readonly tender: Extract<TenderHere, { kind: "gift_card" }> } | { readonly because: NotTaken };

type Wanted = {
  readonly text: string;
  readonly keys: readonly PublicKey[];
  /** What is still to be paid. */
  readonly due: { readonly amount: number; readonly currency: string };
  /** What the place lets a till take of one card. */
  readonly placeMost: number;
  /** On this ticket already. */
  readonly others: readonly TenderHere[];
  readonly acts: readonly OutboxRow[];
  readonly at: Date;
};

/** What this register may take of the gift card whose QR was scanned, while the hub cannot be asked [PAY-52]. */
export async function takeGiftCard({ text, keys, due, placeMost, others, acts, at }: Wanted): Promise<TakenHere> {
  const { right } = readGiftCardText(text);
  const shown = right === null ? null : await checkRight(right, keys, at);
  if (!shown || right === null) return { because: "no_right" };
  if (shown.currency !== due.currency) return { because: "other_currency" };
  const amount = Math.min(due.amount, mostHere(shown, placeMost, takenOf(shown.subject, others, acts)));
  return amount > 0 ? { tender: { kind: "gift_card", amount, right } } : { because: "used_up" };
}

/** What the points of the member whose card was shown pay here, while the hub cannot be asked [LOY-40]; nothing where the card gives no right. */
export async function takePoints({ text, keys, due, total, placeMost, others, acts, at }: Wanted & { readonly total: number }) {
  const right = rightOfMemberCard(text);
  const shown = right === null ? null : await checkRight(right, keys, at, MEMBER_RIGHT);
  if (!shown || right === null || shown.currency !== due.currency || others.some(({ kind }) => kind === "points")) return null;
  const share = Math.floor((total * shown.percent) / 100);
  const amount = Math.min(due.amount, share, mostHere(shown, placeMost, takenOf(shown.subject, others, acts)));
  return amount > 0 ? ({ kind: "points", amount, right } as const) : null;
}

/** What this register has taken by the rights of a card on this ticket, and on others that the hub has not heard of. */
function takenOf(subject: string, others: readonly TenderHere[], acts: readonly OutboxRow[]): number {
  const waiting = acts.flatMap(
    ({ command, answer }) => (answer || command["kind"] !== "sale.record" ? [] : (command["body"] as BodyOfKind<"sale.record">).tenders), // of its kind
  );
  return [...others, ...waiting].reduce(
    (sum, tender) => ("right" in tender && subjectOfRight(tender.right) === subject ? sum + tender.amount : sum),
    0,
  );
}
