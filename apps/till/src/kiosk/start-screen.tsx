import IconToolsKitchen2 from "@tabler/icons-react/dist/esm/icons/IconToolsKitchen2.mjs";
import IconShoppingBag from "@tabler/icons-react/dist/esm/icons/IconShoppingBag.mjs";
import { setLocale, useLocale } from "@weft/ui/i18n/i18n.ts";
import { LOCALE_NAMES, LOCALES } from "@weft/ui/i18n/locales.ts";
import { t } from "../t.ts";
import { chooseDining } from "./order.ts";
import styles from "./kiosk.module.css";

const CHOICES = [
  { dining: "eat_in", icon: IconToolsKitchen2 },
  { dining: "take_away", icon: IconShoppingBag },
] as const;

/** Nobody is here: it says what it is for, in the language that is chosen first. */
export function StartScreen({ placeId }: { readonly placeId: string }) {
  const locale = useLocale();
  return (
    <section className={styles.start} aria-labelledby="kiosk-title">
      <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" className={styles.logo} />
      <h1 id="kiosk-title">{t("till.kiosk.welcome")}</h1>
      <p>{t("till.kiosk.welcome_text")}</p>
      <div className={styles.dining}>
        {CHOICES.map(({ dining, icon: Icon }) => (
          <button key={dining} type="button" onClick={() => void chooseDining(dining, placeId)}>
            <Icon size={64} stroke={1.5} aria-hidden />
            <span>{t(`till.kiosk.${dining}`)}</span>
          </button>
        ))}
      </div>
      <div className={styles.languages} role="group" aria-label={t("till.kiosk.language")}>
        {LOCALES.map((own) => (
          <button key={own} type="button" lang={own} aria-pressed={own === locale} onClick={() => void setLocale(own)}>
            {LOCALE_NAMES[own]}
          </button>
        ))}
      </div>
    </section>
  );
}
