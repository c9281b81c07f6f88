import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import IconScan from "@tabler/icons-react/dist/esm/icons/IconScan.mjs";
import type { CartView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { api } from "../api.ts";
import { CameraScanner } from "../scan/camera.tsx";
import { parseScan } from "../scan/parse-scan.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { t } from "../t.ts";
import { keep } from "./order.ts";
import styles from "./kiosk.module.css";

/** A member holds their card in front of the scanner, or of the camera: the order earns for them. Nobody else is ever looked up here [KSK-4]. */
export function MemberCard({ cart }: { readonly cart: CartView }) {
  const [isOpen, setOpen] = useState(false);
  const show = useMutation({
    networkMode: "always",
    mutationFn: (shown: string) => api.ask("kiosks.showCard", { params: { id: cart.id }, body: { shown } }),
    onSuccess: keep,
    onSettled: () => setOpen(false),
  });
  const read = (text: string): void => {
    const scanned = parseScan(text);
    show.mutate(scanned.kind === "member" ? scanned.token : text.slice(0, 600));
  };
  useScanner(read);
  if (cart.customer?.givenName)
    return (
      <p className={styles.member} role="status">
        {t("till.kiosk.member", { name: cart.customer.givenName })}{" "}
        {cart.totals.points > 0
          ? t("till.kiosk.member_points", { points: formatNumber(cart.totals.points), count: cart.totals.points })
          : null}
      </p>
    );
  return (
    <div className={styles.member}>
      <span>
        <IconScan size={28} aria-hidden /> {t("till.kiosk.card_text")}
      </span>
      <Button busy={show.isPending} onClick={() => setOpen(true)}>
        {t("till.kiosk.card_camera")}
      </Button>
      {show.error ? <p role="alert">{problemText(show.error)}</p> : null}
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={t("till.kiosk.card_camera")}>
        <CameraScanner onScan={read} />
      </Sheet>
    </div>
  );
}
