import type { OpenStateView } from "@weft/contracts/client";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

const TONES = { open: "good", closing_soon: "warn", closed: "plain" } as const;

/** Whether a store is open right now, and until or from when, on its own clock. */
export function OpenBadge({ open, timeZone }: { readonly open: OpenStateView; readonly timeZone: string }) {
  const next = open.nextChange === null ? "" : formatTime(open.nextChange, { timeZone });
  return (
    <Badge tone={TONES[open.state]}>
      {t(`office.stores.open.${open.state}`)}
      {next === "" ? null : ` ${whenText(open.state, next)}`}
    </Badge>
  );
}

function whenText(state: OpenStateView["state"], time: string): string {
  if (state === "closing_soon") return `· ${time}`;
  return state === "closed" ? t("office.stores.opens", { time }) : t("office.stores.until", { time });
}
