import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CartView, OwnCompanyView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { api } from "../api.ts";
import { useBasket } from "../cart/basket.ts";
import { changeCart, operation } from "../cart/send.ts";
import { useCustomer } from "../customer/session.ts";
import { t } from "../t.ts";

const companiesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "companies"],
    queryFn: ({ signal }) => api.ask("companies.ofCustomer", { params: { id: "me" }, signal }),
  });

/** The choice that is no company. */
const MYSELF = "myself";

/** Whom the cart is bought for: absent for whoever orders for nobody but themselves. The prices follow at once. */
export function ForCompany({ cart }: { readonly cart: CartView }) {
  const customer = useCustomer();
  const known = useQuery({ ...companiesQuery(customer?.customerId ?? ""), enabled: customer !== null }).data?.items ?? [];
  const asked = useBasket().pending.findLast(({ operation: { kind } }) => kind === "setCompany")?.operation;
  const companies = known.filter(({ mayOrder }) => mayOrder);
  if (companies.length === 0) return null;
  const chosen = asked?.kind === "setCompany" ? asked.companyId : (cart.company?.id ?? null);
  return (
    <ChoiceGroup
      label={t("shop.checkout.for")}
      value={chosen ?? MYSELF}
      onChange={(id) => changeCart({ operation: operation("setCompany", { companyId: id === MYSELF ? null : id }) })}
      choices={[
        { value: MYSELF, label: t("shop.checkout.for_me") },
        ...companies.map((company) => ({
          value: company.id,
          label: t("shop.checkout.for_company", { name: company.name }),
          note: limitText(company),
        })),
      ]}
    />
  );
}

/** What may still be ordered for it; nothing is said of a company without a limit. */
function limitText({ monthLeft, orderLimit }: OwnCompanyView): string | undefined {
  if (monthLeft) return t("shop.checkout.month_left", { left: formatMoney(monthLeft) });
  return orderLimit ? t("shop.checkout.order_limit", { limit: formatMoney(orderLimit) }) : undefined;
}
