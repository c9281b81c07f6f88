import { translator } from "./i18n/i18n.ts";
import type en from "./messages/en.json";

/** The words of the shared components. An app has its own `t`, which knows these keys too. */
export const t = translator<SharedKey>();

/** The keys that every app has. */
export type SharedKey = keyof typeof en;
