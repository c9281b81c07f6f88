import { Switch } from "@mantine/core";
import type { ProductView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import { keepAssortment } from "./keep.ts";

/** Whether a place sells a product. */
export function AssortmentSwitch({ product, placeId }: { readonly product: ProductView; readonly placeId: string }) {
  const set = useAct(
    (isSold: boolean) =>
      api.ask("catalog.setAssortment", { params: { placeId }, body: isSold ? { add: [product.id] } : { remove: [product.id] } }),
    [["catalog"]],
    (queries, _answer, isSold) => keepAssortment(queries, product.id, placeId, isSold),
  );
  const isSold = set.isPending ? set.variables : product.variants.some(({ availability }) => availability.inAssortment);
  const change = (wanted: boolean): void => {
    const name = inLanguage(product.name);
    const say = wanted ? t("office.catalog.now_sold", { name }) : t("office.catalog.now_not_sold", { name });
    set.act(wanted, () => showToast(say, () => set.mutate(!wanted)));
  };
  return (
    <Switch
      size="xs"
      label={t("office.catalog.sold_here")}
      checked={isSold}
      onChange={({ currentTarget }) => change(currentTarget.checked)}
    />
  );
}
