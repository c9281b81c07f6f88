import { useMutation } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { api, tokenHeader } from "../api.ts";
import { t } from "../t.ts";
import { forgetIntention } from "./complete.ts";
import styles from "./checkout.module.css";

type Props = { readonly cartId: string; readonly url: string; readonly token?: string; readonly onGivenUp: () => void };

/** Back from the bank without an answer: go there again, or pay in another way. Until then the goods are held. */
export function AtBank({ cartId, url, token, onGivenUp }: Props) {
  const leave = useMutation({
    mutationFn: () => api.ask("checkout.giveUp", { params: { id: cartId }, headers: tokenHeader(token ?? null) }),
    onSuccess: () => {
      forgetIntention();
      onGivenUp();
    },
  });
  return (
    <div className={`${styles.warn} ${styles.atBank}`} role="status">
      <p>{t("shop.checkout.at_bank")}</p>
      <Button kind="primary" wide onClick={() => window.location.assign(url)}>
        {t("shop.checkout.to_bank")}
      </Button>
      <Button wide busy={leave.isPending} onClick={() => leave.mutate()}>
        {t("shop.checkout.leave_bank")}
      </Button>
    </div>
  );
}
