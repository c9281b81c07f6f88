import { t } from "../t.ts";

/** The shop's start screen. */
export function MenuScreen() {
  return (
    <section aria-labelledby="menu-title">
      <h1 id="menu-title">{t("shop.menu.title")}</h1>
    </section>
  );
}
