import { t } from "../t.ts";
import { EmptyState } from "../shop/empty-state.tsx";

/** An address that leads nowhere. */
export function MissingScreen() {
  return (
    <EmptyState title={t("ui.missing.title")} text={t("ui.missing.text")}>
      <a href={import.meta.env.BASE_URL}>{t("ui.missing.home")}</a>
    </EmptyState>
  );
}
