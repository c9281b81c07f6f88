import { useLocation, useNavigate } from "@tanstack/react-router";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { wayOfScanned } from "./open-scanned.ts";
import { parseScan } from "./parse-scan.ts";
import { useScanner } from "./use-scanner.ts";

/**
 * On screens that scan nothing themselves a receipt opens its return and a code what it hands over [SCN-3]. Not while a ticket is being paid: a terminal may
 * be waiting for a card.
 */
export function ScansEverywhere() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { cart } = useTicket();
  const isPaying = pathname.endsWith("/pay") && cart !== null;
  useScanner(
    (text) => {
      if (isPaying) return;
      const way = wayOfScanned(parseScan(text));
      if (way) void navigate(way);
      else showToast(t("till.scan.not_here"));
    },
    { isFallback: true },
  );
  return null;
}
