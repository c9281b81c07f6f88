import type { Wallets } from "../../loyalty/index.ts";
import { appleWallet } from "./apple.ts";
import { googleWallet } from "./google.ts";
import { AppleSettings, GoogleSettings, readWalletSettings } from "./settings.ts";

/** The wallets that the settings set up; those that are not are offered nowhere. Throws when a setting is not as it should be. */
export function readWallets(
  settings: { readonly apple: string | undefined; readonly google: string | undefined },
  publicUrl: string,
): Wallets {
  const apple = readWalletSettings("WEFT_APPLE_WALLET", AppleSettings, settings.apple);
  const google = readWalletSettings("WEFT_GOOGLE_WALLET", GoogleSettings, settings.google);
  return { apple: apple && appleWallet(apple, publicUrl), google: google && googleWallet(google) };
}
