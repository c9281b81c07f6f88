import { Switch } from "@mantine/core";
import type { VariantView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { t } from "../t.ts";

type SwitchProps = { readonly variant: VariantView; readonly placeId: string };

/** Sold out at a place, or not: every channel shows it at once. */
export function SoldOutSwitch({ variant, placeId }: SwitchProps) {
  const set = useAct(
    (soldOut: boolean) => api.ask("catalog.setSoldOut", { params: { placeId, variantId: variant.id }, body: { soldOut } }),
    [["catalog"], ["stock"]],
  );
  const change = (soldOut: boolean): void => {
    const say = soldOut ? t("office.catalog.now_sold_out", { sku: variant.sku }) : t("office.catalog.now_available", { sku: variant.sku });
    set.act(soldOut, () => showToast(say, () => set.mutate(!soldOut)));
  };
  // What was asked for is shown at once: the answer takes a moment, and a switch that hesitates is pressed twice.
  const isSoldOut = set.isPending ? set.variables : variant.availability.soldOut;
  return (
    <Switch
      size="xs"
      color="red.9"
      labelPosition="left"
      label={t("office.catalog.sold_out")}
      checked={isSoldOut}
      onChange={({ currentTarget }) => change(currentTarget.checked)}
    />
  );
}
