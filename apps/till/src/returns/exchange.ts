import type { ReturnOfferView } from "@weft/contracts/client";

type Refund = Pick<NonNullable<ReturnOfferView["refund"]>, "total" | "parts">;

/** What is to be paid for what goes out, in minor units; below zero it goes back [RET-13]. */
export const differenceOf = ({ total }: Refund, ticket: { readonly amount: number }): number => ticket.amount - total.amount;

/** Only what was paid in money pays for other goods: store credit and gift cards get theirs back, and pay anew. */
export const isExchangeable = ({ parts }: Refund): boolean => parts.every(({ kind }) => kind === "cash" || kind === "card");
