import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";

/** Withdraws a link: both customers are as before. The reader ends at the one that they looked at, as far as it still exists. */
export async function unmerge(queries: QueryClient, router: AnyRouter, mergeId: string, customerId: string): Promise<void> {
  try {
    const { customers } = await api.ask("customers.unmerge", { params: { id: mergeId } });
    await queries.invalidateQueries({ queryKey: ["customer"] });
    const shown = customers.find(({ id }) => id === customerId) ?? customers[0];
    if (shown) await router.navigate({ to: "/customers/$id", params: { id: shown.id } });
    showToast(t("office.merge.undone"));
  } catch (error) {
    showToast(problemText(error));
  }
}
