import { t } from "../t.ts";

/** The shop's start screen. */
export function HomeScreen() {
  return (
    <section aria-labelledby="home-title">
      <h1 id="home-title">{t("shop.home.title")}</h1>
    </section>
  );
}
