import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { companiesOfQuery } from "../companies/queries.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";
import { cartQuery } from "./queries.ts";

/** Whom the cart is bought for, said by staff while the customer is on the phone: the prices follow on every screen that shows it. */
export function ForCompany({ cart }: { readonly cart: CartView }) {
  const may = useMay();
  const customerId = cart.customer?.id ?? "";
  const known = useQuery({ ...companiesOfQuery(customerId), enabled: customerId !== "" && may("companies.ofCustomer") }).data?.items ?? [];
  const companies = known.filter(({ mayOrder }) => mayOrder);
  const choose = useAct(
    (companyId: string | null) => setCompany(cart.id, companyId),
    [cartQuery(cart.id).queryKey],
    (queries, answer) => queries.setQueryData(cartQuery(cart.id).queryKey, answer),
  );
  if (cart.state !== "open" || (companies.length === 0 && cart.company === null)) return null;
  const passed = cart.requirements.find(({ code }) => code === "company.over_limit")?.data;
  return (
    <>
      <NativeSelect
        label={t("office.customer.cart_for")}
        value={choose.isPending ? (choose.variables ?? "") : (cart.company?.id ?? "")}
        disabled={choose.isPending || !may("carts.operate")}
        data={[
          { value: "", label: t("office.customer.cart_for_themselves") },
          ...companies.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget }) => choose.mutate(currentTarget.value === "" ? null : currentTarget.value)}
      />
      {passed ? (
        <p role="status" className={styles.passed}>
          {overLimitText(passed)}
        </p>
      ) : null}
    </>
  );
}

/** Throws what the hub says of this one operation when it refuses it. */
async function setCompany(cartId: string, companyId: string | null): Promise<CartView> {
  const body = { operations: [{ id: newId(), kind: "setCompany" as const, companyId }] };
  const { cart, results } = await api.ask("carts.operate", { params: { id: cartId }, body });
  const [result] = results;
  if (result?.outcome !== "refused") return cart;
  throw new ProblemError({ type: "about:blank", status: 409, code: result.code ?? "", title: result.title ?? "" }, false);
}

function overLimitText(data: Readonly<Record<string, unknown>>): string {
  const { left, currency } = data;
  const isMoney = typeof left === "number" && typeof currency === "string";
  return t("office.customer.cart_over_limit", { left: isMoney ? formatMoney({ amount: left, currency }) : "" });
}
