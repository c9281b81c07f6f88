import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { FindCustomer, type Chosen } from "../common/find-customer.tsx";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";

/** The cart that a customer has open now: found by its customer, shown with what is in it before anything is tried on it. */
export function OpenCartChoice({ onChoose }: { readonly onChoose: (cartId: string | null) => void }) {
  const [customer, setCustomer] = useState<Chosen | null>(null);
  if (customer === null) return <FindCustomer onFound={setCustomer} />;
  const other = (): void => {
    setCustomer(null);
    onChoose(null);
  };
  return (
    <>
      <p className={form.row}>
        <strong>{customer.name}</strong>
        <Button size="xs" variant="default" onClick={other}>
          {t("office.promotions.other_customer")}
        </Button>
      </p>
      <CartOf customerId={customer.id} onFound={onChoose} />
    </>
  );
}

/** What lies in the customer's cart. A cart that is empty, or none, is said so. */
function CartOf({ customerId, onFound }: { readonly customerId: string; readonly onFound: (cartId: string | null) => void }) {
  const current = useQuery({
    queryKey: ["cart of", customerId],
    queryFn: async ({ signal }) => (await api.ask("carts.current", { params: { id: customerId }, signal })) ?? null,
    staleTime: 0,
  });
  const cart = current.data && current.data.lines.length > 0 ? current.data : null;
  const tell = useEffectEvent(onFound);
  const cartId = cart?.id ?? null;
  useEffect(() => tell(cartId), [cartId]);
  if (current.isError) return <ProblemNote error={current.error} onRetry={current.refetch} />;
  if (current.isPending) return <p className={form.quiet}>…</p>;
  if (cart === null) return <p className={form.quiet}>{t("office.promotions.no_cart")}</p>;
  return (
    <ul className={form.rows}>
      {cart.lines.map((line) => (
        <li key={line.id}>
          <span className={form.grow}>
            {line.quantity} × {inLanguage(line.name)}
          </span>
          <MoneyText money={line.total} />
        </li>
      ))}
    </ul>
  );
}
