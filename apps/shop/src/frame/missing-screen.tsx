import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";

/** An address that leads nowhere. */
export function MissingScreen() {
  return (
    <EmptyState heading="h1" title={t("ui.missing.title")} text={t("ui.missing.text")}>
      <Link to={pathTo("menu")}>{t("ui.missing.home")}</Link>
    </EmptyState>
  );
}
