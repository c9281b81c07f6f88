import type { CardWayView } from "@weft/contracts";
import type { EntityId, IntentId, Money, RegisterId } from "@weft/kernel";
import { terminalProvider } from "./terminal.ts";

/** A card to be charged: what the provider is asked, always by the intent's id, so that asking again is no second charge [PAY-5]. */
export type Charge = {
  readonly intentId: IntentId;
  readonly token: string;
  readonly amount: Money;
  /** Where the payer comes back to from a step at their bank, as an address; null where nobody could go there. */
  readonly returnUrl?: string | null;
  /** Goods are handed over or leave later: an account that takes cards then only has them agree now [PAY-33]. */
  readonly isForLater?: boolean;
  /** Goods are ordered before they are there: the card only agrees, whatever the account does else, and is kept to be charged when they leave [PAY-37]. */
  readonly keepsCard?: boolean;
  /** The token is that of a kept card, and nobody is there to confirm anything. */
  readonly isKept?: boolean;
};

/**
 * What a provider says of an intent. `eventId` is the provider's own: the same answer by webhook and by request counts once [PAY-2].
 * `pending`: it has not decided; `action_required`: the payer has to go to `url` first [PAY-22]; `unknown`: it never heard of the intent.
 */
export type ProviderAnswer =
  | {
      readonly kind: "captured";
      readonly eventId: string;
      readonly providerRef: string;
      /** When the provider says it. */ readonly amount?: Money;
    }
  /** The card has agreed, and may be charged until then; nothing was taken. */
  | {
      readonly kind: "authorized";
      readonly eventId: string;
      readonly providerRef: string;
      readonly until: Date;
      readonly amount?: Money;
      /** By which name the card can be charged again, where it was to be kept. */
      readonly keptCard?: string;
    }
  | { readonly kind: "declined"; readonly eventId: string; readonly reason: string }
  | { readonly kind: "voided"; readonly eventId: string }
  | { readonly kind: "action_required"; readonly url: string }
  | { readonly kind: "pending" }
  | { readonly kind: "unknown" };

/** Money to give back. Asked again with the same id and attempt it is given once; another attempt only follows a refusal [PAY-21]. */
export type WantedRefund = {
  readonly refundId: string;
  readonly attempt: number;
  readonly intentId: IntentId;
  readonly amount: Money;
};

/** Money to take of what a card has agreed to. Asked again with the same id and attempt it is taken once [PAY-34]. */
export type WantedCapture = {
  readonly captureId: string;
  readonly attempt: number;
  readonly intentId: IntentId;
  readonly amount: Money;
  /** Nothing follows: whatever is left of the agreement is let go. */
  readonly isLast: boolean;
};

export type CaptureAnswer =
  | { readonly kind: "captured"; readonly eventId: string; readonly providerRef: string }
  /** It can not be charged any more, for the provider's reason. */
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "pending" };

/**
 * A payment that its cardholder took back at their bank, as the provider says it. `open`: somebody has to answer it until `dueAt`; `answered`: the bank
 * decides; `won`: the money stays, `lost`: it is gone.
 */
export type SaidDispute = {
  readonly reference: string;
  readonly intentId: IntentId;
  readonly state: "open" | "answered" | "won" | "lost";
  readonly amount: Money;
  readonly reason: string;
  readonly dueAt: Date | null;
  readonly openedAt: Date;
};

/** A line of what a provider says it settled: money in minor units, of a refund below zero. `lineKey` is the provider's own name of it. */
export type SettlementLine = {
  readonly lineKey: string;
  readonly kind: "payment" | "refund" | "fee" | "payout" | "other";
  /** What it is about, as the provider calls it, or as we called it when we asked. */
  readonly reference: string;
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  /** An ISO date. */
  readonly settledOn: string;
};

/**
 * A payment provider. Everything but `decideInline` and `cardWay` is called outside of any transaction and may fail or hang: the intent
 * then stays as it is and is asked for later.
 */
export type PaymentProvider = {
  readonly name: string;
  /** How a card is shown to it: what a screen asks for, null when it takes none. `registerId` where a till asks. */
  cardWay(at: { readonly registerId: RegisterId | null }): CardWayView | null;
  /** Decides on the spot, without any I/O, or answers null: it must be asked outside. */
  decideInline?(charge: Charge): Extract<ProviderAnswer, { kind: "captured" | "declined" }> | null;
  /** Charges once per intent, however often it is asked. */
  charge(charge: Charge, signal: AbortSignal): Promise<ProviderAnswer>;
  /** What became of an intent. */
  find(intentId: IntentId): Promise<ProviderAnswer>;
  /** Gives back whatever was taken for the intent, and takes nothing for it from then on. Asking again changes nothing. */
  cancel(intentId: IntentId, amount: Money): Promise<ProviderAnswer>;
  /** Whether one agreement may be charged in parts; without it a single time. */
  readonly capturesInParts?: boolean;
  /** Takes what a card has agreed to; an account that takes cards at once has none. */
  capture?(capture: WantedCapture): Promise<CaptureAnswer>;
  /** What it settled in these days; one that cannot say so has a list as a file. */
  settlements?(days: { readonly from: string; readonly to: string }): Promise<SettlementLine[]>;
  /** How a dispute stands, by the provider's name of it; null when it is about no payment of ours. */
  dispute?(reference: string): Promise<SaidDispute | null>;
  /** Gives back a part or all of what was captured. */
  refund(refund: WantedRefund): Promise<"succeeded" | "pending" | "failed">;
};

/** Accounts that legal entities have of their own, and by which name their intents are kept. */
export type PaymentAccounts = {
  forEntity(entityId: EntityId): PaymentProvider | undefined;
  named(name: string): PaymentProvider | undefined;
};

/** Who takes cards: one for all, and the accounts of those entities that have their own. */
export type CardTakers = { readonly provider: PaymentProvider; readonly accounts?: PaymentAccounts };

/** Who takes a new card payment for a legal entity. */
export const providerFor = ({ provider, accounts }: CardTakers, entityId: EntityId): PaymentProvider =>
  accounts?.forEntity(entityId) ?? provider;

/** Who is asked about an intent that stands; undefined when its account is not set up any more. */
export const providerNamed = ({ provider, accounts }: CardTakers, name: string): PaymentProvider | undefined =>
  name === provider.name ? provider : name === terminalProvider.name ? terminalProvider : accounts?.named(name);
