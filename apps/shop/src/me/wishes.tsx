import type { PreferencesInForceView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { LOCALE_NAMES } from "@weft/ui/i18n/locales.ts";
import { t } from "../t.ts";
import styles from "./me.module.css";

/** In a line what somebody wants of the messages they get; nothing where they never said. */
export function Wishes({ language, channel, pausedUntil }: Pick<PreferencesInForceView, "language" | "channel" | "pausedUntil">) {
  const wishes = [
    channel === null ? null : t(`shop.me.wish.${channel}`),
    language === null ? null : LOCALE_NAMES[language],
    pausedUntil === null ? null : t("shop.me.wish.paused", { date: formatDate(pausedUntil) }),
  ].filter((wish) => wish !== null);
  return wishes.length === 0 ? null : <p className={styles.quiet}>{wishes.join(" · ")}</p>;
}
