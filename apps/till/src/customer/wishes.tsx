import type { TillCustomerView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { LOCALE_NAMES } from "@weft/ui/i18n/locales.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

/** How they want to be treated, in a few words: their language, their way of messages, and what they do not want. */
export function Wishes({ preferences }: Pick<TillCustomerView, "preferences">) {
  const wishes = wishesOf(preferences);
  if (wishes.length === 0) return null;
  return (
    <ul className={styles.wishes} aria-label={t("till.wishes.label")}>
      {wishes.map(({ text, lang }) => (
        <li key={text} lang={lang}>
          {text}
        </li>
      ))}
    </ul>
  );
}

type Wish = { readonly text: string; readonly lang?: string };

function wishesOf({ language, channel, pausedUntil, said }: TillCustomerView["preferences"]): Wish[] {
  const wishes: Wish[] = [];
  if (language !== null) wishes.push({ text: LOCALE_NAMES[language], ...(language !== currentLocale() && { lang: language }) });
  if (channel !== null) wishes.push({ text: t(`till.wishes.by.${channel}`) });
  if (pausedUntil !== null) wishes.push({ text: t("till.wishes.paused", { date: formatDate(pausedUntil) }) });
  const offers = said.filter(({ topic }) => topic === "offers");
  const isRefused = offers.length > 0 && offers.every(({ state }) => state === "withdrawn");
  if (isRefused) wishes.push({ text: t("till.wishes.no_offers") });
  return wishes;
}
