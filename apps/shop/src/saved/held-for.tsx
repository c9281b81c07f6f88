import { useMutation } from "@tanstack/react-query";
import type { WishView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useEffect } from "react";
import { t } from "../t.ts";
import { askWishes, takeHeld } from "./saved.ts";
import styles from "./saved.module.css";

/** The hub's clock is not this device's. */
const A_MOMENT_MS = 1000;

/** What is held for them alone, and the tap that puts it into their cart. When its time is over it is asked anew, and gone. */
export function HeldFor({ wish, until, customerId }: { readonly wish: WishView; readonly until: string; readonly customerId: string }) {
  const take = useMutation({
    mutationFn: () => takeHeld(customerId, wish.id),
    onSuccess: () => showToast(t("shop.wish.taken")),
    onError: (error) => {
      showToast(problemText(error));
      void askWishes(customerId);
    },
  });
  useEffect(() => {
    const over = setTimeout(() => void askWishes(customerId), Math.max(0, new Date(until).getTime() - Date.now()) + A_MOMENT_MS);
    return () => clearTimeout(over);
  }, [until, customerId]);
  return (
    <div className={styles.held} role="status">
      <span>{t("shop.wish.held", { time: formatTime(until) })}</span>
      <Button busy={take.isPending} onClick={() => take.mutate()}>
        {t("shop.wish.take")}
      </Button>
    </div>
  );
}
