import { usePageTitle } from "../app/page-title.ts";
import { t } from "../t.ts";
import { EmptyState } from "../shop/empty-state.tsx";

/** An address that leads nowhere. */
export function MissingScreen() {
  usePageTitle(t("ui.missing.title"));
  return (
    <EmptyState title={t("ui.missing.title")} text={t("ui.missing.text")}>
      <a href={import.meta.env.BASE_URL}>{t("ui.missing.home")}</a>
    </EmptyState>
  );
}
