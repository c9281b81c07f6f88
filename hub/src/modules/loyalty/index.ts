export * from "./domain/index.ts";
export * from "./errors.ts";
export * from "./queries/index.ts";
export * from "./snapshot.ts";
export * from "./commands/index.ts";
export * from "./card.ts";
export * from "./erase.ts";
export * from "./invariants.ts";
export { loyaltyJobs } from "./jobs.ts";
export { toBonus } from "./terms.ts";
export { loyaltySnapshotOf } from "./snapshot-of.ts";
export { readLiability } from "./read-liability.ts";
export * from "./routes.ts";
export * from "./subscribers.ts";
export { shownBalance } from "./shown.ts";
export {
  walletTellers,
  type AppleWallet,
  type GoogleWallet,
  type PassId,
  type WalletCard,
  type Wallets,
} from "./wallet/index.ts";
