import { useQuery } from "@tanstack/react-query";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import { minutesUntil } from "./minutes.ts";
import styles from "./handover.module.css";

type Mode = "take" | "join";

/** A code and a QR with which the cart goes on elsewhere: moved to the till or another device, or shared with it. */
export function HandoverSheet({ cartId, onClose }: { readonly cartId: string; readonly onClose: () => void }) {
  const [mode, setMode] = useState<Mode>("take");
  return (
    <Sheet open onClose={onClose} title={t("shop.handover.title")}>
      <div className={styles.handover}>
        <ChoiceGroup
          label={t("shop.handover.how")}
          value={mode}
          onChange={setMode}
          choices={[
            { value: "take", label: t("shop.handover.take") },
            { value: "join", label: t("shop.handover.join") },
          ]}
        />
        <p>{t(`shop.handover.${mode}_hint`)}</p>
        <Offer key={mode} cartId={cartId} mode={mode} />
      </div>
    </Sheet>
  );
}

function Offer({ cartId, mode }: { readonly cartId: string; readonly mode: Mode }) {
  const now = useNow();
  const offer = useQuery({
    queryKey: ["handover", cartId, mode],
    queryFn: () => api.ask("carts.offerHandover", { params: { id: cartId }, body: { mode } }),
    // A new code ends the one before: it is made once for this sheet, and again only when asked for.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (offer.isError) return <ProblemNote error={offer.error} onRetry={offer.refetch} />;
  if (!offer.data) return <Skeleton height="18rem" />;
  const { code, url, expiresAt } = offer.data;
  const minutes = minutesUntil(expiresAt, now);
  if (minutes <= 0) {
    return (
      <button type="button" className={styles.renew} onClick={() => void offer.refetch()}>
        {t("shop.handover.renew")}
      </button>
    );
  }
  return (
    <>
      <QrCode text={url} label={t("shop.handover.qr")} size={208} />
      <output className={styles.code} data-tour="code">
        {spaced(code)}
      </output>
      <p>{t("shop.handover.valid", { minutes })}</p>
    </>
  );
}

/** Read aloud in two halves. */
function spaced(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}
