import type { Locale, LocalizedText } from "@weft/contracts";
import type { Id } from "@weft/kernel";

/** A card in a wallet: the serial number of its pass. */
export type PassId = Id<"walletPass">;

export const WALLETS = ["apple", "google"] as const;
export type WalletKind = (typeof WALLETS)[number];

/** What a pass shows. */
export type WalletCard = {
  readonly passId: PassId;
  /** The number of the card, which a till reads: it identifies and earns, it never burns by itself. */
  readonly cardNumber: string;
  readonly programName: string;
  readonly points: number;
  readonly givenName: string | null;
  readonly tierName: LocalizedText | null;
  /** The language in which it was added; Apple's passes hold all of them. */
  readonly locale: Locale;
  /** When all this was so. */
  readonly asOf: Date;
  /** Where the phone offers it by itself: ten stores at most, as wallets allow. */
  readonly stores: readonly { readonly name: string; readonly latitude: number; readonly longitude: number }[];
};

/** Apple Wallet: passes are signed here, phones fetch them from here, and are told by an empty push that there is a new one. */
export type AppleWallet = {
  readonly passTypeId: string;
  /** The `.pkpass` file. `token` is what the phone shows when it comes back for it. */
  sign(card: WalletCard, token: string): Promise<Buffer>;
  /** Tells a phone that its pass has changed. `gone`: this phone has it no more. Throws when nobody could be told, to be tried again. */
  push(pushToken: string): Promise<"told" | "gone">;
};

/** Google Wallet: the object is at Google, made by its save link, changed by a request. */
export type GoogleWallet = {
  saveLink(card: WalletCard): Promise<string>;
  /** Changes what the object shows; one that nobody saved is nothing to change. Throws when Google did not answer, to be tried again. */
  update(card: WalletCard): Promise<void>;
  /** Takes name and points from the object and ends it, for somebody who was erased. */
  end(passId: PassId): Promise<void>;
};

/** The wallets that are set up; null: this one is not, and no screen offers it. */
export type Wallets = { readonly apple: AppleWallet | null; readonly google: GoogleWallet | null };

/** The wallets that can be offered. */
export const walletsOffered = (wallets: Wallets): WalletKind[] => WALLETS.filter((kind) => wallets[kind] !== null);
