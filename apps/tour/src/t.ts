import { translator } from "@weft/ui/i18n/i18n.ts";
import type { SharedKey } from "@weft/ui/t.ts";
import type en from "./messages/en.json";

/** Says a message of this app or a shared one; a key that is in neither en.json does not compile. */
export const t = translator<MessageKey>();

export type MessageKey = keyof typeof en | SharedKey;
