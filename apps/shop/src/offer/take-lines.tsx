import { useMutation } from "@tanstack/react-query";
import type { CartLineView, CartView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { cartToShare } from "../cart/send.ts";
import { useCustomer } from "../customer/session.ts";
import { navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { askProposals } from "./proposals.tsx";
import styles from "./offer.module.css";

/** Lines of a proposal go over into the customer's own cart, all of them or one by one; what is in that cart stays. */
export function TakeLines({ token, cart }: { readonly token: string; readonly cart: CartView }) {
  const customer = useCustomer();
  const take = useMutation({
    mutationFn: async (line: CartLineView | null) => {
      const body = { cartId: await cartToShare(), ...(line && { lineIds: [line.id] }) };
      return { own: await api.ask("offers.take", { params: { token }, body }), isAll: line === null || cart.lines.length === 1 };
    },
    onSuccess: async ({ own, isAll }) => {
      api.queries.setQueryData(["cart", own.id], own);
      showToast(t("shop.proposal.taken"));
      if (isAll) navigate(pathTo("cart"));
      await Promise.all([api.queries.invalidateQueries({ queryKey: ["cart", cart.id] }), askProposals()]);
    },
    onError: (error) => showToast(problemText(error)),
  });
  if (customer === null || cart.lines.length === 0) return null;
  return (
    <section className={styles.take} aria-label={t("shop.proposal.take")}>
      <Button kind="primary" wide busy={take.isPending} onClick={() => take.mutate(null)}>
        {t("shop.proposal.take_all")}
      </Button>
      {cart.lines.length > 1
        ? cart.lines.map((line) => (
            <Button key={line.id} kind="quiet" busy={take.isPending} onClick={() => take.mutate(line)}>
              {t("shop.proposal.take_one", { name: inLanguage(line.name) })}
            </Button>
          ))
        : null}
      <p className={styles.quiet}>{t("shop.proposal.take_hint")}</p>
    </section>
  );
}
