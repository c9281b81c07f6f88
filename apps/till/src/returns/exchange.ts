import type { ReturnOfferView } from "@weft/contracts/client";

type Refund = Pick<NonNullable<ReturnOfferView["refund"]>, "total" | "parts">;

/** What is to be paid for what goes out, in minor units; below zero it goes back [RET-13]. */
export const differenceOf = ({ total }: Refund, ticket: { readonly amount: number }): number => ticket.amount - total.amount;

const PAYS: ReadonlySet<string> = new Set(["cash", "card", "gift_card", "store_credit"]);

/** What was paid pays for other goods; what a company owes on its account does not. */
export const isExchangeable = ({ parts }: Refund): boolean => parts.every(({ kind }) => PAYS.has(kind));
